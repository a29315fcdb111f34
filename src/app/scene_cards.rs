//! Scenes as cards in a list.

use crate::i18n::{pages as messages, time};
use crate::islands::use_lang;
use crate::routes::attributes::KEY;
use crate::routes::{self, art, pages};
use crate::studio::Scene;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct SceneCard {
    pub id: String,
    pub character: String,
    pub number: u32,
    pub title: String,
    pub seconds: f64,
}

impl From<Scene> for SceneCard {
    fn from(scene: Scene) -> Self {
        Self {
            id: scene.id,
            character: scene.character_name,
            number: scene.number,
            title: scene.title,
            seconds: scene.seconds,
        }
    }
}

#[component]
pub fn SceneCards(scenes: Vec<SceneCard>) -> impl IntoView {
    let lang = use_lang();
    if scenes.is_empty() {
        return view! { <p class="empty">{messages::NO_SCENES.get(lang)}</p> }.into_any();
    }
    view! {
        <ul class="cards scenes" role="list">
            {scenes.into_iter().map(card).collect_view()}
        </ul>
    }
    .into_any()
}

fn card(scene: SceneCard) -> impl IntoView {
    let lang = use_lang();
    view! {
        <li class="card" {..custom_attribute(KEY, scene.id.clone())}>
            <a class="card-link" href=routes::with_id(pages::SCENE, &scene.id)>
                <span class="frame">
                    <img src=art(&scene.id) alt="" width="640" height="360" loading="lazy" />
                    <span class="frame-time">{time::span(scene.seconds)}</span>
                </span>
                <h3 class="card-title" dir="auto">
                    {scene.title}
                </h3>
            </a>
            <p class="card-text">
                {messages::scene_number(lang, scene.number)} " · " <bdi>{scene.character}</bdi>
            </p>
        </li>
    }
}
