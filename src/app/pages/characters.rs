//! All characters of the studio.

use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::routes::attributes::KEY;
use crate::routes::{self, art, pages};
use crate::studio::Character;
use crate::ui::PageResult;
use crate::ui::request::{caller, parameter, studio};
use crate::ui::{Heading, NextPage};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use leptos_meta::Title;

pub async fn draw() -> PageResult {
    let lang = use_lang();
    let after = parameter("after");
    let cast = studio()?
        .characters(&caller()?, after.as_deref(), 60)
        .await?;
    let page = view! {
        <Title text=messages::CHARACTERS.get(lang) />
        <Heading text=messages::CHARACTERS.get(lang) lead=messages::CHARACTERS_LEAD.get(lang) />
        <ul class="cards people" role="list">
            {cast.items.into_iter().map(person).collect_view()}
        </ul>
        <NextPage to=pages::CHARACTERS after=cast.next_cursor />
    };
    Ok(page.into_any())
}

fn person(person: Character) -> impl IntoView {
    view! {
        <li class="card" {..custom_attribute(KEY, person.id.clone())}>
            <a class="card-link" href=routes::with_id(pages::CHARACTER, &person.id)>
                <img
                    class="portrait"
                    src=art(&person.id)
                    alt=""
                    width="400"
                    height="400"
                    loading="lazy"
                />
                <h2 class="card-title" dir="auto">
                    {person.name}
                </h2>
            </a>
            <p class="card-text" dir="auto">
                {person.role}
            </p>
            <Tags tags=person.tags />
        </li>
    }
}

/// The tags of a character.
#[component]
fn Tags(tags: Vec<String>) -> impl IntoView {
    (!tags.is_empty()).then(|| {
        view! {
            <ul class="tags" role="list">
                {tags
                    .into_iter()
                    .map(|tag| view! { <li dir="auto">{tag}</li> })
                    .collect_view()}
            </ul>
        }
    })
}
