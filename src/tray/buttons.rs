//! What a person may do to a job, as forms that work with and without scripts.

use super::actions::{ActionError, ChangeJob, Deed, SeeJobs};
use super::icons::{self, Icon};
use super::live::{flag, part, text};
use super::{Tray, alerts, line};
use crate::browser::{self, Reply};
use crate::job::{Job, JobId, JobState, Wish};
use crate::live::Message;
use crate::words::{Lang, Words, tray as say};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use web_sys::{MouseEvent, SubmitEvent};

/// Cancelling a job that ran for longer asks once.
const ASK_SECONDS: f64 = 60.0;

/// Sends a button's form, unless work of more than a minute would be thrown away by one click: that is
/// asked first.
fn change(tray: Tray, id: &JobId, deed: Deed, event: &SubmitEvent) {
    event.prevent_default();
    tray.tick();
    let now = tray.now.get_untracked();
    let job = tray.state.with_value(|state| state.job(id).cloned());
    let long = |job: &Arc<Job>| line::elapsed_seconds(job, now) > ASK_SECONDS;
    match job.filter(|job| deed == Deed::Cancel && long(job)) {
        Some(job) => tray.asking.set(Some(job)),
        None => send(tray, id, deed),
    }
}

/// Does something to a job. The tray holds the job as the answer has it, also when no socket is open.
pub(super) fn send(tray: Tray, id: &JobId, deed: Deed) {
    if deed == Deed::Cancel {
        alerts::cancel_here(id.clone());
    }
    let fields = [("job_id", id.as_str()), ("deed", deed.as_str())];
    browser::post(ChangeJob::PATH, &fields, move |reply| {
        match read::<Job>(reply) {
            Ok(job) => {
                tray.refusal.set(None);
                tray.take(job);
            }
            Err(error) => tray.refuse(error),
        }
    });
}

/// The next button stands where the pressed one stood: the second press of a double click is not
/// meant for it.
fn press_once(event: &MouseEvent) {
    if event.detail() > 1 {
        event.prevent_default();
    }
}

/// The user has seen how these ended.
pub(super) fn see(ids: &[JobId]) {
    browser::post(SeeJobs::PATH, &[("job_ids", &spaced(ids))], |_| {});
}

fn see_all(tray: Tray, event: &SubmitEvent) {
    browser::send_form(event, move |reply| {
        if let Ok(job_ids) = read(reply) {
            tray.apply(Message::Seen { job_ids });
        }
    });
}

pub(super) fn read<T: DeserializeOwned>(reply: Option<Reply>) -> Result<T, ActionError> {
    let Reply { ok, text } = reply.ok_or(ActionError::Unavailable)?;
    if ok {
        return serde_json::from_str(&text).map_err(|_| ActionError::Unavailable);
    }
    Err(serde_json::from_str(&text).unwrap_or(ActionError::Unavailable))
}

/// What a job's state allows a person to do.
pub fn allowed(state: JobState, wanted: Option<Wish>) -> Vec<Deed> {
    let mut deeds = Vec::new();
    match (state, wanted) {
        (JobState::Failed | JobState::Cancelled, _) => deeds.push(Deed::Retry),
        (JobState::Completed, _) | (_, Some(Wish::Cancelled)) => {}
        (JobState::Paused, _) | (_, Some(Wish::Paused)) => {
            deeds.extend([Deed::Resume, Deed::Cancel]);
        }
        (JobState::Queued | JobState::Running, None) => deeds.extend([Deed::Pause, Deed::Cancel]),
    }
    deeds
}

/// The buttons of a job. `described` is the id of the element that names it: each button's own
/// name is the bare word, so that a person can say it.
#[component]
pub fn JobButtons(
    #[prop(into)] job: Signal<Arc<Job>>,
    #[prop(into)] described: String,
) -> impl IntoView {
    let lang = use_context::<Lang>().unwrap_or_default();
    let tray = expect_context::<Tray>();
    let what = Memo::new(move |_| job.with(|job| (job.job_id.clone(), job.state, job.wanted)));
    let draw = move |(id, deed): (JobId, Deed)| {
        let (words, icon) = drawn(deed);
        let of = id.clone();
        view! {
            <form
                method="post"
                action=ChangeJob::PATH
                on:submit=move |event| change(tray, &of, deed, &event)
            >
                <input type="hidden" name="job_id" value=id.as_str().to_owned() />
                <input type="hidden" name="deed" value=deed.as_str() />
                <button
                    class="deed"
                    type="submit"
                    data-deed=deed.as_str()
                    aria-label=words.say(lang)
                    aria-describedby=described.clone()
                    title=words.say(lang)
                    on:click=|event| press_once(&event)
                >
                    <Icon path=icon />
                </button>
            </form>
        }
        .into_any()
    };
    let forms = move || {
        let (id, state, wanted) = what.get();
        let deeds = allowed(state, wanted).into_iter();
        let forms: Vec<AnyView> = deeds.map(|deed| draw((id.clone(), deed))).collect();
        Some(forms.into_any())
    };
    part(forms).into_any()
}

/// Takes the mark of news from all that ended.
#[component]
pub fn SeeAll() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    view! {
        <form
            method="post"
            hidden=flag(move || tray.unseen.with(Vec::is_empty))
            action=SeeJobs::PATH
            on:submit=move |event| see_all(tray, &event)
        >
            <input
                type="hidden"
                name="job_ids"
                value=text(move || tray.unseen.with(|ids| spaced(ids)))
            />
            <button class="quiet" type="submit">
                {say::SEEN_ALL.say(lang)}
            </button>
        </form>
    }
}

fn drawn(deed: Deed) -> (Words, &'static str) {
    match deed {
        Deed::Pause => (say::PAUSE, icons::PAUSE),
        Deed::Resume => (say::RESUME, icons::RESUME),
        Deed::Cancel => (say::CANCEL, icons::CANCEL),
        Deed::Retry => (say::RETRY, icons::RETRY),
    }
}

fn spaced(ids: &[JobId]) -> String {
    let ids: Vec<_> = ids.iter().map(JobId::as_str).collect();
    ids.join(" ")
}
