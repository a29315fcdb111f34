//! A job on a page, live: the tray's own, or what the page loaded where the tray is too young to
//! know it.

use super::When;
use crate::app::use_lang;
use crate::job::{Job, JobState};
use crate::tray::{JobBar, JobButtons, JobFix, JobStep, JobTimes, Row, Tray};
use crate::words::{job as texts, tray as say};
use leptos::prelude::*;
use std::sync::Arc;

/// Jobs as they stood when the tray's rows last moved: their states are true, their progress is
/// not news.
pub type Jobs = Memo<Vec<Arc<Job>>>;

/// A job that a page loaded, and from then on as the tray hears of it.
pub fn live(loaded: impl Into<Arc<Job>>) -> Signal<Arc<Job>> {
    let loaded = loaded.into();
    let known = expect_context::<Tray>().job(loaded.job_id.clone());
    Signal::derive(move || match known.get() {
        Some(job) if job.version >= loaded.version => job,
        _ => Arc::clone(&loaded),
    })
}

/// The jobs of the tray that a page is about, in the tray's order.
pub fn about(wanted: impl Fn(&Job) -> bool + Send + Sync + 'static) -> Jobs {
    let tray = expect_context::<Tray>();
    Memo::new(move |_| {
        let rows = tray.rows.get().rows;
        (rows.into_iter())
            .filter_map(|row| match row {
                Row::Job(id) => tray.job(id).get_untracked(),
                _ => None,
            })
            .filter(|job| wanted(job))
            .collect()
    })
}

/// Calls `then` each time when one more of these jobs is done.
pub fn when_done(jobs: Jobs, then: impl Fn() + 'static) {
    let done = move || {
        jobs.with(|jobs| {
            (jobs.iter())
                .filter(|job| job.state == JobState::Completed)
                .count()
        })
    };
    Effect::new(move |before: Option<usize>| {
        let now = done();
        if before.is_some_and(|before| before < now) {
            then();
        }
        now
    });
}

/// Those of a page's jobs that are active.
#[component]
pub fn Running(jobs: Jobs) -> impl IntoView {
    let active = move || {
        let mut jobs = jobs.get();
        jobs.retain(|job| job.state.is_active());
        jobs
    };
    view! {
        <div class="job-list">
            <For each=active key=|job| job.job_id.clone() let:job>
                <JobCard job=live(job) />
            </For>
        </div>
    }
    .into_any()
}

/// A job in a list, live: its name leads to what came of it, or to its own page.
#[component]
pub fn JobCard(job: Signal<Arc<Job>>) -> impl IntoView {
    let lang = use_lang();
    let (id, created) = job.with_untracked(|job| (job.job_id.to_string(), job.created_at));
    let name_id = format!("card-{id}");
    let state = Memo::new(move |_| job.with(|job| job.state));
    let next = Memo::new(move |_| job.with(|job| job.next_link().cloned()));
    view! {
        <article class="job-card" data-job-id=id data-state=move || state.get().as_str()>
            <div class="job-card-head">
                <h3 class="job-card-name" id=name_id.clone() dir="auto">
                    <a href=move || job.with(|job| format!("/jobs/{}", job.job_id))>
                        {move || job.with(|job| texts::name(lang, job))}
                    </a>
                </h3>
                <span class="job-card-acts">
                    {move || {
                        next.get()
                            .map(|next| {
                                view! {
                                    <a class="button small" href=next.href>
                                        {texts::action(next.action).say(lang)}
                                    </a>
                                }
                            })
                    }} <JobButtons job described=name_id />
                </span>
            </div>
            <p class="job-card-line">
                <span class="state">{move || say::state(state.get()).say(lang)}</span>
                <JobStep job />
                <JobTimes job />
                <span class="job-card-when">
                    <When at=created />
                </span>
            </p>
            <JobFix job />
            <JobBar job />
        </article>
    }
    .into_any()
}
