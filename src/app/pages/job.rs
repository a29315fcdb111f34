//! One job: its state, its result or failure, its details, and its log as it grows.

use crate::i18n::{Translation, job as texts, pages as messages, time};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobResult, JobState, LogPage, Timestamp};
use crate::routes::{self, pages};
use crate::ui::Breadcrumbs;
use crate::ui::PageResult;
use crate::ui::request::{self, caller, log_page, queue, request_time};
use leptos::prelude::*;
use leptos_meta::Title;

/// A job, its input, and the beginning of its log.
#[derive(Debug, Clone, PartialEq)]
struct JobData {
    job: Job,
    /// The input as indented JSON.
    input: String,
    log: LogPage,
}

pub async fn draw(id: String) -> PageResult {
    let job = request::job(&id).await?;
    let input = queue()?.input(&caller()?, &job.job_id).await?;
    let log = log_page(&job.job_id, 0).await?;
    let data = JobData {
        input: serde_json::to_string_pretty(&input).unwrap_or_default(),
        job,
        log,
    };
    Ok(view! { <JobPage data /> }.into_any())
}

#[component]
fn JobPage(data: JobData) -> impl IntoView {
    let lang = use_lang();
    let JobData { job, input, log } = data;
    let id = job.job_id.clone();
    let name = texts::name(lang, &job);
    let ended = job.state.is_finished();
    let has_bell = !ended && caller().is_ok_and(|caller| caller.user == job.owner.id);
    view! {
        <Title text=name.clone() />
        <Breadcrumbs steps=vec![(pages::JOBS.to_owned(), messages::MY_JOBS.get(lang).to_owned())] />
        <article class="job-detail">
            <h1 dir="auto">{name}</h1>
            <Live island=Island::Following(About::Job(id.clone()), request_time()) />
            {ended.then(|| view! { <Live island=Island::Seen(id.clone()) /> })}
            <h2 class="visually-hidden">{messages::STATUS.get(lang)}</h2>
            <Live island=Island::Job(Box::new(job.clone())) />
            {has_bell.then(|| view! { <Live island=Island::Bell(id.clone(), job.notify) /> })}
            {job
                .result
                .clone()
                .map(|result| {
                    let here = routes::job_page(&job.job_id);
                    view! { <ResultLinks result here /> }
                })}
            <section aria-labelledby="facts">
                <h2 id="facts">{messages::JOB_DETAILS.get(lang)}</h2>
                <JobDetails job />
            </section>
            <section aria-labelledby="log">
                <h2 id="log">{messages::LOG.get(lang)}</h2>
                <Live island=Island::Log(id, log) />
            </section>
            <details class="input">
                <summary>{messages::INPUT.get(lang)}</summary>
                <pre dir="ltr">{input}</pre>
            </details>
        </article>
    }
}

/// The links to the result, except a link to this page, which is at `here`.
#[component]
fn ResultLinks(result: JobResult, here: String) -> impl IntoView {
    let lang = use_lang();
    view! {
        <p class="job-result">
            {result
                .page
                .filter(|page| *page != here)
                .map(|page| {
                    view! {
                        <a class="button primary" href=page>
                            {messages::SEE_RESULT.get(lang)}
                        </a>
                    }
                })} <a class="button" href=result.href download>
                {texts::action(crate::job::Action::Download).get(lang)}
                " · "
                {time::bytes(lang, result.bytes)}
            </a>
        </p>
    }
}

#[component]
fn JobDetails(job: Job) -> impl IntoView {
    let lang = use_lang();
    let at = move |label: Translation, time: Option<Timestamp>| {
        time.map(|at| {
            view! {
                <div>
                    <dt>{label.get(lang)}</dt>
                    <dd>
                        <Live island=Island::Moment(at) />
                    </dd>
                </div>
            }
        })
    };
    // While the job is active, its card shows the running time.
    let took = (!job.state.is_active()).then(|| time::span(job.elapsed_seconds));
    let failed = job.failure.filter(|_| job.state == JobState::Failed);
    view! {
        <dl class="facts">
            <div>
                <dt>{messages::KIND.get(lang)}</dt>
                <dd>{job.kind}</dd>
            </div>
            <div>
                <dt>{messages::ATTEMPT.get(lang)}</dt>
                <dd>{job.attempt}</dd>
            </div>
            {took
                .map(|took| {
                    view! {
                        <div>
                            <dt>{messages::RAN_FOR.get(lang)}</dt>
                            <dd>{took}</dd>
                        </div>
                    }
                })}
            {at(messages::CREATED, Some(job.created_at))}
            {at(messages::BEGAN, job.started_at)}
            {at(messages::ENDED, job.finished_at)}
            <div>
                <dt>{messages::CREATED_BY.get(lang)}</dt>
                <dd>
                    <bdi>{job.owner.name}</bdi>
                </dd>
            </div>
            {failed
                .map(|failure| {
                    view! {
                        <div>
                            <dt>{messages::CODE.get(lang)}</dt>
                            <dd>
                                <code>{failure.code}</code>
                            </dd>
                        </div>
                    }
                })}
            <div class="wide">
                <dt>{messages::JOB_ID.get(lang)}</dt>
                <dd>
                    <code>{job.job_id.to_string()}</code>
                </dd>
            </div>
        </dl>
    }
}
