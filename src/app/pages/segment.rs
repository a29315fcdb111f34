//! One segment: the film, its facts, its neighbours, and the same once more. Until it is done,
//! the job that makes it.

use super::Drawn;
use crate::app::parts::{Again, Facts, Take, Trail, art, making};
use crate::app::request::{caller, job, studio, take};
use crate::i18n::{job as texts, pages as messages, time};
use crate::islands::{Island, Live, use_lang};
use crate::job::{JobId, Timestamp};
use crate::studio::StudioError;
use leptos::prelude::*;
use leptos_meta::Title;

/// A finished segment.
#[derive(Debug, Clone, PartialEq)]
struct Film {
    id: JobId,
    character: String,
    character_id: String,
    number: u32,
    title: String,
    take: Take,
    fps: u32,
    media_type: String,
    bytes: u64,
    made_by: String,
    at: Timestamp,
    /// Seconds that the making took.
    took: f64,
    /// The one made after it of the same scene, and the one before.
    newer: Option<String>,
    older: Option<String>,
}

pub async fn draw(id: String) -> Drawn {
    let job = job(&id).await?;
    let (studio, caller) = (studio()?, caller()?);
    let segment = match studio.segment(&caller, &id).await {
        Ok(segment) => segment,
        Err(StudioError::NotFound) => return making(job, "scene"),
        Err(error) => return Err(error.into()),
    };
    let scene = &segment.scene;
    let all = studio.segments(&caller, &scene.id).await?;
    let place = all.iter().position(|one| one.id == id);
    let neighbour = |place: Option<usize>| Some(all.get(place?)?.id.clone());
    let take = take(scene, Some(&segment.input));
    let fps = (segment.input.get("fps"))
        .and_then(serde_json::Value::as_u64)
        .and_then(|fps| fps.try_into().ok());
    let film = Film {
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
        take,
        id: job.job_id,
    };
    Ok(view! { <Playing film /> }.into_any())
}

#[component]
fn Playing(film: Film) -> impl IntoView {
    let lang = use_lang();
    let scene = format!("/scenes/{}", film.take.scene_id);
    let file = format!("/api/v1/jobs/{}/result", film.id);
    let name = format!(
        "{} — {}",
        film.character,
        messages::scene_number(lang, film.number)
    );
    let trail = vec![
        (
            format!("/characters/{}", film.character_id),
            film.character.clone(),
        ),
        (scene.clone(), messages::scene_number(lang, film.number)),
    ];
    let facts = [
        (messages::LENGTH, time::span(film.take.seconds)),
        (messages::SIZE, film.take.size.replace('x', " × ")),
        (messages::FRAMES, messages::per_second(lang, film.fps)),
        (
            messages::SEED,
            film.take
                .seed
                .map_or_else(|| "–".to_owned(), |seed| seed.to_string()),
        ),
        (messages::FILE, time::bytes(lang, film.bytes)),
        (messages::TOOK, time::span(film.took)),
        (messages::MADE_BY, film.made_by),
    ];
    view! {
        <Title text=name.clone() />
        <Trail steps=trail />
        <Live island=Island::Seen(film.id.clone()) />
        <article class="segment">
            <video
                class="film"
                controls
                playsinline
                preload="metadata"
                poster=art(&film.take.scene_id)
                aria-label=name
            >
                <source src=file.clone() type=film.media_type />
                <a href=file.clone()>{texts::action(crate::job::Action::Download).get(lang)}</a>
            </video>
            <div class="segment-head">
                <div>
                    <p class="eyebrow">
                        <bdi>{film.character}</bdi>
                        " · "
                        {messages::scene_number(lang, film.number)}
                    </p>
                    <h1 dir="auto">{film.title}</h1>
                    <p class="lead">
                        {messages::FINISHED.get(lang)} " " <Live island=Island::Moment(film.at) />
                    </p>
                </div>
                <nav class="neighbours" aria-label=messages::SEGMENTS.get(lang)>
                    {film
                        .older
                        .map(|id| {
                            view! {
                                <a class="button" rel="prev" href=format!("/segments/{id}")>
                                    {messages::PREVIOUS.get(lang)}
                                </a>
                            }
                        })}
                    {film
                        .newer
                        .map(|id| {
                            view! {
                                <a class="button" rel="next" href=format!("/segments/{id}")>
                                    {messages::NEXT.get(lang)}
                                </a>
                            }
                        })}
                </nav>
            </div>
            <Facts facts=facts.into() />
            <div class="segment-acts">
                <a class="button" href=file download>
                    {texts::action(crate::job::Action::Download).get(lang)}
                </a>
                <a class="button" href=scene>
                    {messages::OPEN_SCENE.get(lang)}
                </a>
                <a class="button quiet" href=format!("/jobs/{}", film.id)>
                    {messages::JOB_AND_LOG.get(lang)}
                </a>
                <Again take=film.take label=messages::AGAIN.get(lang).to_owned() />
            </div>
        </article>
    }
}
