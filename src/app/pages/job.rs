//! One job: where it stands, its times, what went wrong and what to do, and its log as it grows.

use super::Drawn;
use crate::app::parts::Trail;
use crate::app::request::{self, caller, log_part, queue};
use crate::i18n::{Translation, job as texts, pages as messages, time};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobResult, JobState, LogPage, Timestamp};
use leptos::prelude::*;
use leptos_meta::Title;

/// A job, what it was asked, and the beginning of its log.
#[derive(Debug, Clone, PartialEq)]
struct File {
    job: Job,
    /// The input as indented JSON.
    input: String,
    log: LogPage,
}

pub async fn draw(id: String) -> Drawn {
    let job = request::job(&id).await?;
    let input = queue()?.input(&caller()?, &job.job_id).await?;
    let log = log_part(&job.job_id, 0).await?;
    let file = File {
        input: serde_json::to_string_pretty(&input).unwrap_or_default(),
        job,
        log,
    };
    Ok(view! { <Shown file /> }.into_any())
}

#[component]
fn Shown(file: File) -> impl IntoView {
    let lang = use_lang();
    let File { job, input, log } = file;
    let id = job.job_id.clone();
    let name = texts::name(lang, &job);
    let ended = job.state.is_finished();
    let rings = !ended && caller().is_ok_and(|caller| caller.user == job.owner.id);
    view! {
        <Title text=name.clone() />
        <Trail steps=vec![("/jobs".to_owned(), messages::MY_JOBS.get(lang).to_owned())] />
        <article class="job-detail">
            <h1 dir="auto">{name}</h1>
            <Live island=Island::Following(About::Job(id.clone()), request::asked_at()) />
            {ended.then(|| view! { <Live island=Island::Seen(id.clone()) /> })}
            <h2 class="unseen">{messages::STANDING.get(lang)}</h2>
            <Live island=Island::Job(Box::new(job.clone())) />
            {rings.then(|| view! { <Live island=Island::Bell(id.clone(), job.notify) /> })}
            {job
                .result
                .clone()
                .map(|result| {
                    let here = format!("/jobs/{}", job.job_id);
                    view! { <Came result here /> }
                })}
            <section aria-labelledby="facts">
                <h2 id="facts">{messages::FACTS.get(lang)}</h2>
                <Facts job />
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

/// What came of it; a page that is `here` needs no way to it.
#[component]
fn Came(result: JobResult, here: String) -> impl IntoView {
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
fn Facts(job: Job) -> impl IntoView {
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
    // While it runs, its card counts on.
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
                <dt>{messages::MADE_BY.get(lang)}</dt>
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
