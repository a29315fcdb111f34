//! Everyone who plays in the studio.

use crate::app::parts::{Heading, Loaded, More, art, loaded_after};
use crate::app::{Refusal, use_lang};
use crate::words::pages as say;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

/// Characters on one page of the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cast {
    people: Vec<Person>,
    more: Option<String>,
}

/// A character as the list shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    id: String,
    name: String,
    role: String,
    tags: Vec<String>,
}

#[server(prefix = "/forms", endpoint = "characters", input = GetUrl)]
pub async fn read_characters(after: String) -> Result<Cast, Refusal> {
    use crate::app::request::{caller, studio};
    let after = (!after.is_empty()).then_some(after);
    let found = studio()?
        .characters(&caller()?, after.as_deref(), 60)
        .await?;
    Ok(Cast {
        more: found.next_cursor,
        people: (found.items.into_iter())
            .map(|one| Person {
                id: one.id,
                name: one.name,
                role: one.role,
                tags: one.tags,
            })
            .collect(),
    })
}

#[component]
pub fn Characters() -> impl IntoView {
    let lang = use_lang();
    let cast = loaded_after(read_characters);
    view! {
        <Title text=say::CHARACTERS.say(lang) />
        <Heading text=say::CHARACTERS.say(lang) lead=say::CHARACTERS_LEAD.say(lang) />
        <Loaded
            what=cast
            show=move |cast: Cast| {
                view! {
                    <ul class="cards people" role="list">
                        {cast.people.into_iter().map(person).collect_view()}
                    </ul>
                    <More to="/characters" after=cast.more />
                }
                    .into_any()
            }
        />
    }
    .into_any()
}

fn person(person: Person) -> impl IntoView {
    view! {
        <li class="card">
            <a class="card-link" href=format!("/characters/{}", person.id)>
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

/// The words a creator files a character under.
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
