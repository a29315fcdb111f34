//! The home page: active jobs, a quick start, the scenes used last, and recent results.

use crate::app::scene_cards::{SceneCard, SceneCards};
use crate::app::stage::Stage;
use crate::i18n::pages as messages;
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobState};
use crate::kinds;
use crate::queue::JobFilter;
use crate::routes::{self, pages};
use crate::studio::Scene;
use crate::ui::request::{caller, queue, request_time, studio};
use crate::ui::{PageError, PageResult};
use leptos::prelude::*;
use leptos_meta::Title;

/// The scene of the quick start: a character and a number of the demo studio.
const QUICK_START: (&str, u32) = ("X121", 3);
/// Maximum number of results that are shown.
const RECENT: u32 = 6;

#[derive(Debug, Clone, PartialEq)]
struct HomeData {
    quick_start: Option<Scene>,
    /// Scenes to continue with, the last used first.
    scenes: Vec<SceneCard>,
    recent: Vec<Job>,
}

async fn read() -> Result<HomeData, PageError> {
    let (queue, studio, caller) = (queue()?, studio()?, caller()?);
    let recent = queue
        .list(
            &caller,
            JobFilter {
                states: vec![JobState::Completed, JobState::Failed],
                limit: RECENT,
                ..Default::default()
            },
        )
        .await?
        .jobs;
    let mut scenes = studio.scenes(&caller, None, None, 100).await?.items;
    let used = |scene: &Scene| {
        let reference = scene.reference();
        recent.iter().position(|job| job.refs.contains(&reference))
    };
    let quick_start = (scenes.iter())
        .find(|scene| (scene.character_name.as_str(), scene.number) == QUICK_START)
        .or(scenes.first())
        .cloned();
    scenes.sort_by_key(|scene| used(scene).unwrap_or(usize::MAX));
    Ok(HomeData {
        quick_start,
        scenes: scenes.into_iter().take(4).map(SceneCard::from).collect(),
        recent,
    })
}

pub async fn draw() -> PageResult {
    let data = read().await?;
    Ok(view! { <HomePage data /> }.into_any())
}

#[component]
fn HomePage(data: HomeData) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=messages::HOME.get(lang) />
        <Live island=Island::Fresh(About::All, request_time()) />
        <h1 class="visually-hidden">{messages::HOME.get(lang)}</h1>
        <section class="now" aria-labelledby="now">
            <h2 id="now">{messages::RUNNING_NOW.get(lang)}</h2>
            <Live island=Island::Running(About::All) />
        </section>
        {data.quick_start.map(|scene| view! { <QuickStart scene /> })}
        <section aria-labelledby="continue">
            <h2 id="continue">{messages::CONTINUE.get(lang)}</h2>
            <SceneCards scenes=data.scenes />
        </section>
        <section aria-labelledby="recent">
            <h2 id="recent">{messages::RECENT.get(lang)}</h2>
            {if data.recent.is_empty() {
                view! { <p class="empty">{messages::NO_RECENT.get(lang)}</p> }.into_any()
            } else {
                view! {
                    <div class="job-list">
                        {data
                            .recent
                            .into_iter()
                            .map(|job| view! { <Live island=Island::Job(Box::new(job)) /> })
                            .collect_view()}
                    </div>
                }
                    .into_any()
            }}
        </section>
    }
}

/// A large card of one scene, with the buttons that start jobs for it.
#[component]
fn QuickStart(scene: Scene) -> impl IntoView {
    let lang = use_lang();
    let buttons = kinds::scene_views().map(|view| (view.start_button)(&scene));
    let buttons = buttons.collect_view();
    view! {
        <section class="quick" aria-labelledby="quick">
            <Stage scene=scene.id.clone() character=scene.character_id.clone() />
            <div class="quick-text">
                <p class="eyebrow">
                    <bdi>{scene.character_name}</bdi>
                    " · "
                    {messages::scene_number(lang, scene.number)}
                </p>
                <h2 id="quick" dir="auto">
                    <a href=routes::with_id(pages::SCENE, &scene.id)>{scene.title}</a>
                </h2>
                <p class="prose" dir="auto">
                    {scene.description}
                </p>
                {buttons}
            </div>
        </section>
    }
}
