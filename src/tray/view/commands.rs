//! What a person may do to a job, as forms that work with and without scripts.

use super::bell;
use super::html::icon;
use super::icons;
use super::quick_settings;
use crate::browser::{self, Reply, Touch};
use crate::i18n::{Lang, Translation, tray as messages};
use crate::job::{Job, JobId, JobState, RequestedState};
use crate::tray::actions::{ActionError, ChangeJob, Deed, SeeJobs};
use crate::tray::handle::Tray;
use crate::tray::reactive::keep;
use crate::tray::text::job_status;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Cancelling a job that ran for longer asks once.
const ASK_SECONDS: f64 = 60.0;

/// The form that takes the mark of news from all that ended.
const SEE: &str = "see";

/// Does at once what the forms below ask for, for as long as the page lives.
pub fn start(tray: Tray) {
    let events = &["click", "change", "submit"];
    keep(vec![browser::on_touch(events, move |touch| {
        match touch.kind().as_str() {
            "click" => pressed(tray, &touch),
            "change" => bell::chosen(tray, &touch),
            _ => submitted(tray, &touch),
        }
    })]);
}

/// The next button stands where the pressed one stood: the second press of a double click is not meant
/// for it.
fn pressed(tray: Tray, touch: &Touch) {
    if touch.presses() > 1 && touch.is_within(".deed") {
        touch.prevent();
    } else {
        quick_settings::pressed(tray, touch);
    }
}

fn submitted(tray: Tray, touch: &Touch) {
    let id = touch.nearest("data-job-id");
    if let Some((notify, id)) = touch.nearest("data-ring").zip(id.as_deref()) {
        touch.prevent();
        return bell::ring(tray, id, &notify, || {});
    }
    let Some(deed) = touch.nearest("data-deed") else {
        return;
    };
    touch.prevent();
    if deed == SEE {
        return tray.see(&tray.unseen.get_untracked());
    }
    let id = id.and_then(|id| JobId::parse(&id).ok());
    if let Some((deed, id)) = Deed::parse(&deed).zip(id) {
        change(tray, &id, deed);
    }
}

/// Does it, unless work of more than a minute would be thrown away by one click: that is asked first.
fn change(tray: Tray, id: &JobId, deed: Deed) {
    tray.tick();
    let now = tray.now.get_untracked();
    let job = tray.state.with_value(|state| state.job(id).cloned());
    let long = |job: &Arc<Job>| job_status::elapsed_seconds(job, now) > ASK_SECONDS;
    match job.filter(|job| deed == Deed::Cancel && long(job)) {
        Some(job) => tray.asking.set(Some(job)),
        None => send(tray, id, deed),
    }
}

/// Does something to a job. The tray holds the job as the answer has it, also when no socket is open.
pub fn send(tray: Tray, id: &JobId, deed: Deed) {
    if deed == Deed::Cancel {
        tray.pending_cancels.update_value(|pending| pending.add(id));
    }
    let fields = [("job_id", id.as_str()), ("deed", deed.as_str())];
    let job = id.clone();
    browser::post(ChangeJob::PATH, &fields, move |reply| {
        command_answered(tray, &job, deed, reply);
    });
}

/// Takes the answer to what was asked of a job.
pub fn command_answered(tray: Tray, id: &JobId, deed: Deed, reply: Option<Reply>) {
    let accepted = answered(tray, reply);
    if deed == Deed::Cancel && !accepted {
        (tray.pending_cancels).update_value(|pending| pending.remove(id));
    }
}

/// Takes the job that was changed, or says why it was not; whether it was.
pub fn answered(tray: Tray, reply: Option<Reply>) -> bool {
    match read::<Job>(reply) {
        Ok(job) => {
            tray.refusal.set(None);
            tray.take(job);
            true
        }
        Err(error) => {
            tray.refuse(error);
            false
        }
    }
}

/// The user has seen how these ended.
pub fn see(ids: &[JobId]) {
    browser::post(SeeJobs::PATH, &[("job_ids", &spaced(ids))], |_| {});
}

pub fn read<T: DeserializeOwned>(reply: Option<Reply>) -> Result<T, ActionError> {
    let Reply { ok, text } = reply.ok_or(ActionError::Unavailable)?;
    if ok {
        return serde_json::from_str(&text).map_err(|_| ActionError::Unavailable);
    }
    Err(serde_json::from_str(&text).unwrap_or(ActionError::Unavailable))
}

/// What a job's state allows a person to do.
pub fn allowed(state: JobState, wanted: Option<RequestedState>) -> Vec<Deed> {
    let mut deeds = Vec::new();
    match (state, wanted) {
        (JobState::Failed | JobState::Cancelled, _) => deeds.push(Deed::Retry),
        (JobState::Completed, _) | (_, Some(RequestedState::Cancelled)) => {}
        (JobState::Paused, _) | (_, Some(RequestedState::Paused)) => {
            deeds.extend([Deed::Resume, Deed::Cancel]);
        }
        (JobState::Queued | JobState::Running, None) => deeds.extend([Deed::Pause, Deed::Cancel]),
    }
    deeds
}

/// The buttons of a job. `described` is the id of the element that names it: each button's own
/// name is the bare word, so that a person can say it.
pub fn buttons(lang: Lang, job: &Job, described: &str, with_bell: bool) -> String {
    let draw = |deed: Deed| {
        let (words, picture) = drawn(deed);
        let (id, words, deed) = (&job.job_id, words.get(lang), deed.as_str());
        let action = ChangeJob::PATH;
        let picture = icon(picture);
        format!(
            r#"<form method="post" action="{action}" data-deed="{deed}"><input type="hidden" name="job_id" value="{id}"><input type="hidden" name="deed" value="{deed}"><button class="deed" type="submit" aria-label="{words}" aria-describedby="{described}" title="{words}">{picture}</button></form>"#
        )
    };
    let mut forms = String::new();
    if with_bell {
        forms.push_str(&bell::bell(lang, &job.job_id, job.notify, described));
    }
    forms.extend(allowed(job.state, job.wanted).into_iter().map(draw));
    forms
}

/// Takes the mark of news from all that ended.
pub fn see_all(lang: Lang, unseen: &[JobId]) -> String {
    let (action, ids, words) = (SeeJobs::PATH, spaced(unseen), messages::SEEN_ALL.get(lang));
    let hidden = if unseen.is_empty() { " hidden" } else { "" };
    format!(
        r#"<form method="post" action="{action}" data-deed="{SEE}"{hidden}><input type="hidden" name="job_ids" value="{ids}"><button class="quiet" type="submit">{words}</button></form>"#
    )
}

fn drawn(deed: Deed) -> (Translation, &'static str) {
    match deed {
        Deed::Pause => (messages::PAUSE, icons::PAUSE),
        Deed::Resume => (messages::RESUME, icons::RESUME),
        Deed::Cancel => (messages::CANCEL, icons::CANCEL),
        Deed::Retry => (messages::RETRY, icons::RETRY),
    }
}

fn spaced(ids: &[JobId]) -> String {
    let ids: Vec<_> = ids.iter().map(JobId::as_str).collect();
    ids.join(" ")
}
