//! One scene: its stage, its data, the form that makes a segment of it, and what was made.

mod segments;

use super::Drawn;
use crate::app::parts::{GenerateForm, Take, Trail, art, figure};
use crate::app::request::{caller, studio, take};
use crate::islands::{About, Island, Live, use_lang};
use crate::words::{pages as say, time};
use leptos::prelude::*;
use leptos_meta::Title;
use segments::{Made, Segments};

/// A scene as its page shows it.
#[derive(Debug, Clone, PartialEq)]
struct Stage {
    id: String,
    character_id: String,
    character: String,
    number: u32,
    title: String,
    description: String,
    camera: String,
    mood: String,
    take: Take,
    made: Vec<Made>,
}

pub async fn draw(id: String) -> Drawn {
    let (studio, caller) = (studio()?, caller()?);
    let scene = studio.scene(&caller, &id).await?;
    let made = studio.segments(&caller, &id).await?;
    let take = take(&scene, None);
    let stage = Stage {
        id: scene.id,
        character_id: scene.character_id,
        character: scene.character_name,
        number: scene.number,
        title: scene.title,
        description: scene.description,
        camera: scene.camera.as_str().to_owned(),
        mood: scene.mood,
        made: made.into_iter().map(Made::from).collect(),
        take,
    };
    Ok(view! { <Shown stage /> }.into_any())
}

#[component]
fn Shown(stage: Stage) -> impl IntoView {
    let lang = use_lang();
    let trail = vec![
        (
            "/characters".to_owned(),
            say::CHARACTERS.say(lang).to_owned(),
        ),
        (
            format!("/characters/{}", stage.character_id),
            stage.character.clone(),
        ),
    ];
    let about = About::Ref(format!("scene:{}", stage.id));
    view! {
        <Title text=format!("{} — {}", stage.character, say::scene_number(lang, stage.number)) />
        <Trail steps=trail />
        <Live island=Island::Fresh(about.clone()) />
        <article class="scene">
            <div class="stage">
                <img class="stage-set" src=art(&stage.id) alt="" width="1920" height="1080" />
                <img
                    class="stage-figure"
                    src=figure(&stage.character_id)
                    alt=""
                    width="800"
                    height="800"
                />
            </div>
            <div class="columns">
                <div class="scene-text">
                    <p class="eyebrow">
                        <bdi>{stage.character.clone()}</bdi>
                        " · "
                        {say::scene_number(lang, stage.number)}
                    </p>
                    <h1 dir="auto">{stage.title.clone()}</h1>
                    <p class="prose" dir="auto">
                        {stage.description.clone()}
                    </p>
                    <dl class="facts">
                        <div>
                            <dt>{say::CAMERA.say(lang)}</dt>
                            <dd>{say::camera(&stage.camera).say(lang)}</dd>
                        </div>
                        <div>
                            <dt>{say::MOOD.say(lang)}</dt>
                            <dd dir="auto">{stage.mood.clone()}</dd>
                        </div>
                        <div>
                            <dt>{say::LENGTH.say(lang)}</dt>
                            <dd>{time::span(stage.take.seconds)}</dd>
                        </div>
                        <div>
                            <dt>{say::SIZE.say(lang)}</dt>
                            <dd>{stage.take.size.replace('x', " × ")}</dd>
                        </div>
                    </dl>
                </div>
                <section class="panel-box" aria-labelledby="generate">
                    <h2 id="generate">{say::GENERATE_HEAD.say(lang)}</h2>
                    <GenerateForm
                        take=stage.take.clone()
                        label=say::generate_scene(lang, stage.number)
                    />
                    <Live island=Island::Running(about) />
                </section>
            </div>
            <Segments scene=stage.id made=stage.made />
        </article>
    }
}
