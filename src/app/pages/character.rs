//! One character: the portrait, the scenes and the form that a creator edits while jobs run.

mod form;

use crate::app::parts::{Loaded, SceneCard, SceneCards, Trail, art, loaded};
use crate::app::{Refusal, use_lang};
use crate::job::Timestamp;
use crate::words::pages as say;
use form::CharacterForm;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

/// A character with the scenes it plays in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sheet {
    id: String,
    name: String,
    role: String,
    age: Option<u32>,
    voice: String,
    description: String,
    tags: Vec<String>,
    palette: Vec<String>,
    updated_at: Timestamp,
    scenes: Vec<SceneCard>,
}

#[server(prefix = "/forms", endpoint = "character", input = GetUrl)]
pub async fn read_character(id: String) -> Result<Sheet, Refusal> {
    use crate::app::request::{caller, studio};
    let (studio, caller) = (studio()?, caller()?);
    let one = studio.character(&caller, &id).await?;
    let scenes = studio.scenes(&caller, Some(&id), None, 100).await?;
    Ok(Sheet {
        id: one.id,
        name: one.name,
        role: one.role,
        age: one.age,
        voice: one.voice,
        description: one.description,
        tags: one.tags,
        palette: one.palette.0.to_vec(),
        updated_at: one.updated_at,
        scenes: scenes.items.into_iter().map(SceneCard::from).collect(),
    })
}

#[component]
pub fn Character() -> impl IntoView {
    let sheet = loaded(read_character);
    view! { <Loaded what=sheet show=|sheet: Sheet| view! { <Shown sheet /> }.into_any() /> }
}

#[component]
fn Shown(sheet: Sheet) -> impl IntoView {
    let lang = use_lang();
    let name = RwSignal::new(sheet.name.clone());
    let scenes = sheet.scenes.clone();
    view! {
        <Title text=move || name.get() />
        <Trail steps=vec![("/characters".to_owned(), say::CHARACTERS.say(lang).to_owned())] />
        <article class="sheet">
            <header class="sheet-head">
                <img class="portrait" src=art(&sheet.id) alt="" width="800" height="800" />
                <div class="sheet-title">
                    <h1 dir="auto">{name}</h1>
                    <p class="lead" dir="auto">
                        {sheet.role.clone()}
                    </p>
                    <Swatches colours=sheet.palette.clone() />
                </div>
            </header>
            <section class="sheet-scenes" aria-labelledby="scenes">
                <h2 id="scenes">{say::SCENES.say(lang)}</h2>
                <SceneCards scenes />
            </section>
            <section class="panel-box sheet-form" aria-labelledby="details">
                <h2 id="details">{say::DETAILS.say(lang)}</h2>
                <CharacterForm sheet name />
            </section>
        </article>
    }
    .into_any()
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
    .into_any()
}
