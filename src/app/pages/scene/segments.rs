//! What was made of a scene, and what is being made.

use crate::app::parts::{Jobs, When, art, when_done};
use crate::app::{Refusal, use_lang};
use crate::job::Timestamp;
use crate::words::{pages as say, time};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// A finished segment in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    id: String,
    seconds: f64,
    size: String,
    bytes: u64,
    at: Timestamp,
}

#[server(prefix = "/forms", endpoint = "segments", input = GetUrl)]
pub async fn read_segments(scene: String) -> Result<Vec<Made>, Refusal> {
    use crate::app::request::{caller, studio, take};
    let found = studio()?.segments(&caller()?, &scene).await?;
    Ok((found.into_iter())
        .map(|segment| {
            let take = take(&segment.scene, Some(&segment.input));
            Made {
                id: segment.id,
                seconds: take.seconds,
                size: take.size,
                bytes: segment.bytes,
                at: segment.finished_at,
            }
        })
        .collect())
}

/// The finished segments of a scene; it loads again when one more is done.
#[component]
pub fn Segments(scene: String, jobs: Jobs) -> impl IntoView {
    let lang = use_lang();
    let shown = scene.clone();
    let made = Resource::new(|| (), move |()| read_segments(scene.clone()));
    when_done(jobs, move || made.refetch());
    view! {
        <section class="made" aria-labelledby="made">
            <h2 id="made">{say::SEGMENTS.say(lang)}</h2>
            <Transition>
                {move || {
                    let scene = shown.clone();
                    Suspend::new(async move {
                        match made.await {
                            Ok(made) if made.is_empty() => {
                                view! { <p class="empty">{say::NO_SEGMENTS.say(lang)}</p> }
                                    .into_any()
                            }
                            Ok(made) => list(&scene, made).into_any(),
                            Err(refusal) => {
                                view! { <p class="empty">{refusal.say(lang)}</p> }.into_any()
                            }
                        }
                    })
                }}
            </Transition>
        </section>
    }
    .into_any()
}

fn list(scene: &str, made: Vec<Made>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <ul class="cards" role="list">
            {made
                .into_iter()
                .map(|segment| {
                    view! {
                        <li class="card">
                            <a class="card-link" href=format!("/segments/{}", segment.id)>
                                <span class="frame">
                                    <img
                                        src=art(scene)
                                        alt=""
                                        width="640"
                                        height="360"
                                        loading="lazy"
                                    />
                                    <span class="frame-time">{time::span(segment.seconds)}</span>
                                </span>
                                <h3 class="card-title">
                                    <When at=segment.at />
                                </h3>
                            </a>
                            <p class="card-text">
                                {segment.size.replace('x', " × ")} " · "
                                {time::bytes(lang, segment.bytes)}
                            </p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
