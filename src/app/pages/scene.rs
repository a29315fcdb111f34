//! One scene: its stage, its data, the form that makes a segment of it, and what was made.

mod segments;

use crate::app::parts::{GenerateForm, Loaded, Running, Take, Trail, about, art, figure, loaded};
use crate::app::{Refusal, use_lang};
use crate::words::{pages as say, time};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use segments::Segments;
use serde::{Deserialize, Serialize};

/// A scene as its page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    id: String,
    character_id: String,
    character: String,
    number: u32,
    title: String,
    description: String,
    camera: String,
    mood: String,
    take: Take,
}

#[server(prefix = "/forms", endpoint = "scene", input = GetUrl)]
pub async fn read_scene(id: String) -> Result<Stage, Refusal> {
    use crate::app::request::{caller, studio, take};
    let scene = studio()?.scene(&caller()?, &id).await?;
    let take = take(&scene, None);
    Ok(Stage {
        id: scene.id,
        character_id: scene.character_id,
        character: scene.character_name,
        number: scene.number,
        title: scene.title,
        description: scene.description,
        camera: scene.camera.as_str().to_owned(),
        mood: scene.mood,
        take,
    })
}

#[component]
pub fn Scene() -> impl IntoView {
    let stage = loaded(read_scene);
    view! { <Loaded what=stage show=|stage: Stage| view! { <Shown stage /> }.into_any() /> }
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
    let scene = stage.id.clone();
    let reference = format!("scene:{scene}");
    let jobs = about(move |job| job.refs.contains(&reference));
    view! {
        <Title text=format!("{} — {}", stage.character, say::scene_number(lang, stage.number)) />
        <Trail steps=trail />
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
                    <Running jobs />
                </section>
            </div>
            <Segments scene jobs />
        </article>
    }
    .into_any()
}
