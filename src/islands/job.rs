//! A job on a page, live: the tray's own, or what the page loaded where the tray is too young to
//! know it.

use super::use_lang;
use super::when::When;
use crate::job::Job;
use crate::tray::live::{text, word};
use crate::tray::{JobBar, JobButtons, JobFix, JobStep, JobTimes, NextStep, Tray};
use crate::words::{job as texts, tray as say};
use leptos::prelude::*;
use std::sync::Arc;

/// A job that a page loaded, and from then on as the tray hears of it.
pub fn live(loaded: impl Into<Arc<Job>>) -> Signal<Arc<Job>> {
    let loaded = loaded.into();
    let known = expect_context::<Tray>().job(loaded.job_id.clone());
    // The tray forgets old jobs: what it said last stays true.
    Memo::new(move |last: Option<&Arc<Job>>| {
        let last = last.unwrap_or(&loaded);
        match known.get() {
            Some(job) if job.version >= last.version => job,
            _ => Arc::clone(last),
        }
    })
    .into()
}

/// A job in a list, live: its name leads to what came of it, or to its own page.
#[component]
pub fn JobCard(job: Signal<Arc<Job>>) -> impl IntoView {
    let lang = use_lang();
    let (id, created) = job.with_untracked(|job| (job.job_id.to_string(), job.created_at));
    let name_id = format!("card-{id}");
    let state = move || job.with(|job| job.state);
    view! {
        <article class="job-card" data-job-id=id data-state=word(move || Some(state().as_str()))>
            <div class="job-card-head">
                <h3 class="job-card-name" id=name_id.clone() dir="auto">
                    <a href=text(move || job.with(|job| format!("/jobs/{}", job.job_id)))>
                        {text(move || job.with(|job| texts::name(lang, job)))}
                    </a>
                </h3>
                <span class="job-card-acts">
                    <NextStep job class="button small" /> <JobButtons job described=name_id />
                </span>
            </div>
            <p class="job-card-line">
                <span class="state">{word(move || Some(say::state(state()).say(lang)))}</span>
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
