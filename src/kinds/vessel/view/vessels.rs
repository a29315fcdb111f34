//! The craft folder, the form that starts a job for a vessel, and the latest results.

use super::super::input::Input;
use super::super::spec::{PAGE, VESSELS};
use super::super::{PART_TREE, STAGE_PLAN};
use crate::i18n::{Lang, job as texts, time};
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobId, JobState};
use crate::kinds::vessel::craft_folder::{CraftFile, CraftFolder, CraftList};
use crate::kinds::vessel::page_texts as messages;
use crate::queue::JobFilter;
use crate::routes;
use crate::routes::attributes::KEY;
use crate::ui::page_error::unavailable;
use crate::ui::request::{self, caller, parameter, queue, request_time};
use crate::ui::{
    Control, Field, Form, Heading, InputField, PageError, PageResult, PostForm, StartState,
};
use crate::validation::Rule;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

/// The kinds that the form offers.
const KINDS: [&str; 2] = [PART_TREE, STAGE_PLAN];
/// Maximum number of results of each kind in the list; the page of all jobs has the others.
const LISTED: u32 = 15;
/// Maximum length of a pasted text, in characters: encoded in a form, a text takes up to twice as many bytes.
const MAX_TEXT: u32 = 500_000;

/// Starts a job of the chosen kind and returns at once.
#[server(prefix = "/forms", endpoint = "read_vessel")]
pub async fn read_vessel(
    make: String,
    craft: String,
    text: String,
    vessel: String,
    nonce: String,
) -> Result<JobId, PageError> {
    if !KINDS.contains(&make.as_str()) {
        let allowed = KINDS.map(str::to_owned).to_vec();
        return Err(PageError::invalid("make", Rule::OneOf { allowed }));
    }
    let fields = [("craft", craft), ("text", text), ("vessel", vessel)];
    let given = fields
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty());
    let input = given.map(|(name, value)| (name.to_owned(), value.into()));
    let input = serde_json::Value::Object(input.collect());
    let job = request::submit(&make, input, &nonce).await?;
    Ok(job.job_id)
}

pub async fn draw() -> PageResult {
    let lang = use_lang();
    let folder: CraftFolder = use_context().ok_or(PageError::Unavailable)?;
    let list = tokio::task::spawn_blocking(move || folder.list()).await;
    let list = list
        .map_err(|error| unavailable(&error))?
        .map_err(|error| unavailable(&error))?;
    let jobs = results().await?;
    let islands = KINDS.map(|kind| {
        let about = About::Kind(kind.to_owned());
        view! { <Live island=Island::Fresh(about, request_time()) /> }
    });
    let running = KINDS.map(|kind| {
        let about = About::Kind(kind.to_owned());
        view! { <Live island=Island::Running(about) /> }
    });
    let page = view! {
        <Title text=messages::VESSELS.get(lang) />
        <Heading text=messages::VESSELS.get(lang) lead=messages::VESSELS_LEAD.get(lang) />
        {islands.collect_view()}
        <div class="columns">
            <div class="vessel-lists">
                <section aria-labelledby="results">
                    <h2 id="results">{messages::RESULTS.get(lang)}</h2>
                    <ResultList jobs />
                </section>
                <section aria-labelledby="folder">
                    <h2 id="folder">{messages::FOLDER.get(lang)}</h2>
                    <FileList list=list.clone() />
                </section>
            </div>
            <section class="panel-box" aria-labelledby="read">
                <h2 id="read">{messages::READ_HEAD.get(lang)}</h2>
                <ReadForm files=list.files />
                {running.collect_view()}
            </section>
        </div>
    };
    Ok(page.into_any())
}

/// The latest trees and plans, newest first.
async fn results() -> Result<Vec<Job>, PageError> {
    let (queue, caller) = (queue()?, caller()?);
    let mut all = Vec::new();
    for kind in KINDS {
        let filter = JobFilter {
            states: vec![JobState::Completed],
            kind: Some(kind.to_owned()),
            limit: LISTED,
            ..Default::default()
        };
        all.extend(queue.list(&caller, filter).await?.jobs);
    }
    all.sort_by_key(|job| std::cmp::Reverse(job.created_at));
    Ok(all)
}

#[component]
fn ResultList(jobs: Vec<Job>) -> impl IntoView {
    let lang = use_lang();
    if jobs.is_empty() {
        return view! { <p class="empty">{messages::NO_RESULTS.get(lang)}</p> }.into_any();
    }
    let rows = jobs.into_iter().map(|job| {
        let at = job.finished_at.unwrap_or(job.created_at);
        view! {
            <li class="row" {..custom_attribute(KEY, job.job_id.to_string())}>
                <h3 class="row-title">
                    <a href=routes::with_id(PAGE, &job.job_id) dir="auto">
                        {texts::name(lang, &job)}
                    </a>
                </h3>
                <p class="row-facts">
                    <Live island=Island::Since(at) />
                </p>
            </li>
        }
    });
    view! {
        <ul class="rows" role="list">
            {rows.collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn FileList(list: CraftList) -> impl IntoView {
    let lang = use_lang();
    if list.files.is_empty() {
        return view! { <p class="empty">{messages::FOLDER_EMPTY.get(lang)}</p> }.into_any();
    }
    let rows = list.files.into_iter().map(|file| {
        // On a phone the form is below the list.
        let chosen = request::path_with(VESSELS, "craft", &file.name) + "#read";
        view! {
            <li class="row craft-row">
                <bdi class="craft-name">{file.name.clone()}</bdi>
                <span class="row-facts">{time::bytes(lang, file.bytes)}</span>
                <a
                    class="button small"
                    href=chosen
                    aria-label=format!("{} {}", messages::CHOOSE.get(lang), file.name)
                >
                    {messages::CHOOSE.get(lang)}
                </a>
            </li>
        }
    });
    view! {
        <ul class="rows" role="list">
            {rows.collect_view()}
        </ul>
        {list.cut.then(|| view! { <p class="aside">{messages::FOLDER_CUT.get(lang)}</p> })}
    }
    .into_any()
}

/// The form that starts a job.
#[component]
fn ReadForm(files: Vec<CraftFile>) -> impl IntoView {
    let lang = use_lang();
    let form = Form::to(ReadVessel::PATH);
    let chosen = parameter("craft").unwrap_or_default();
    // The key makes a new form for each file, so that the previous choice does not remain.
    let key = format!("read-{chosen}");
    let vessel = InputField::of::<Input>("vessel").control();
    view! {
        <div {..custom_attribute(KEY, key)}>
        <PostForm form class="form" clears=true>
            <Field
                form
                name="make"
                label=messages::MAKE.get(lang)
                own=STAGE_PLAN
                control=Control::Choice(makes(lang))
            />
            <Field
                form
                name="craft"
                label=messages::CRAFT.get(lang)
                own=chosen
                control=Control::Choice(choices(lang, files))
            />
            <Field
                form
                name="text"
                label=messages::TEXT.get(lang)
                hint=messages::TEXT_HINT.get(lang)
                own=""
                control=Control::Text {
                    rows: 4,
                    longest: MAX_TEXT,
                }
            />
            <Field
                form
                name="vessel"
                label=messages::VESSEL.get(lang)
                hint=messages::VESSEL_HINT.get(lang)
                own=""
                control=vessel
            />
            <div class="form-end">
                <button class="button primary" type="submit">
                    {messages::READ.get(lang)}
                </button>
                <StartState form />
            </div>
        </PostForm>
        </div>
    }
}

fn makes(lang: Lang) -> Vec<(String, String)> {
    let names =
        [messages::A_PART_TREE, messages::A_STAGE_PLAN].map(|name| name.get(lang).to_owned());
    KINDS.map(str::to_owned).into_iter().zip(names).collect()
}

fn choices(lang: Lang, files: Vec<CraftFile>) -> Vec<(String, String)> {
    let none = (String::new(), messages::NO_CRAFT.get(lang).to_owned());
    let files = files.into_iter().map(|file| (file.name.clone(), file.name));
    std::iter::once(none).chain(files).collect()
}
