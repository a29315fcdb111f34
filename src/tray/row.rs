//! One job in the panel. Its parts are used by other pages too.

use super::Tray;
use super::buttons::JobButtons;
use super::icons::{self, Icon};
use super::line;
use super::live::{flag, part, text, word};
use super::ring::sign_of;
use crate::job::{Action, Job, JobId, JobState, NextAction, Timestamp, Wish};
use crate::words::{Lang, job as texts, tray as say};
use leptos::prelude::*;
use std::sync::Arc;

/// A row: what it is, how far, how long, what can be done. A click anywhere on it goes to the
/// result, or to the job's own page while there is none.
#[component]
pub fn JobRow(id: JobId) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    // The row lives as long as its job is known; between the two nothing is drawn.
    let job = tray.job(id.clone());
    let first = job.get_untracked()?;
    let job = Memo::new(move |last: Option<&Arc<Job>>| {
        job.get()
            .or_else(|| last.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let name_id = format!("tray-{}", id.as_str());
    let shown_id = id.as_str().to_owned();
    let unseen = Memo::new(move |_| tray.is_unseen(&id));
    let state = move || job.with(|job| job.state);
    let sign = move || sign_of(state());
    let kind = job.with_untracked(|job| icons::of_kind(&job.kind));
    let row = view! {
        <article
            class="job"
            data-job-id=shown_id
            data-state=word(move || Some(state().as_str()))
            data-wanted=word(move || job.with(|job| job.wanted.map(Wish::as_str)))
            data-stalled=flag(move || job.with(|job| job.stalled && job.state == JobState::Running))
            data-unseen=flag(move || unseen.get())
        >
            <span class="job-picture">
                <Icon path=Signal::derive(move || sign().unwrap_or(kind)) />
            </span>
            <div class="job-head">
                <a
                    class="job-name"
                    id=name_id.clone()
                    dir="auto"
                    href=text(move || job.with(|job| goal(job)))
                    title=text(move || job.with(|job| texts::name(lang, job)))
                >
                    {text(move || job.with(|job| texts::name(lang, job)))}
                    <span class="visually-hidden">
                        {text(move || unseen.get().then(|| format!(" ({})", say::NEW.say(lang))))}
                    </span>
                </a>
                <span class="job-deeds">
                    <NextStep job class="chip" />
                    <JobButtons job described=name_id />
                </span>
            </div>
            <div class="job-line">
                <JobStep job />
                <JobTimes job />
            </div>
            <JobFix job />
            <JobBar job />
        </article>
    };
    Some(row.into_any())
}

/// Where a click on a job leads.
pub(super) fn goal(job: &Job) -> String {
    let page = job.result.as_ref().and_then(|result| result.page.clone());
    match (job.state, page) {
        (JobState::Completed, Some(page)) => page,
        _ => format!("/jobs/{}", job.job_id.as_str()),
    }
}

/// What to do with what came of it, as a link: Watch, Read … Retry has a button of its own.
#[component]
pub fn NextStep(#[prop(into)] job: Signal<Arc<Job>>, class: &'static str) -> impl IntoView {
    let lang = use_context::<Lang>().unwrap_or_default();
    let next = Memo::new(move |_| job.with(|job| job.next_link().cloned()));
    let draw = move |NextAction { action, href, .. }: NextAction| {
        view! {
            <a
                class=class
                href=href
                download=(action == Action::Download).then_some("")
            >
                {texts::action(action).say(lang)}
            </a>
        }
        .into_any()
    };
    part(move || next.get().map(draw)).into_any()
}

/// What the job is at, or how it ended.
#[component]
pub fn JobStep(#[prop(into)] job: Signal<Arc<Job>>) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    let words = text(move || {
        job.with(|job| match job.wanted {
            Some(Wish::Paused) => say::PAUSING.say(lang).to_owned(),
            Some(Wish::Cancelled) => say::CANCELLING.say(lang).to_owned(),
            None => line::step(lang, job, when(tray, job), ahead(tray, job)),
        })
    });
    view! {
        <span class="job-step" dir="auto">
            {words}
        </span>
    }
}

/// The present, read only by jobs whose words move with it.
fn when(tray: Tray, job: &Job) -> Timestamp {
    match job.state {
        JobState::Running if !job.stalled => job.last_updated_at,
        JobState::Queued | JobState::Paused | JobState::Failed => job.last_updated_at,
        _ => tray.now.get(),
    }
}

fn ahead(tray: Tray, job: &Job) -> Option<usize> {
    (job.state == JobState::Queued)
        .then(|| (tray.rows).with(|rows| rows.queue.iter().position(|id| *id == job.job_id)))?
}

/// How long it took and how long it will take.
#[component]
pub fn JobTimes(#[prop(into)] job: Signal<Arc<Job>>) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    let times = move |words: fn(Lang, &Job, Timestamp) -> Option<String>| {
        text(move || {
            job.with(|job| {
                let now = match job.state {
                    JobState::Running => tray.now.get(),
                    _ => job.last_updated_at,
                };
                words(lang, job, now)
            })
        })
    };
    view! {
        <span class="job-times">
            <span class="took">{times(took)}</span>
            <span class="elapsed">{times(|_, job, now| line::elapsed(job, now))}</span>
            <span class="remaining">{times(line::remaining)}</span>
        </span>
    }
}

/// Says that the time is all it took.
fn took(lang: Lang, job: &Job, _now: Timestamp) -> Option<String> {
    let ended = matches!(job.state, JobState::Completed | JobState::Failed);
    (ended && job.elapsed_seconds > 0.0).then(|| format!("{}\u{a0}", say::TOOK.say(lang)))
}

/// What to do about a failure.
#[component]
pub fn JobFix(#[prop(into)] job: Signal<Arc<Job>>) -> impl IntoView {
    let lang = use_context::<Lang>().unwrap_or_default();
    let fix = move || {
        job.with(|job| {
            let failure = texts::failure(lang, job).filter(|_| job.state == JobState::Failed);
            failure.map(|(_, fix)| fix)
        })
    };
    view! {
        <p class="job-fix" dir="auto">
            {text(fix)}
        </p>
    }
}

/// How far it is: unrounded, and without a value while nobody knows.
#[component]
pub fn JobBar(#[prop(into)] job: Signal<Arc<Job>>) -> impl IntoView {
    let lang = use_context::<Lang>().unwrap_or_default();
    let active = Memo::new(move |_| job.with(|job| job.state.is_active()));
    let draw = move || {
        view! {
            <progress
                class="bar"
                max="1"
                value=Signal::derive(move || job.with(|job| job.progress.map(|progress| progress.to_string())))
                aria-label=text(move || job.with(|job| texts::name(lang, job)))
            ></progress>
        }
        .into_any()
    };
    part(move || active.get().then(draw)).into_any()
}
