//! What was made of a scene, and what is being made.

use crate::app::parts::art;
use crate::app::request::take;
use crate::i18n::{pages as messages, time};
use crate::islands::{Island, Live, use_lang};
use crate::job::Timestamp;
use crate::studio::Segment;
use leptos::prelude::*;

/// A finished segment in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    id: String,
    seconds: f64,
    size: String,
    bytes: u64,
    at: Timestamp,
}

impl From<Segment> for Made {
    fn from(segment: Segment) -> Self {
        let take = take(&segment.scene, Some(&segment.input));
        Self {
            id: segment.id,
            seconds: take.seconds,
            size: take.size,
            bytes: segment.bytes,
            at: segment.finished_at,
        }
    }
}

/// The finished segments of a scene.
#[component]
pub fn Segments(scene: String, made: Vec<Made>) -> impl IntoView {
    let lang = use_lang();
    let shown = if made.is_empty() {
        view! { <p class="empty">{messages::NO_SEGMENTS.get(lang)}</p> }.into_any()
    } else {
        list(&scene, made).into_any()
    };
    view! {
        <section class="made" aria-labelledby="made">
            <h2 id="made">{messages::SEGMENTS.get(lang)}</h2>
            {shown}
        </section>
    }
}

fn list(scene: &str, made: Vec<Made>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <ul class="cards" role="list">
            {made
                .into_iter()
                .map(|segment| {
                    view! {
                        <li class="card" data-key=segment.id.clone()>
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
                                    <Live island=Island::Since(segment.at) />
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
