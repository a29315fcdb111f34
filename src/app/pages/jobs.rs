//! A reader's own jobs with their history, newest first.

use super::Drawn;
use crate::app::parts::{Heading, More};
use crate::app::request::{self, caller, parameter, queue};
use crate::i18n::{pages as messages, tray as tray_messages};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobState};
use crate::queue::JobFilter;
use leptos::prelude::*;
use leptos_meta::Title;

pub async fn draw() -> Drawn {
    let lang = use_lang();
    let state = parameter("state").and_then(|state| JobState::parse(&state));
    let filter = JobFilter {
        states: state.into_iter().collect(),
        cursor: parameter("after"),
        limit: 30,
        ..Default::default()
    };
    let found = queue()?.list(&caller()?, filter).await?;
    let page = view! {
        <Title text=messages::MY_JOBS.get(lang) />
        <Heading text=messages::MY_JOBS.get(lang) lead=messages::JOBS_LEAD.get(lang) />
        <nav class="filter" aria-label=messages::FILTER.get(lang)>
            <ul role="list">
                {choice(None, state)}
                {JobState::ALL.map(|one| choice(Some(one), state)).collect_view()}
            </ul>
        </nav>
        <Live island=Island::Following(About::All, request::asked_at()) />
        <List jobs=found.jobs />
        <More to=address(state) after=found.next_cursor />
    };
    Ok(page.into_any())
}

/// A filter, which says when it is chosen.
fn choice(one: Option<JobState>, chosen: Option<JobState>) -> impl IntoView {
    let words = one.map_or(messages::ALL, tray_messages::state);
    view! {
        <li>
            <a href=address(one) aria-current=(one == chosen).then_some("true")>
                {words.get(use_lang())}
            </a>
        </li>
    }
}

fn address(state: Option<JobState>) -> String {
    state.map_or_else(
        || "/jobs".to_owned(),
        |state| format!("/jobs?state={}", state.as_str()),
    )
}

#[component]
fn List(jobs: Vec<Job>) -> impl IntoView {
    let lang = use_lang();
    if jobs.is_empty() {
        return view! { <p class="empty">{messages::NO_JOBS.get(lang)}</p> }.into_any();
    }
    view! {
        <h2 class="unseen">{messages::HISTORY.get(lang)}</h2>
        <div class="job-list">
            {jobs
                .into_iter()
                .map(|job| view! { <Live island=Island::Job(Box::new(job)) /> })
                .collect_view()}
        </div>
    }
    .into_any()
}
