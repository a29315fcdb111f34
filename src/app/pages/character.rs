//! One character: the portrait, its scenes, and the form with its details.

mod details;

use crate::app::scene_cards::{SceneCard, SceneCards};
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::routes::{art, pages};
use crate::studio::Character;
use crate::ui::Breadcrumbs;
use crate::ui::PageResult;
use crate::ui::request::{caller, studio};
use details::DetailsForm;
use leptos::prelude::*;
use leptos_meta::Title;

pub async fn draw(id: String) -> PageResult {
    let (studio, caller) = (studio()?, caller()?);
    let one = studio.character(&caller, &id).await?;
    let scenes = studio.scenes(&caller, Some(&id), None, 100).await?;
    let scenes = scenes.items.into_iter().map(SceneCard::from).collect();
    Ok(view! { <CharacterPage one scenes /> }.into_any())
}

#[component]
fn CharacterPage(one: Character, scenes: Vec<SceneCard>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=one.name.clone() />
        <Breadcrumbs steps=vec![(pages::CHARACTERS.to_owned(), messages::CHARACTERS.get(lang).to_owned())] />
        <article class="sheet">
            <header class="sheet-head">
                <img class="portrait" src=art(&one.id) alt="" width="800" height="800" />
                <div class="sheet-title">
                    <h1 dir="auto">{one.name.clone()}</h1>
                    <p class="lead" dir="auto">
                        {one.role.clone()}
                    </p>
                    <Swatches colours=one.palette.0.to_vec() />
                </div>
            </header>
            <section class="sheet-scenes" aria-labelledby="scenes">
                <h2 id="scenes">{messages::SCENES.get(lang)}</h2>
                <SceneCards scenes />
            </section>
            <section class="panel-box sheet-form" aria-labelledby="details">
                <h2 id="details">{messages::DETAILS.get(lang)}</h2>
                <DetailsForm one />
            </section>
        </article>
    }
}

/// The character's colours, as SVG: inline styles are forbidden.
#[component]
fn Swatches(colours: Vec<String>) -> impl IntoView {
    view! {
        <svg class="swatches" viewBox="0 0 140 20" aria-hidden="true">
            {colours
                .into_iter()
                .enumerate()
                .map(|(place, colour)| {
                    view! { <circle cx=10 + 28 * place cy="10" r="9" fill=colour /> }
                })
                .collect_view()}
        </svg>
    }
}
