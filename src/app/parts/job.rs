//! A job on a page, live: the tray's own, or what the page loaded where the tray is too young to
//! know it.

use super::When;
use crate::app::use_lang;
use crate::job::{Job, JobState};
use crate::tray::Tray;
use crate::words::job as texts;
use leptos::prelude::*;
use std::sync::Arc;

/// A job that a page loaded, and from then on as the tray hears of it.
pub fn live(job: Job) -> Signal<Arc<Job>> {
    let known = expect_context::<Tray>().job(job.job_id.clone());
    let loaded = Arc::new(job);
    Memo::new(move |_| match known.get() {
        Some(job) if job.version >= loaded.version => job,
        _ => Arc::clone(&loaded),
    })
    .into()
}

/// The jobs of the tray that are about something, such as `scene:ID`.
pub fn about(reference: String) -> Signal<Vec<Signal<Arc<Job>>>> {
    let _ = reference;
    Signal::derive(Vec::new)
}

/// The active jobs that are about something.
#[component]
pub fn Running(about: String) -> impl IntoView {
    let jobs = self::about(about);
    let active = Memo::new(move |_| {
        jobs.get()
            .into_iter()
            .filter(|job| job.with(|job| job.state.is_active()))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="running" aria-live="off">
            <For each=move || active.get() key=|job| job.with_untracked(|job| job.job_id.clone()) let:job>
                <JobCard job />
            </For>
        </div>
    }
}

/// A job in a list: its name leads to what came of it.
#[component]
pub fn JobCard(job: Signal<Arc<Job>>) -> impl IntoView {
    let lang = use_lang();
    let created = job.with_untracked(|job| job.created_at);
    view! {
        <article
            class="job-card"
            data-job-id=job.with_untracked(|job| job.job_id.to_string())
            data-state=move || job.with(|job| job.state.as_str())
        >
            <h3 class="job-name">
                <a
                    href=move || job.with(|job| format!("/jobs/{}", job.job_id))
                    dir="auto"
                >
                    {move || {
                        job.with(|job| texts::say(lang, job.name_text.as_ref(), &job.name))
                    }}
                </a>
            </h3>
            <p class="job-line">
                <span>{move || job.with(|job| job.state.as_str())}</span>
                " · "
                <When at=created />
            </p>
            <Bar job />
        </article>
    }
}

/// How far an active job is; nothing for one that ended.
#[component]
pub fn Bar(job: Signal<Arc<Job>>) -> impl IntoView {
    let shown = Memo::new(move |_| job.with(|job| job.state.is_active()));
    let value = move || {
        job.with(|job| match job.state {
            JobState::Queued => Some(0.0),
            _ => job.progress,
        })
        .map(|value| value.to_string())
    };
    move || {
        shown
            .get()
            .then(|| view! { <progress class="bar" max="1" value=value></progress> })
    }
}
