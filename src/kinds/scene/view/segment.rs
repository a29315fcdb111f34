//! One segment: the film, its details, links to the segments before and after it, and a button that starts
//! another. Until the segment is finished, the page shows the job that makes it.

use super::generate::GenerateButton;
use super::segment_values::SegmentValues;
use crate::i18n::{job as texts, pages as messages, time};
use crate::islands::{Island, Live, use_lang};
use crate::job::{JobId, Timestamp};
use crate::kinds::scene::KIND;
use crate::kinds::scene::finished;
use crate::kinds::scene::page_texts;
use crate::kinds::scene::spec::PAGE;
use crate::routes::{self, art, pages};
use crate::ui::request::{caller, job, queue, studio};
use crate::ui::{Breadcrumbs, DetailList, PageResult, pending_result};
use leptos::prelude::*;
use leptos_meta::Title;

/// A finished segment.
#[derive(Debug, Clone, PartialEq)]
struct SegmentData {
    id: JobId,
    character: String,
    character_id: String,
    number: u32,
    title: String,
    values: SegmentValues,
    fps: u32,
    media_type: String,
    bytes: u64,
    made_by: String,
    at: Timestamp,
    /// Seconds that the job ran.
    took: f64,
    /// The next and the previous segment of the same scene.
    newer: Option<String>,
    older: Option<String>,
}

pub async fn draw(id: String) -> PageResult {
    let job = job(&id).await?;
    let (queue, caller) = (queue()?, caller()?);
    let found = finished::segment(&queue, &studio()?, &caller, &job.job_id).await?;
    let Some(segment) = found else {
        return pending_result(job, KIND);
    };
    let scene = &segment.scene;
    let all = finished::segments(&queue, &caller, scene).await?;
    let place = all.iter().position(|one| one.id == id);
    let neighbour = |place: Option<usize>| Some(all.get(place?)?.id.clone());
    let values = SegmentValues::of_input(scene, &segment.input);
    let fps = (segment.input.get("fps"))
        .and_then(serde_json::Value::as_u64)
        .and_then(|fps| fps.try_into().ok());
    let segment = SegmentData {
        character: scene.character_name.clone(),
        character_id: scene.character_id.clone(),
        number: scene.number,
        title: scene.title.clone(),
        fps: fps.unwrap_or(scene.fps),
        media_type: segment.media_type,
        bytes: segment.bytes,
        made_by: segment.made_by,
        at: segment.finished_at,
        took: job.elapsed_seconds,
        newer: neighbour(place.and_then(|place| place.checked_sub(1))),
        older: neighbour(place.map(|place| place + 1)),
        values,
        id: job.job_id,
    };
    Ok(view! { <SegmentPage segment /> }.into_any())
}

#[component]
fn SegmentPage(segment: SegmentData) -> impl IntoView {
    let lang = use_lang();
    let scene = routes::with_id(pages::SCENE, &segment.values.scene_id);
    let file = routes::job_result(&segment.id);
    let name = format!(
        "{} — {}",
        segment.character,
        messages::scene_number(lang, segment.number)
    );
    let trail = vec![
        (
            routes::with_id(pages::CHARACTER, &segment.character_id),
            segment.character.clone(),
        ),
        (scene.clone(), messages::scene_number(lang, segment.number)),
    ];
    let details = [
        (messages::LENGTH, time::span(segment.values.seconds)),
        (messages::SIZE, segment.values.shown_size()),
        (
            page_texts::FRAMES,
            page_texts::per_second(lang, segment.fps),
        ),
        (
            page_texts::SEED,
            segment
                .values
                .seed
                .map_or_else(|| "–".to_owned(), |seed| seed.to_string()),
        ),
        (page_texts::FILE, time::bytes(lang, segment.bytes)),
        (page_texts::TOOK, time::span(segment.took)),
        (page_texts::CREATED_BY, segment.made_by),
    ];
    view! {
        <Title text=name.clone() />
        <Breadcrumbs steps=trail />
        <Live island=Island::Seen(segment.id.clone()) />
        <article class="segment">
            <video
                class="film"
                controls
                playsinline
                preload="metadata"
                poster=art(&segment.values.scene_id)
                aria-label=name
            >
                <source src=file.clone() type=segment.media_type />
                <a href=file.clone()>{texts::action(crate::job::Action::Download).get(lang)}</a>
            </video>
            <div class="segment-head">
                <div>
                    <p class="eyebrow">
                        <bdi>{segment.character}</bdi>
                        " · "
                        {messages::scene_number(lang, segment.number)}
                    </p>
                    <h1 dir="auto">{segment.title}</h1>
                    <p class="lead">
                        {page_texts::FINISHED.get(lang)} " " <Live island=Island::Moment(segment.at) />
                    </p>
                </div>
                <nav class="neighbours" aria-label=page_texts::SEGMENTS.get(lang)>
                    {segment
                        .older
                        .map(|id| {
                            view! {
                                <a class="button" rel="prev" href=routes::with_id(PAGE, id)>
                                    {page_texts::PREVIOUS.get(lang)}
                                </a>
                            }
                        })}
                    {segment
                        .newer
                        .map(|id| {
                            view! {
                                <a class="button" rel="next" href=routes::with_id(PAGE, id)>
                                    {page_texts::NEXT.get(lang)}
                                </a>
                            }
                        })}
                </nav>
            </div>
            <DetailList details=details.into() />
            <div class="segment-buttons">
                <a class="button" href=file download>
                    {texts::action(crate::job::Action::Download).get(lang)}
                </a>
                <a class="button" href=scene>
                    {page_texts::OPEN_SCENE.get(lang)}
                </a>
                <a class="button quiet" href=routes::job_page(&segment.id)>
                    {messages::JOB_AND_LOG.get(lang)}
                </a>
                <GenerateButton values=segment.values label=page_texts::AGAIN.get(lang).to_owned() />
            </div>
        </article>
    }
}
