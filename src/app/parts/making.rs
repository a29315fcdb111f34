//! The page of a result that is not there yet: the job that makes it, live.

use super::{JobCard, live};
use crate::app::use_lang;
use crate::job::{Job, JobState};
use crate::words::{job as texts, pages as say};
use leptos::prelude::*;
use leptos_meta::Title;

/// Shows a job in place of its result, and calls `done` when there is one to show.
#[component]
pub fn Making<F>(job: Job, done: F) -> impl IntoView
where
    F: Fn() + Copy + Send + Sync + 'static,
{
    let lang = use_lang();
    let name = texts::name(lang, &job);
    let job = live(job);
    let state = Memo::new(move |_| job.with(|job| job.state));
    Effect::new(move || {
        if state.get() == JobState::Completed {
            done();
        }
    });
    let why = move || match state.get() {
        JobState::Failed | JobState::Cancelled => say::MAKING_ENDED.say(lang),
        _ => say::MAKING_WAIT.say(lang),
    };
    view! {
        <Title text=name />
        <section class="making">
            <h1>{say::MAKING.say(lang)}</h1>
            <p class="lead">{why}</p>
            <JobCard job />
        </section>
    }
    .into_any()
}
