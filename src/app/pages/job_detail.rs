//! One job: where it stands, its times, what went wrong and what to do, and its log as it grows.

mod log;

use crate::app::parts::{JobCard, Loaded, Moment, Trail, live, loaded};
use crate::app::{Refusal, use_lang};
use crate::job::{Job, JobState, LogPage, Timestamp};
use crate::tray::Tray;
use crate::words::{Words, job as texts, pages as say, time};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use log::Log;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A job, what it was asked, and the beginning of its log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    job: Job,
    /// The input as indented JSON.
    input: String,
    log: LogPage,
}

#[server(prefix = "/forms", endpoint = "job", input = GetUrl)]
pub async fn read_job(id: String) -> Result<File, Refusal> {
    use crate::app::request::{caller, job, log_part, queue};
    let job = job(&id).await?;
    let input = queue()?.input(&caller()?, &job.job_id).await?;
    let log = log_part(&job.job_id, 0).await?;
    Ok(File {
        input: serde_json::to_string_pretty(&input).unwrap_or_default(),
        job,
        log,
    })
}

#[component]
pub fn JobDetail() -> impl IntoView {
    let file = loaded(read_job);
    view! { <Loaded what=file show=|file: File| view! { <Shown file /> }.into_any() /> }
}

#[component]
fn Shown(file: File) -> impl IntoView {
    let lang = use_lang();
    let tray = expect_context::<Tray>();
    let File { job, input, log } = file;
    let id = job.job_id.clone();
    let name = texts::name(lang, &job);
    let job = live(job);
    // To look at how a job ended is to have seen it.
    Effect::new(move || {
        if job.with(|job| job.state.is_finished()) {
            tray.see(&[job.with(|job| job.job_id.clone())]);
        }
    });
    view! {
        <Title text=name.clone() />
        <Trail steps=vec![("/jobs".to_owned(), say::MY_JOBS.say(lang).to_owned())] />
        <article class="job-detail">
            <h1 dir="auto">{name}</h1>
            <JobCard job />
            <Result job />
            <section aria-labelledby="facts">
                <h2 id="facts">{say::FACTS.say(lang)}</h2>
                <Facts job />
            </section>
            <section aria-labelledby="log">
                <h2 id="log">{say::LOG.say(lang)}</h2>
                <Log id job first=log />
            </section>
            <details class="input">
                <summary>{say::INPUT.say(lang)}</summary>
                <pre dir="ltr">{input}</pre>
            </details>
        </article>
    }
    .into_any()
}

/// What came of it, where something did.
#[component]
fn Result(job: Signal<Arc<Job>>) -> impl IntoView {
    let lang = use_lang();
    let result = Memo::new(move |_| job.with(|job| job.result.clone()));
    move || {
        result.get().map(|result| {
            let size = time::bytes(lang, result.bytes);
            view! {
                <p class="job-result">
                    {result
                        .page
                        .map(|page| {
                            view! {
                                <a class="button primary" href=page>
                                    {say::SEE_RESULT.say(lang)}
                                </a>
                            }
                        })} <a class="button" href=result.href download>
                        {texts::action(crate::job::Action::Download).say(lang)}
                        " · "
                        {size}
                    </a>
                </p>
            }
        })
    }
}

#[component]
fn Facts(job: Signal<Arc<Job>>) -> impl IntoView {
    let lang = use_lang();
    let at = move |label: Words, time: fn(&Job) -> Option<Timestamp>| {
        let time = Memo::new(move |_| job.with(|job| time(job)));
        move || {
            time.get().map(|at| {
                view! {
                    <div>
                        <dt>{label.say(lang)}</dt>
                        <dd>
                            <Moment at />
                        </dd>
                    </div>
                }
            })
        }
    };
    let kind = job.with_untracked(|job| job.kind.clone());
    let owner = job.with_untracked(|job| job.owner.name.clone());
    let id = job.with_untracked(|job| job.job_id.to_string());
    let failed = Memo::new(move |_| {
        job.with(|job| {
            let failed = (job.state == JobState::Failed).then_some(job.failure.as_ref());
            failed.flatten().map(|failure| failure.code.clone())
        })
    });
    view! {
        <dl class="facts">
            <div>
                <dt>{say::KIND.say(lang)}</dt>
                <dd>{kind}</dd>
            </div>
            <div>
                <dt>{say::ATTEMPT.say(lang)}</dt>
                <dd>{move || job.with(|job| job.attempt)}</dd>
            </div>
            <div>
                <dt>{say::RAN_FOR.say(lang)}</dt>
                <dd>{move || time::span(job.with(|job| job.elapsed_seconds))}</dd>
            </div>
            {at(say::CREATED, |job| Some(job.created_at))}
            {at(say::BEGAN, |job| job.started_at)}
            {at(say::ENDED, |job| job.finished_at)}
            <div>
                <dt>{say::MADE_BY.say(lang)}</dt>
                <dd>
                    <bdi>{owner}</bdi>
                </dd>
            </div>
            {move || {
                failed
                    .get()
                    .map(|code| {
                        view! {
                            <div>
                                <dt>{say::CODE.say(lang)}</dt>
                                <dd>
                                    <code>{code}</code>
                                </dd>
                            </div>
                        }
                    })
            }}
            <div class="wide">
                <dt>{say::JOB_ID.say(lang)}</dt>
                <dd>
                    <code>{id}</code>
                </dd>
            </div>
        </dl>
    }
    .into_any()
}
