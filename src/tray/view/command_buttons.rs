//! The buttons of a job, as forms that work with and without scripts.

use super::bell::bell_button;
use super::html::icon;
use super::icons;
use crate::i18n::{Lang, Translation, tray as messages};
use crate::job::{Job, JobCommand, JobId, JobState, RequestedState};
use crate::tray::actions::{COMMAND_FIELD, ChangeJob, MarkSeen};
use crate::tray::requests::joined;
use leptos::server_fn::ServerFn;

/// The attribute of a form with its command, or with [`MARK_SEEN`].
pub const COMMAND: &str = "data-command";
/// The value of [`COMMAND`] that marks all jobs as seen.
pub const MARK_SEEN: &str = "see";

/// The buttons of a job. Their labels are single words, so that users of voice control can say them; `described_by` is
/// the id of the element that names the job.
pub fn command_buttons(lang: Lang, job: &Job, described_by: &str, with_bell: bool) -> String {
    let mut forms = String::new();
    if with_bell {
        forms.push_str(&bell_button(lang, &job.job_id, job.notify, described_by));
    }
    let commands = available_commands(job.state, job.wanted).iter();
    forms.extend(commands.map(|command| form(lang, &job.job_id, *command, described_by)));
    forms
}

/// Marks all jobs as seen; hidden while there are none.
pub fn mark_seen_button(lang: Lang, unseen: &[JobId]) -> String {
    let (action, ids) = (MarkSeen::PATH, joined(unseen));
    let label = messages::SEEN_ALL.get(lang);
    let hidden = if unseen.is_empty() { " hidden" } else { "" };
    format!(
        r#"<form method="post" action="{action}" {COMMAND}="{MARK_SEEN}"{hidden}><input type="hidden" name="job_ids" value="{ids}"><button class="quiet" type="submit">{label}</button></form>"#
    )
}

fn form(lang: Lang, id: &JobId, command: JobCommand, described_by: &str) -> String {
    let (label, picture) = appearance(command);
    let (action, label, picture) = (ChangeJob::PATH, label.get(lang), icon(picture));
    let command = command.as_str();
    format!(
        r#"<form method="post" action="{action}" {COMMAND}="{command}"><input type="hidden" name="job_id" value="{id}"><input type="hidden" name="{COMMAND_FIELD}" value="{command}"><button class="icon-button" type="submit" aria-label="{label}" aria-describedby="{described_by}" title="{label}">{picture}</button></form>"#
    )
}

/// The commands that make sense in a state.
fn available_commands(state: JobState, wanted: Option<RequestedState>) -> &'static [JobCommand] {
    use JobCommand::{Cancel, Pause, Resume, Retry};
    match (state, wanted) {
        (JobState::Failed | JobState::Cancelled, _) => &[Retry],
        (JobState::Completed, _) | (_, Some(RequestedState::Cancelled)) => &[],
        (JobState::Paused, _) | (_, Some(RequestedState::Paused)) => &[Resume, Cancel],
        (JobState::Queued | JobState::Running, None) => &[Pause, Cancel],
    }
}

fn appearance(command: JobCommand) -> (Translation, &'static str) {
    match command {
        JobCommand::Pause => (messages::PAUSE, icons::PAUSE),
        JobCommand::Resume => (messages::RESUME, icons::RESUME),
        JobCommand::Cancel => (messages::CANCEL, icons::CANCEL),
        JobCommand::Retry => (messages::RETRY, icons::RETRY),
    }
}

#[cfg(test)]
mod tests {
    use super::available_commands;
    use crate::job::JobCommand::{self, Cancel, Pause, Resume, Retry};
    use crate::job::JobState::{Cancelled, Completed, Failed, Paused, Queued, Running};
    use crate::job::RequestedState;

    #[test]
    fn a_job_offers_the_commands_that_its_state_allows() {
        let none: &[JobCommand] = &[];
        for (state, wanted, commands) in [
            (Queued, None, &[Pause, Cancel][..]),
            (Running, None, &[Pause, Cancel]),
            (Running, Some(RequestedState::Paused), &[Resume, Cancel]),
            (Running, Some(RequestedState::Cancelled), none),
            (Paused, None, &[Resume, Cancel]),
            (Completed, None, none),
            (Failed, None, &[Retry]),
            (Cancelled, None, &[Retry]),
        ] {
            assert_eq!(
                available_commands(state, wanted),
                commands,
                "{state:?} {wanted:?}"
            );
        }
    }
}
