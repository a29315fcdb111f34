//! What the page asks of the server functions in `actions`, and what their answers change. Nothing on the server.

use super::actions::{
    ActionError, COMMAND_FIELD, ChangeJob, ChangeSetting, MarkSeen, NOTIFY_FIELD, SETTING_FIELD,
    SetNotify,
};
use super::handle::Tray;
use crate::browser::{self, Reply};
use crate::job::{Job, JobCommand, JobId};
use crate::live::Message;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

/// Sends a command. The tray takes the job from the answer, also while no socket is open.
pub fn send_command(tray: Tray, id: &JobId, command: JobCommand) {
    if command == JobCommand::Cancel {
        tray.pending_cancels.update_value(|pending| pending.add(id));
    }
    let fields = [("job_id", id.as_str()), (COMMAND_FIELD, command.as_str())];
    let job = id.clone();
    browser::post(ChangeJob::PATH, &fields, move |reply| {
        command_answered(tray, &job, command, reply);
    });
}

/// Takes the answer to a command.
pub fn command_answered(tray: Tray, id: &JobId, command: JobCommand, reply: Option<Reply>) {
    let accepted = job_answered(tray, reply);
    if command == JobCommand::Cancel && !accepted {
        (tray.pending_cancels).update_value(|pending| pending.remove(id));
    }
}

/// Sets which ends of a job alert its owner; calls `on_error` where that was not saved.
pub fn set_notify(tray: Tray, id: &str, notify: &str, on_error: impl FnOnce() + 'static) {
    let fields = [("job_id", id), (NOTIFY_FIELD, notify)];
    browser::post(SetNotify::PATH, &fields, move |reply| {
        if !job_answered(tray, reply) {
            on_error();
        }
    });
}

/// The user has seen how these jobs ended. Jobs that were seen before cost nothing.
pub fn mark_seen(tray: Tray, ids: &[JobId]) {
    let job_ids: Vec<_> = tray.unseen.with_untracked(|unseen| {
        let unseen = ids.iter().filter(|id| unseen.contains(id));
        unseen.cloned().collect()
    });
    if !job_ids.is_empty() {
        browser::post(MarkSeen::PATH, &[("job_ids", &joined(&job_ids))], |_| {});
        tray.apply(Message::Seen { job_ids });
    }
}

/// Changes a setting by the name of a [`QuickSetting`](super::actions::QuickSetting), and takes all settings from
/// the answer.
pub fn change_setting(tray: Tray, setting: &str) {
    let fields = [(SETTING_FIELD, setting)];
    browser::post(ChangeSetting::PATH, &fields, move |reply| {
        match read(reply) {
            Ok(settings) => tray.apply(Message::Settings { settings }),
            Err(error) => tray.show_error(error),
        }
    });
}

/// Job ids as one field of a form.
pub fn joined(ids: &[JobId]) -> String {
    let ids: Vec<_> = ids.iter().map(JobId::as_str).collect();
    ids.join(" ")
}

/// Takes the job that was changed, or shows why it was not; returns whether it was.
fn job_answered(tray: Tray, reply: Option<Reply>) -> bool {
    match read::<Job>(reply) {
        Ok(job) => {
            tray.error.set(None);
            tray.apply_job(job);
            true
        }
        Err(error) => {
            tray.show_error(error);
            false
        }
    }
}

fn read<T: DeserializeOwned>(reply: Option<Reply>) -> Result<T, ActionError> {
    let Reply { ok, text } = reply.ok_or(ActionError::Unavailable)?;
    if ok {
        return serde_json::from_str(&text).map_err(|_| ActionError::Unavailable);
    }
    Err(serde_json::from_str(&text).unwrap_or(ActionError::Unavailable))
}
