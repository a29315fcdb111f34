//! The finished segments of a scene.

use super::segment_values::SegmentValues;
use crate::i18n::time;
use crate::islands::{Island, Live, use_lang};
use crate::job::Timestamp;
use crate::kinds::scene::finished::{self, Segment};
use crate::kinds::scene::page_texts;
use crate::kinds::scene::spec::PAGE;
use crate::routes::attributes::KEY;
use crate::routes::{self, art};
use crate::studio::Scene;
use crate::ui::PageResult;
use crate::ui::request::{caller, queue};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

/// The section of the scene's page that shows the segments.
pub async fn draw(scene: Scene) -> PageResult {
    let segments = finished::segments(&queue()?, &caller()?, &scene).await?;
    let segments = segments.into_iter().map(SegmentCard::from).collect();
    Ok(view! { <Segments scene=scene.id segments /> }.into_any())
}

/// A finished segment in a list.
#[derive(Debug, Clone, PartialEq)]
struct SegmentCard {
    id: String,
    seconds: f64,
    size: String,
    bytes: u64,
    at: Timestamp,
}

impl From<Segment> for SegmentCard {
    fn from(segment: Segment) -> Self {
        let values = SegmentValues::of_input(&segment.scene, &segment.input);
        Self {
            id: segment.id,
            seconds: values.seconds,
            size: values.shown_size(),
            bytes: segment.bytes,
            at: segment.finished_at,
        }
    }
}

#[component]
fn Segments(scene: String, segments: Vec<SegmentCard>) -> impl IntoView {
    let lang = use_lang();
    let shown = if segments.is_empty() {
        view! { <p class="empty">{page_texts::NO_SEGMENTS.get(lang)}</p> }.into_any()
    } else {
        segment_list(&scene, segments).into_any()
    };
    view! {
        <section class="made" aria-labelledby="made">
            <h2 id="made">{page_texts::SEGMENTS.get(lang)}</h2>
            {shown}
        </section>
    }
}

fn segment_list(scene: &str, segments: Vec<SegmentCard>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <ul class="cards" role="list">
            {segments
                .into_iter()
                .map(|segment| {
                    view! {
                        <li class="card" {..custom_attribute(KEY, segment.id.clone())}>
                            <a class="card-link" href=routes::with_id(PAGE, &segment.id)>
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
                                {segment.size} " · "
                                {time::bytes(lang, segment.bytes)}
                            </p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
