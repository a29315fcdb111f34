//! One result: a part tree or a stage plan, as a picture and as tables. Until it is finished, the page shows the
//! job that makes it.

use super::super::spec::VESSELS;
use super::super::{PART_TREE, STAGE_PLAN};
use super::part_counts::part_counts;
use super::plan::PlanView;
use super::tree::TreeView;
use crate::i18n::{job as texts, pages};
use crate::islands::{Island, Live, use_lang};
use crate::job::{Action, Job, JobState};
use crate::kinds::vessel::page_texts as messages;
use crate::routes;
use crate::ui::page_error::{not_found, unavailable};
use crate::ui::request::{artifact_text, job};
use crate::ui::{Breadcrumbs, PageError, PageResult, pending_result};
use craft::{PartTree, StagePlan, VesselSummary};
use leptos::prelude::*;
use leptos_meta::Title;
use serde::de::DeserializeOwned;

pub async fn draw(id: String) -> PageResult {
    let job = job(&id).await?;
    let kinds = [PART_TREE, STAGE_PLAN];
    let Some(kind) = kinds.into_iter().find(|kind| *kind == job.kind) else {
        return Err(not_found());
    };
    if job.state != JobState::Completed {
        return pending_result(job, kind);
    }
    let result = artifact_text(&job.job_id).await?;
    Ok(if kind == PART_TREE {
        let tree: PartTree = parse(&result)?;
        let vessel = tree.vessel.clone();
        view! {
            <VesselPage job vessel>
                <TreeView tree />
            </VesselPage>
        }
        .into_any()
    } else {
        let plan: StagePlan = parse(&result)?;
        let vessel = plan.vessel.clone();
        view! {
            <VesselPage job vessel>
                <PlanView plan />
            </VesselPage>
        }
        .into_any()
    })
}

fn parse<T: DeserializeOwned>(result: &str) -> Result<T, PageError> {
    serde_json::from_str(result).map_err(|error| unavailable(&error))
}

/// The common frame of both results: the vessel above, the links to the file below.
#[component]
fn VesselPage(job: Job, vessel: VesselSummary, children: Children) -> impl IntoView {
    let lang = use_lang();
    let name = texts::name(lang, &job);
    let file = routes::job_result(&job.job_id);
    let at = job.finished_at.unwrap_or(job.created_at);
    let unknown = (!vessel.unknown_parts.is_empty()).then(|| {
        view! {
            <p class="vessel-unknown" dir="auto">
                <b>{messages::UNKNOWN_PARTS.get(lang)}</b>
                ": "
                {part_counts(&vessel.unknown_parts)}
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
        <Breadcrumbs steps=vec![(VESSELS.to_owned(), messages::VESSELS.get(lang).to_owned())] />
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
                <a class="button quiet" href=routes::schema(&job.kind)>
                    {messages::SCHEMA.get(lang)}
                </a>
                <a class="button quiet" href=routes::job_page(&job.job_id)>
                    {pages::JOB_AND_LOG.get(lang)}
                </a>
            </footer>
        </article>
    }
}
