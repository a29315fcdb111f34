//! The page of a result that is not there yet: the job that makes it, live.

use crate::app::{PageError, request};
use crate::i18n::{job as texts, pages as messages};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobState};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of a job of that kind; refused where nothing can come of it.
pub fn making(job: Job, kind: &str) -> Result<AnyView, PageError> {
    if job.kind != kind || job.state == JobState::Completed {
        return Err(request::not_found());
    }
    Ok(view! { <Making job /> }.into_any())
}

/// Shows a job in place of its result, until there is one.
#[component]
fn Making(job: Job) -> impl IntoView {
    let lang = use_lang();
    let why = match job.state {
        JobState::Failed | JobState::Cancelled => messages::MAKING_ENDED,
        _ => messages::MAKING_WAIT,
    };
    view! {
        <Title text=texts::name(lang, &job) />
        <section class="making">
            <h1>{messages::MAKING.get(lang)}</h1>
            <p class="lead">{why.get(lang)}</p>
            <Live island=Island::Following(About::Job(job.job_id.clone()), request::asked_at()) />
            <h2 class="unseen">{messages::STANDING.get(lang)}</h2>
            <Live island=Island::Job(Box::new(job)) />
        </section>
    }
}
