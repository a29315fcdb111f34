//! Events of the tray's buttons and forms, wherever on the page they are. One listener handles them all, so that pages
//! of plain HTML need no code of their own.

use super::command_buttons::{COMMAND, MARK_SEEN};
use super::{bell, quick_settings};
use crate::browser::{self, DomEvent};
use crate::job::{Job, JobCommand, JobId};
use crate::routes::attributes::JOB_ID;
use crate::tray::handle::Tray;
use crate::tray::model::times;
use crate::tray::reactive::keep_listeners;
use crate::tray::requests;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// Cancelling a job that ran for longer needs to be confirmed.
const CONFIRM_AFTER: Duration = Duration::from_mins(1);

/// Submits these forms without a new document, for as long as the page lives.
pub fn listen(tray: Tray) {
    let events = &["click", "change", "submit"];
    keep_listeners(vec![browser::on_event(events, move |event| {
        match event.name().as_str() {
            "click" => clicked(tray, &event),
            "change" => bell::selected(tray, &event),
            _ => submitted(tray, &event),
        }
    })]);
}

fn clicked(tray: Tray, event: &DomEvent) {
    // A click may put another button in the same place, which the second click of a double click is not meant for.
    if event.click_count() > 1 && event.is_within(".icon-button") {
        event.prevent_default();
    } else {
        quick_settings::clicked(tray, event);
    }
}

fn submitted(tray: Tray, event: &DomEvent) {
    let id = event.closest_attribute(JOB_ID);
    if let Some((notify, id)) = event.closest_attribute(bell::NEXT).zip(id.as_deref()) {
        event.prevent_default();
        return requests::set_notify(tray, id, &notify, || {});
    }
    let Some(command) = event.closest_attribute(COMMAND) else {
        return;
    };
    event.prevent_default();
    if command == MARK_SEEN {
        return requests::mark_seen(tray, &tray.unseen.get_untracked());
    }
    let id = id.and_then(|id| JobId::parse(&id).ok());
    if let Some((command, id)) = JobCommand::parse(&command).zip(id) {
        confirm_or_send(tray, &id, command);
    }
}

/// Sends a command; a cancel that would throw away more than a minute of work is confirmed first.
fn confirm_or_send(tray: Tray, id: &JobId, command: JobCommand) {
    tray.tick();
    let now = tray.clock.now.get_untracked();
    let job = tray.state.with_value(|state| state.job(id).cloned());
    let ran_long = |job: &Arc<Job>| times::elapsed(job, now) > CONFIRM_AFTER;
    match job.filter(|job| command == JobCommand::Cancel && ran_long(job)) {
        Some(job) => tray.confirming.set(Some(job)),
        None => requests::send_command(tray, id, command),
    }
}
