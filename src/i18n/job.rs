//! Texts that rows store as a key and arguments (names, steps, failures, fixes), and the labels of actions.

use super::Translate;
use super::{Lang, Translation};
use crate::job::{Action, Failure, FailureCode, Job, Text};
use crate::messages;

messages! {
    /// The texts of the queue and the worker about jobs of any kind.
    pub enum JobMessage {
        "step.initializing" Initializing
            en "Initializing"
            fr "Initialisation",
        "failure.worker_lost" WorkerLost
            en "The worker was lost three times without making progress."
            fr "Le worker a disparu trois fois sans avancer.",
        "failure.panicked" Panicked
            en "The job stopped because of an error in the program."
            fr "La tâche s’est arrêtée à cause d’une erreur du programme.",
        "failure.unasked" StoppedUnexpectedly
            en "The job stopped without being asked to."
            fr "La tâche s’est arrêtée sans qu’on le lui demande.",
        "failure.refused" ResultNotSaved
            en "The result could not be saved."
            fr "Le résultat n’a pas pu être enregistré.",
        "failure.unexplained" Unexplained
            en "The worker gave no reason for the failure."
            fr "Le worker n’a pas indiqué la cause de l’échec.",
    }
}

messages! {
    /// What to do about a failure, if its worker does not say.
    pub enum FixMessage {
        "fix.invalid_input" InvalidInput
            en "Change the input and start the job again."
            fr "Modifiez les données et relancez la tâche.",
        "fix.dependency_missing" DependencyMissing
            en "Install what is missing on the server, then retry."
            fr "Installez sur le serveur ce qui manque, puis réessayez.",
        "fix.worker_lost" WorkerLost
            en "Check that the worker is running, then retry."
            fr "Vérifiez que le worker est en marche, puis réessayez.",
        "fix.timeout" Timeout
            en "Retry, or make the job smaller."
            fr "Réessayez, ou réduisez la tâche.",
        "fix.upstream_unavailable" UpstreamUnavailable
            en "Wait a little, then retry."
            fr "Patientez un peu, puis réessayez.",
        "fix.upstream_rejected" UpstreamRejected
            en "Check the settings of the service that rejected the request, then retry."
            fr "Vérifiez les réglages du service qui a rejeté la demande, puis réessayez.",
        "fix.out_of_space" OutOfSpace
            en "Free disk space on the server, then retry."
            fr "Libérez de l’espace disque sur le serveur, puis réessayez.",
        "fix.exit_status" ExitStatus
            en "Read the log to see why the program stopped."
            fr "Lisez le journal pour savoir pourquoi le programme s’est arrêté.",
        "fix.internal" Internal
            en "Retry; if it fails again, report it with the log."
            fr "Réessayez ; en cas de nouvel échec, signalez-le avec le journal.",
    }
}

impl From<FailureCode> for FixMessage {
    fn from(code: FailureCode) -> Self {
        match code {
            FailureCode::InvalidInput => Self::InvalidInput,
            FailureCode::DependencyMissing => Self::DependencyMissing,
            FailureCode::WorkerLost => Self::WorkerLost,
            FailureCode::Timeout => Self::Timeout,
            FailureCode::UpstreamUnavailable => Self::UpstreamUnavailable,
            FailureCode::UpstreamRejected => Self::UpstreamRejected,
            FailureCode::OutOfSpace => Self::OutOfSpace,
            FailureCode::ExitStatus => Self::ExitStatus,
            FailureCode::Internal => Self::Internal,
        }
    }
}

/// A failure with one of our codes, which decides whether a retry can help and what to do.
#[must_use]
pub fn new_failure(code: FailureCode, summary: impl Into<String>) -> Failure {
    let fix = FixMessage::from(code);
    Failure {
        code: code.as_str().to_owned(),
        summary: summary.into(),
        retryable: code.retryable(),
        fix: fix.english(),
        fix_text: Some(fix.text()),
    }
}

/// The sentence of a key; none if another version of the program wrote the key.
pub fn sentence(key: &str) -> Option<Translation> {
    let mut own = JobMessage::ENTRIES.iter().chain(FixMessage::ENTRIES);
    let own = own.find(|entry| entry.key == key);
    own.map(|entry| entry.translation)
        .or_else(|| super::message::find(key))
}

/// The label of a next action.
pub const fn action(action: Action) -> Translation {
    match action {
        Action::Open => Translation::new("Open", "Ouvrir"),
        Action::Read => Translation::new("Read", "Lire"),
        Action::Listen => Translation::new("Listen", "Écouter"),
        Action::Watch => Translation::new("Watch", "Regarder"),
        Action::Download => Translation::new("Download", "Télécharger"),
        Action::Retry => Translation::new("Retry", "Réessayer"),
        Action::Fix => Translation::new("See why", "Voir pourquoi"),
    }
}

/// A row's text in the reader's language, else the English text of the row.
pub fn translated(lang: Lang, text: Option<&Text>, english: &str) -> String {
    text.and_then(|text| Some(text.fill(sentence(&text.key)?.get(lang))))
        .unwrap_or_else(|| english.to_owned())
}

/// A job's name.
pub fn name(lang: Lang, job: &Job) -> String {
    translated(lang, job.name_text.as_ref(), &job.name)
}

/// The current step of a job.
pub fn step(lang: Lang, job: &Job) -> Option<String> {
    (job.current_step.as_ref()).map(|step| translated(lang, job.step_text.as_ref(), step))
}

/// Why a job failed and what to do about it.
pub fn failure(lang: Lang, job: &Job) -> Option<(String, String)> {
    job.failure.as_ref().map(|failure| {
        (
            translated(lang, job.failure_text.as_ref(), &failure.summary),
            translated(lang, failure.fix_text.as_ref(), &failure.fix),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{FixMessage, Lang, Translate, sentence};
    use crate::job::FailureCode;

    #[test]
    fn the_fix_of_every_code_is_found_by_its_key() {
        for code in FailureCode::ALL {
            let fix = FixMessage::from(code);
            assert_eq!(fix.key(), format!("fix.{}", code.as_str()));
            let found = sentence(fix.key()).expect("every fix has a sentence");
            assert_eq!(found.get(Lang::En), fix.english());
        }
    }
}
