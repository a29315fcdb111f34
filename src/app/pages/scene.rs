//! One scene: its stage, its data, the form that makes a segment of it, and what was made.

mod segments;

use super::Drawn;
use crate::app::parts::{GenerateForm, Trail, art, figure};
use crate::app::request::{self, caller, studio, take};
use crate::i18n::{pages as messages, time};
use crate::islands::{About, Island, Live, use_lang};
use crate::studio::Scene;
use leptos::prelude::*;
use leptos_meta::Title;
use segments::{Made, Segments};

pub async fn draw(id: String) -> Drawn {
    let (studio, caller) = (studio()?, caller()?);
    let scene = studio.scene(&caller, &id).await?;
    let made = studio.segments(&caller, &id).await?;
    let made = made.into_iter().map(Made::from).collect();
    Ok(view! { <Shown scene made /> }.into_any())
}

#[component]
fn Shown(scene: Scene, made: Vec<Made>) -> impl IntoView {
    let lang = use_lang();
    let take = take(&scene, None);
    let number = messages::scene_number(lang, scene.number);
    let trail = vec![
        (
            "/characters".to_owned(),
            messages::CHARACTERS.get(lang).to_owned(),
        ),
        (
            format!("/characters/{}", scene.character_id),
            scene.character_name.clone(),
        ),
    ];
    let about = About::Ref(format!("scene:{}", scene.id));
    view! {
        <Title text=format!("{} — {number}", scene.character_name) />
        <Trail steps=trail />
        <Live island=Island::Fresh(about.clone(), request::asked_at()) />
        <article class="scene">
            <div class="stage">
                <img class="stage-set" src=art(&scene.id) alt="" width="1920" height="1080" />
                <img
                    class="stage-figure"
                    src=figure(&scene.character_id)
                    alt=""
                    width="800"
                    height="800"
                />
            </div>
            <div class="columns">
                <div class="scene-text">
                    <p class="eyebrow">
                        <bdi>{scene.character_name.clone()}</bdi>
                        " · "
                        {number}
                    </p>
                    <h1 dir="auto">{scene.title.clone()}</h1>
                    <p class="prose" dir="auto">
                        {scene.description.clone()}
                    </p>
                    <dl class="facts">
                        <div>
                            <dt>{messages::CAMERA.get(lang)}</dt>
                            <dd>{messages::camera(scene.camera.as_str()).get(lang)}</dd>
                        </div>
                        <div>
                            <dt>{messages::MOOD.get(lang)}</dt>
                            <dd dir="auto">{scene.mood.clone()}</dd>
                        </div>
                        <div>
                            <dt>{messages::LENGTH.get(lang)}</dt>
                            <dd>{time::span(take.seconds)}</dd>
                        </div>
                        <div>
                            <dt>{messages::SIZE.get(lang)}</dt>
                            <dd>{take.size.replace('x', " × ")}</dd>
                        </div>
                    </dl>
                </div>
                <section class="panel-box" aria-labelledby="generate">
                    <h2 id="generate">{messages::GENERATE_HEAD.get(lang)}</h2>
                    <GenerateForm
                        take=take.clone()
                        label=messages::generate_scene(lang, scene.number)
                    />
                    <Live island=Island::Running(about) />
                </section>
            </div>
            <Segments scene=scene.id made />
        </article>
    }
}
