//! Texts that rows keep as a key and arguments: names, steps, failures, fixes, actions.

use super::{Lang, Translation, vessel};
use crate::job::{Action, Job, Text};

/// The sentence of a key; none for a key of another version of the program.
pub fn sentence(key: &str) -> Option<Translation> {
    Some(match key {
        "failure.panicked" => Translation::new(
            "The work stopped on an error inside the program.",
            "Le travail s’est arrêté sur une erreur interne du programme.",
        ),
        "failure.refused" => Translation::new(
            "The finished work could not be recorded.",
            "Le travail terminé n’a pas pu être enregistré.",
        ),
        "failure.scene_art" => Translation::new(
            "The scene’s art cannot be drawn: {problem}",
            "Le dessin de la scène ne peut pas être tracé : {problem}",
        ),
        "failure.scene_gone" => Translation::new(
            "The scene or its character is no longer there.",
            "La scène ou son personnage n’existe plus.",
        ),
        "failure.script_cpu" => Translation::new(
            "The script used more than {limit} of processor time, and was ended.",
            "Le script a utilisé plus de {limit} de temps de processeur et a été arrêté.",
        ),
        "failure.script_exit" => Translation::new(
            "The script ended with exit status {status}.",
            "Le script s’est terminé avec le code de sortie {status}.",
        ),
        "failure.script_exit_said" => Translation::new(
            "The script ended with exit status {status}: {said}",
            "Le script s’est terminé avec le code de sortie {status} : {said}",
        ),
        "failure.script_gone" => Translation::new(
            "The script {script} is no longer there, or can no longer be run.",
            "Le script {script} n’existe plus ou ne peut plus être exécuté.",
        ),
        "failure.script_interpreter" => Translation::new(
            "The script {script} needs {interpreter}, which is not on the server.",
            "Le script {script} a besoin de {interpreter}, absent du serveur.",
        ),
        "failure.script_lost" => Translation::new(
            "The process that keeps the script was killed, and the script with it.",
            "Le processus qui surveille le script a été tué, et le script avec lui.",
        ),
        "failure.script_output" => Translation::new(
            "The script printed more than {limit}, and was ended.",
            "Le script a écrit plus de {limit} et a été arrêté.",
        ),
        "failure.script_signal" => Translation::new(
            "The script was killed by {signal}.",
            "Le script a été tué par {signal}.",
        ),
        "failure.script_signal_said" => Translation::new(
            "The script was killed by {signal}: {said}",
            "Le script a été tué par {signal} : {said}",
        ),
        "failure.script_start" => Translation::new(
            "The script {script} could not be started: {problem}",
            "Le script {script} n’a pas pu être lancé : {problem}",
        ),
        "failure.script_time" => Translation::new(
            "The script ran for more than {limit}, and was ended.",
            "Le script a tourné plus de {limit} et a été arrêté.",
        ),
        "failure.unasked" => Translation::new(
            "The work stopped without being asked to.",
            "Le travail s’est arrêté sans qu’on le lui demande.",
        ),
        "fix.dependency_missing" => Translation::new(
            "Install what is missing on the server, then retry.",
            "Installez sur le serveur ce qui manque, puis réessayez.",
        ),
        "fix.exit_status" => Translation::new(
            "Read the log to see why the program stopped.",
            "Lisez le journal pour savoir pourquoi le programme s’est arrêté.",
        ),
        "fix.internal" => Translation::new(
            "Retry; if it fails again, report it with the log.",
            "Réessayez ; en cas de nouvel échec, signalez-le avec le journal.",
        ),
        "fix.invalid_input" => Translation::new(
            "Change the input and start the job again.",
            "Modifiez les données et relancez le travail.",
        ),
        "fix.out_of_space" => Translation::new(
            "Free disk space on the server, then retry.",
            "Libérez de l’espace disque sur le serveur, puis réessayez.",
        ),
        "fix.timeout" => Translation::new(
            "Retry, or make the work smaller.",
            "Réessayez, ou réduisez le travail.",
        ),
        "fix.upstream_rejected" => Translation::new(
            "Check the settings of the service that refused, then retry.",
            "Vérifiez les réglages du service qui a refusé, puis réessayez.",
        ),
        "fix.upstream_unavailable" => Translation::new(
            "Wait a little, then retry.",
            "Patientez un peu, puis réessayez.",
        ),
        "fix.worker_lost" => Translation::new(
            "Check that the worker is running, then retry.",
            "Vérifiez que l’exécuteur est en marche, puis réessayez.",
        ),
        "name.scene" => Translation::new(
            "{character} — Generating Scene {number}",
            "{character} — Génération de la scène {number}",
        ),
        "name.script" => Translation::new("Run {script}", "Exécuter {script}"),
        "name.story" => Translation::new("Story — {title}", "Histoire — {title}"),
        "step.drawing_layers" => Translation::new("Drawing the layers", "Dessin des plans"),
        "step.initializing" => Translation::new("Initializing", "Initialisation"),
        "step.rendering_frame" => Translation::new(
            "Rendering frame {frame} of {frames}",
            "Rendu de l’image {frame} sur {frames}",
        ),
        "step.running_script" => Translation::new("Running {script}", "Exécution de {script}"),
        // The words of the program that runs.
        "step.said" => Translation::new("{said}", "{said}"),
        "step.waiting" => Translation::new("Waiting for a worker", "En attente d’un exécuteur"),
        "step.writing_film" => Translation::new("Writing the film", "Écriture du film"),
        "step.writing_chapter" => Translation::new(
            "Writing chapter {chapter} of {chapters}: {title}",
            "Écriture du chapitre {chapter} sur {chapters} : {title}",
        ),
        key => return vessel::sentence(key),
    })
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

/// A row's text in the reader's language, else the English that the row carries.
pub fn say(lang: Lang, text: Option<&Text>, english: &str) -> String {
    text.and_then(|text| Some(text.fill(sentence(&text.key)?.get(lang))))
        .unwrap_or_else(|| english.to_owned())
}

/// A job's name.
pub fn name(lang: Lang, job: &Job) -> String {
    say(lang, job.name_text.as_ref(), &job.name)
}

/// What a job is at.
pub fn step(lang: Lang, job: &Job) -> Option<String> {
    (job.current_step.as_ref()).map(|step| say(lang, job.step_text.as_ref(), step))
}

/// Why a job failed and what to do about it.
pub fn failure(lang: Lang, job: &Job) -> Option<(String, String)> {
    job.failure.as_ref().map(|failure| {
        (
            say(lang, job.failure_text.as_ref(), &failure.summary),
            say(lang, failure.fix_text().as_ref(), &failure.fix),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::job::FailureCode;

    #[test]
    fn every_fix_of_ours_is_said_in_the_same_english() {
        for code in FailureCode::ALL {
            let words = sentence(&format!("fix.{}", code.as_str()));
            assert_eq!(words.map(|words| words.en), Some(code.default_fix()));
        }
    }
}
