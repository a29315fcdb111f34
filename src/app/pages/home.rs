//! The studio at a glance: what runs, where the reader was, what was made, and a quick start.

use super::Drawn;
use crate::app::PageError;
use crate::app::parts::{Again, SceneCard, SceneCards, Take, art, figure};
use crate::app::request::{self, caller, queue, studio, take};
use crate::i18n::pages as messages;
use crate::islands::{About, Island, Live, use_lang};
use crate::job::{Job, JobState};
use crate::queue::JobFilter;
use crate::studio::Scene;
use leptos::prelude::*;
use leptos_meta::Title;

/// Which scene the quick start is about, where the demo studio has it.
const QUICK: (&str, u32) = ("X121", 3);
/// Results shown.
const RECENT: u32 = 6;

#[derive(Debug, Clone, PartialEq)]
struct Desk {
    quick: Option<Quick>,
    /// Scenes to go on with, the latest used first.
    scenes: Vec<SceneCard>,
    recent: Vec<Job>,
}

/// A scene that one click makes a segment of.
#[derive(Debug, Clone, PartialEq)]
struct Quick {
    scene: SceneCard,
    character_id: String,
    description: String,
    take: Take,
}

async fn read() -> Result<Desk, PageError> {
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
        let reference = format!("scene:{}", scene.id);
        recent.iter().position(|job| job.refs.contains(&reference))
    };
    let quick = (scenes.iter())
        .find(|scene| (scene.character_name.as_str(), scene.number) == QUICK)
        .or(scenes.first())
        .map(|scene| Quick {
            scene: scene.clone().into(),
            character_id: scene.character_id.clone(),
            description: scene.description.clone(),
            take: take(scene, None),
        });
    scenes.sort_by_key(|scene| used(scene).unwrap_or(usize::MAX));
    Ok(Desk {
        quick,
        scenes: scenes.into_iter().take(4).map(SceneCard::from).collect(),
        recent,
    })
}

pub async fn draw() -> Drawn {
    let desk = read().await?;
    Ok(view! { <Shown desk /> }.into_any())
}

#[component]
fn Shown(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=messages::HOME.get(lang) />
        <Live island=Island::Fresh(About::All, request::asked_at()) />
        <h1 class="unseen">{messages::HOME.get(lang)}</h1>
        <section class="now" aria-labelledby="now">
            <h2 id="now">{messages::RUNNING_NOW.get(lang)}</h2>
            <Live island=Island::Running(About::All) />
        </section>
        {desk.quick.map(|quick| view! { <QuickStart quick /> })}
        <section aria-labelledby="continue">
            <h2 id="continue">{messages::CONTINUE.get(lang)}</h2>
            <SceneCards scenes=desk.scenes />
        </section>
        <section aria-labelledby="recent">
            <h2 id="recent">{messages::RECENT.get(lang)}</h2>
            {if desk.recent.is_empty() {
                view! { <p class="empty">{messages::NO_RECENT.get(lang)}</p> }.into_any()
            } else {
                view! {
                    <div class="job-list">
                        {desk
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

/// One scene, large, with the button that makes it.
#[component]
fn QuickStart(quick: Quick) -> impl IntoView {
    let lang = use_lang();
    let Quick {
        scene,
        character_id,
        description,
        take,
    } = quick;
    view! {
        <section class="quick" aria-labelledby="quick">
            <div class="stage">
                <img class="stage-set" src=art(&scene.id) alt="" width="1920" height="1080" />
                <img
                    class="stage-figure"
                    src=figure(&character_id)
                    alt=""
                    width="800"
                    height="800"
                />
            </div>
            <div class="quick-text">
                <p class="eyebrow">
                    <bdi>{scene.character}</bdi>
                    " · "
                    {messages::scene_number(lang, scene.number)}
                </p>
                <h2 id="quick" dir="auto">
                    <a href=format!("/scenes/{}", scene.id)>{scene.title}</a>
                </h2>
                <p class="prose" dir="auto">
                    {description}
                </p>
                <Again take label=messages::generate_scene(lang, scene.number) />
            </div>
        </section>
    }
}
