//! The user's own jobs, newest first.

use crate::i18n::{pages as messages, tray as tray_messages};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobState};
use crate::queue::JobFilter;
use crate::routes::pages;
use crate::ui::PageResult;
use crate::ui::request::{caller, parameter, queue, request_time};
use crate::ui::{Heading, NextPage};
use leptos::prelude::*;
use leptos_meta::Title;

pub async fn draw() -> PageResult {
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
                {filter_link(None, state)}
                {JobState::ALL.map(|one| filter_link(Some(one), state)).collect_view()}
            </ul>
        </nav>
        <Live island=Island::Following(About::All, request_time()) />
        <JobList jobs=found.jobs />
        <NextPage to=address(state) after=found.next_cursor />
    };
    Ok(page.into_any())
}

/// A filter, marked as current if it is chosen.
fn filter_link(one: Option<JobState>, chosen: Option<JobState>) -> impl IntoView {
    let name = one.map_or(messages::ALL, tray_messages::state);
    view! {
        <li>
            <a href=address(one) aria-current=(one == chosen).then_some("true")>
                {name.get(use_lang())}
            </a>
        </li>
    }
}

fn address(state: Option<JobState>) -> String {
    state.map_or_else(
        || pages::JOBS.to_owned(),
        |state| format!("{}?state={}", pages::JOBS, state.as_str()),
    )
}

#[component]
fn JobList(jobs: Vec<Job>) -> impl IntoView {
    let lang = use_lang();
    if jobs.is_empty() {
        return view! { <p class="empty">{messages::NO_JOBS.get(lang)}</p> }.into_any();
    }
    view! {
        <h2 class="visually-hidden">{messages::HISTORY.get(lang)}</h2>
        <div class="job-list">
            {jobs
                .into_iter()
                .map(|job| view! { <Live island=Island::Job(Box::new(job)) /> })
                .collect_view()}
        </div>
    }
    .into_any()
}
