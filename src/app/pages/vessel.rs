//! What came of a vessel: its part tree or its stage plan as a picture and as a table. Until it is
//! read, the job that reads it.

mod figure;
mod plan;
mod rows;
mod tree;

use super::Drawn;
use crate::app::parts::{Trail, making};
use crate::app::request::{artifact_text, job, not_found, unavailable};
use crate::i18n::{job as texts, pages, vessel as messages};
use crate::islands::{Island, Live, use_lang};
use crate::job::{Action, Job, JobState};
use crate::studio::vessel::{PartCount, PartTree, StagePlan, VesselFacts};
use leptos::prelude::*;
use leptos_meta::Title;
use plan::PlanView;
use serde::de::DeserializeOwned;
use tree::TreeView;

pub async fn draw(id: String) -> Drawn {
    let job = job(&id).await?;
    let known = ["part_tree", "stage_plan"].into_iter();
    let Some(kind) = known.clone().find(|kind| *kind == job.kind) else {
        return Err(not_found());
    };
    if job.state != JobState::Completed {
        return making(job, kind);
    }
    let made = artifact_text(&job.job_id).await?;
    Ok(if kind == "part_tree" {
        let tree: PartTree = parse(&made)?;
        let vessel = tree.vessel.clone();
        view! {
            <Vessel job vessel>
                <TreeView tree />
            </Vessel>
        }
        .into_any()
    } else {
        let plan: StagePlan = parse(&made)?;
        let vessel = plan.vessel.clone();
        view! {
            <Vessel job vessel>
                <PlanView plan />
            </Vessel>
        }
        .into_any()
    })
}

fn parse<T: DeserializeOwned>(made: &str) -> Result<T, crate::app::PageError> {
    serde_json::from_str(made).map_err(|error| unavailable(&error))
}

/// What stands around both: which vessel it is, and where its file is.
#[component]
fn Vessel(job: Job, vessel: VesselFacts, children: Children) -> impl IntoView {
    let lang = use_lang();
    let name = texts::name(lang, &job);
    let file = format!("/api/v1/jobs/{}/result", job.job_id);
    let at = job.finished_at.unwrap_or(job.created_at);
    let unknown = (!vessel.unknown_parts.is_empty()).then(|| {
        view! {
            <p class="vessel-unknown" dir="auto">
                <b>{messages::UNKNOWN_PARTS.get(lang)}</b>
                ": "
                {counts(&vessel.unknown_parts)}
            </p>
        }
    });
    let version = (!vessel.game_version.is_empty()).then(|| {
        view! {
            " · "
            {messages::GAME.get(lang)}
            " "
            <bdi>{vessel.game_version.clone()}</bdi>
        }
    });
    view! {
        <Title text=name.clone() />
        <Trail steps=vec![("/vessels".to_owned(), messages::VESSELS.get(lang).to_owned())] />
        <Live island=Island::Seen(job.job_id.clone()) />
        <article class="vessel">
            <header class="heading">
                <h1 dir="auto">{name}</h1>
                <p class="lead">
                    {messages::parts(lang, vessel.parts)} {version} " · "
                    <Live island=Island::Moment(at) />
                </p>
                {unknown}
            </header>
            {children()}
            <footer class="vessel-end">
                <a class="button" href=file.clone()>
                    {messages::JSON.get(lang)}
                </a>
                <a class="button" href=file download>
                    {texts::action(Action::Download).get(lang)}
                </a>
                <a class="button quiet" href=format!("/schemas/{}.json", job.kind)>
                    {messages::SCHEMA.get(lang)}
                </a>
                <a class="button quiet" href=format!("/jobs/{}", job.job_id)>
                    {pages::JOB_AND_LOG.get(lang)}
                </a>
            </footer>
        </article>
    }
}

/// `2 × Reliant, Terrier`
fn counts(counts: &[PartCount]) -> String {
    /// Kinds of part that one line names.
    const NAMED: usize = 8;
    let named = counts.iter().take(NAMED).map(|one| match one.count {
        1 => one.title.clone(),
        count => format!("{count}\u{a0}× {}", one.title),
    });
    let mut named: Vec<_> = named.collect();
    if counts.len() > NAMED {
        named.push("…".to_owned());
    }
    named.join(", ")
}
