//! One scene: its picture and details, and for each kind of job that works on scenes the form that starts a
//! job and the results.

use crate::app::stage::Stage;
use crate::i18n::{pages as messages, time};
use crate::islands::{About, Island, Live, use_lang};
use crate::kinds;
use crate::routes::{self, pages};
use crate::studio::Scene;
use crate::ui::request::{caller, request_time, studio};
use crate::ui::{Breadcrumbs, PageResult};
use leptos::prelude::*;
use leptos_meta::Title;

pub async fn draw(id: String) -> PageResult {
    let (studio, caller) = (studio()?, caller()?);
    let scene = studio.scene(&caller, &id).await?;
    let mut results = Vec::new();
    for view in kinds::scene_views() {
        results.push((view.results)(scene.clone()).await?);
    }
    Ok(view! { <ScenePage scene results /> }.into_any())
}

#[component]
fn ScenePage(scene: Scene, results: Vec<AnyView>) -> impl IntoView {
    let lang = use_lang();
    let size = format!("{} × {}", scene.width, scene.height);
    let number = messages::scene_number(lang, scene.number);
    let trail = vec![
        (
            pages::CHARACTERS.to_owned(),
            messages::CHARACTERS.get(lang).to_owned(),
        ),
        (
            routes::with_id(pages::CHARACTER, &scene.character_id),
            scene.character_name.clone(),
        ),
    ];
    let about = About::Ref(scene.reference());
    view! {
        <Title text=format!("{} — {number}", scene.character_name) />
        <Breadcrumbs steps=trail />
        <Live island=Island::Fresh(about.clone(), request_time()) />
        <article class="scene">
            <Stage scene=scene.id.clone() character=scene.character_id.clone() />
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
                            <dd>{time::span(scene.seconds)}</dd>
                        </div>
                        <div>
                            <dt>{messages::SIZE.get(lang)}</dt>
                            <dd>{size}</dd>
                        </div>
                    </dl>
                </div>
                {kinds::scene_views()
                    .map(|view| {
                        let heading = view.heading.get(lang);
                        view! {
                            <section class="panel-box" aria-label=heading>
                                <h2>{heading}</h2>
                                {(view.start_form)(&scene)}
                                <Live island=Island::Running(about.clone()) />
                            </section>
                        }
                    })
                    .collect_view()}
            </div>
            {results}
        </article>
    }
}
