//! The form of a character's details. Its fields are the browser's own: nothing that happens to
//! jobs draws them anew, so that no typing is lost.

use super::Sheet;
use crate::app::parts::{Field, When, field_error};
use crate::app::{Refusal, use_lang};
use crate::job::Timestamp;
use crate::words::pages as say;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was saved, and when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Saved {
    name: String,
    at: Timestamp,
}

#[server(prefix = "/forms", endpoint = "save_character")]
pub async fn save_character(
    id: String,
    name: String,
    role: String,
    age: String,
    voice: String,
    description: String,
    tags: String,
) -> Result<Saved, Refusal> {
    use crate::app::request::{caller, studio};
    let age = match age.trim() {
        "" => None,
        digits => Some(
            digits
                .parse()
                .map_err(|_| Refusal::invalid("age", "must be 0 to 10000"))?,
        ),
    };
    let form = crate::studio::CharacterForm {
        name,
        role,
        age,
        voice,
        description,
        tags: tags.split(',').map(|tag| tag.trim().to_owned()).collect(),
    };
    let saved = studio()?.update_character(&caller()?, &id, form).await?;
    Ok(Saved {
        name: saved.name,
        at: saved.updated_at,
    })
}

#[component]
pub fn CharacterForm(sheet: Sheet, name: RwSignal<String>) -> impl IntoView {
    let lang = use_lang();
    let save = ServerAction::<SaveCharacter>::new();
    let outcome = Signal::derive(move || save.value().get());
    let saved_at = RwSignal::new(sheet.updated_at);
    Effect::new(move || {
        if let Some(Ok(saved)) = outcome.get() {
            name.set(saved.name);
            saved_at.set(saved.at);
        }
    });
    let wrong = move |field| field_error(outcome, field);
    view! {
        <ActionForm action=save attr:class="form">
            <input type="hidden" name="id" value=sheet.id />
            <Field id="name" label=say::NAME.say(lang) error=wrong("name")>
                <input
                    id="name"
                    name="name"
                    value=sheet.name
                    required
                    maxlength="80"
                    dir="auto"
                    aria-describedby="name-note"
                />
            </Field>
            <div class="pair">
                <Field id="role" label=say::ROLE.say(lang) error=wrong("role")>
                    <input
                        id="role"
                        name="role"
                        value=sheet.role
                        maxlength="120"
                        dir="auto"
                        aria-describedby="role-note"
                    />
                </Field>
                <Field id="age" label=say::AGE.say(lang) error=wrong("age")>
                    <input
                        id="age"
                        name="age"
                        value=sheet.age.map(|age| age.to_string()).unwrap_or_default()
                        type="number"
                        min="0"
                        max="10000"
                        inputmode="numeric"
                        aria-describedby="age-note"
                    />
                </Field>
            </div>
            <Field id="voice" label=say::VOICE.say(lang) error=wrong("voice")>
                <input
                    id="voice"
                    name="voice"
                    value=sheet.voice
                    maxlength="200"
                    dir="auto"
                    aria-describedby="voice-note"
                />
            </Field>
            <Field
                id="description"
                label=say::DESCRIPTION.say(lang)
                error=wrong("description")
            >
                <textarea
                    id="description"
                    name="description"
                    rows="6"
                    maxlength="4000"
                    dir="auto"
                    aria-describedby="description-note"
                >
                    {sheet.description}
                </textarea>
            </Field>
            <Field
                id="tags"
                label=say::TAGS.say(lang)
                hint=say::TAGS_HINT.say(lang)
                error=wrong("tags")
            >
                <input
                    id="tags"
                    name="tags"
                    value=sheet.tags.join(", ")
                    dir="auto"
                    aria-describedby="tags-note"
                />
            </Field>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {say::SAVE.say(lang)}
                </button>
                <p class="form-state" role="status" class:wrong=move || matches!(outcome.get(), Some(Err(_)))>
                    {move || {
                        if save.pending().get() {
                            return say::SAVING.say(lang).into_any();
                        }
                        match outcome.get() {
                            Some(Err(refusal)) => refusal.say(lang).into_any(),
                            _ => {
                                view! {
                                    {say::SAVED.say(lang)}
                                    " "
                                    <When at=saved_at.get() />
                                }
                                    .into_any()
                            }
                        }
                    }}
                </p>
            </div>
        </ActionForm>
    }
    .into_any()
}
