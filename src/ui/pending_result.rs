//! The page of a result that does not exist yet: it shows the job that makes the result, live.

use super::PageError;
use super::page_error::not_found;
use super::request::request_time;
use crate::i18n::{job as texts, pages as messages};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobState};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page of a job of this kind. Not found if the job is of another kind, or has completed without this result.
pub fn pending_result(job: Job, kind: &str) -> Result<AnyView, PageError> {
    if job.kind != kind || job.state == JobState::Completed {
        return Err(not_found());
    }
    Ok(view! { <PendingResult job /> }.into_any())
}

#[component]
fn PendingResult(job: Job) -> impl IntoView {
    let lang = use_lang();
    let why = match job.state {
        JobState::Failed | JobState::Cancelled => messages::NO_RESULT,
        _ => messages::RESULT_PENDING_WAIT,
    };
    view! {
        <Title text=texts::name(lang, &job) />
        <section class="making">
            <h1>{messages::RESULT_PENDING.get(lang)}</h1>
            <p class="lead">{why.get(lang)}</p>
            <Live island=Island::Following(About::Job(job.job_id.clone()), request_time()) />
            <h2 class="visually-hidden">{messages::STATUS.get(lang)}</h2>
            <Live island=Island::Job(Box::new(job)) />
        </section>
    }
}
