//! A reader's own jobs with their history, newest first.

use crate::app::parts::{Heading, JobCard, Loaded, More, live};
use crate::app::{Refusal, use_lang};
use crate::job::{JobPage, JobState};
use crate::words::{pages as say, tray as tray_words};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[server(prefix = "/forms", endpoint = "jobs", input = GetUrl)]
pub async fn read_jobs(state: String, after: String) -> Result<JobPage, Refusal> {
    use crate::app::request::{caller, queue};
    let filter = crate::queue::JobFilter {
        states: JobState::parse(&state).into_iter().collect(),
        cursor: (!after.is_empty()).then_some(after),
        limit: 30,
        ..Default::default()
    };
    Ok(queue()?.list(&caller()?, filter).await?)
}

#[component]
pub fn Jobs() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let asked = move |key: &str| query.with(|query| query.get(key).unwrap_or_default());
    let state = Memo::new(move |_| JobState::parse(&asked("state")));
    let jobs = Resource::new(
        move || (state.get(), asked("after")),
        |(state, after)| read_jobs(state.map_or("", JobState::as_str).to_owned(), after),
    );
    view! {
        <Title text=say::MY_JOBS.say(lang) />
        <Heading text=say::MY_JOBS.say(lang) lead=say::JOBS_LEAD.say(lang) />
        <nav class="filter" aria-label=say::FILTER.say(lang)>
            <ul role="list">
                <li>
                    <a href="/jobs" aria-current=move || state.get().is_none().then_some("true")>
                        {say::ALL.say(lang)}
                    </a>
                </li>
                {JobState::ALL
                    .map(|one| {
                        view! {
                            <li>
                                <a
                                    href=format!("/jobs?state={}", one.as_str())
                                    aria-current=move || {
                                        (state.get() == Some(one)).then_some("true")
                                    }
                                >
                                    {tray_words::state(one).say(lang)}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
        <Loaded
            what=jobs
            show=move |page: JobPage| {
                if page.jobs.is_empty() {
                    return view! { <p class="empty">{say::NO_JOBS.say(lang)}</p> }.into_any();
                }
                let to = state
                    .get_untracked()
                    .map_or_else(
                        || "/jobs".to_owned(),
                        |state| format!("/jobs?state={}", state.as_str()),
                    );
                view! {
                    <h2 class="unseen">{say::HISTORY.say(lang)}</h2>
                    <div class="job-list">
                        {page
                            .jobs
                            .into_iter()
                            .map(|job| view! { <JobCard job=live(job) /> })
                            .collect_view()}
                    </div>
                    <More to after=page.next_cursor />
                }
                    .into_any()
            }
        />
    }
    .into_any()
}
