//! The form of a character's details. Its fields are the browser's own: nothing that happens to
//! jobs changes them, so that no typing is lost.

use crate::app::Refusal;
use crate::app::parts::{Field, Form, FormState, Posted, typed_text};
use crate::app::request::{caller, studio};
use crate::islands::{Island, Live, use_lang};
use crate::studio::Character;
use crate::words::pages as say;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

#[server(prefix = "/forms", endpoint = "save_character")]
pub async fn save_character(
    id: String,
    name: String,
    role: String,
    age: String,
    voice: String,
    description: String,
    tags: String,
) -> Result<(), Refusal> {
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
    studio()?.update_character(&caller()?, &id, form).await?;
    Ok(())
}

#[component]
pub fn Details(one: Character) -> impl IntoView {
    let lang = use_lang();
    let form = Form::to(SaveCharacter::PATH);
    let age = one.age.map(|age| age.to_string()).unwrap_or_default();
    view! {
        <Posted form class="form">
            <input type="hidden" name="id" value=one.id />
            <Field id="name" label=say::NAME.say(lang) error=form.error("name")>
                <input
                    id="name"
                    name="name"
                    value=form.typed("name", one.name)
                    required
                    maxlength="80"
                    dir="auto"
                    aria-describedby="name-note"
                />
            </Field>
            <div class="pair">
                <Field id="role" label=say::ROLE.say(lang) error=form.error("role")>
                    <input
                        id="role"
                        name="role"
                        value=form.typed("role", one.role)
                        maxlength="120"
                        dir="auto"
                        aria-describedby="role-note"
                    />
                </Field>
                <Field id="age" label=say::AGE.say(lang) error=form.error("age")>
                    <input
                        id="age"
                        name="age"
                        value=form.typed("age", age)
                        type="number"
                        min="0"
                        max="10000"
                        inputmode="numeric"
                        aria-describedby="age-note"
                    />
                </Field>
            </div>
            <Field id="voice" label=say::VOICE.say(lang) error=form.error("voice")>
                <input
                    id="voice"
                    name="voice"
                    value=form.typed("voice", one.voice)
                    maxlength="200"
                    dir="auto"
                    aria-describedby="voice-note"
                />
            </Field>
            <Field
                id="description"
                label=say::DESCRIPTION.say(lang)
                error=form.error("description")
            >
                <textarea
                    id="description"
                    name="description"
                    rows="6"
                    maxlength="4000"
                    dir="auto"
                    aria-describedby="description-note"
                >
                    {typed_text(&form.typed("description", one.description))}
                </textarea>
            </Field>
            <Field
                id="tags"
                label=say::TAGS.say(lang)
                hint=say::TAGS_HINT.say(lang)
                error=form.error("tags")
            >
                <input
                    id="tags"
                    name="tags"
                    value=form.typed("tags", one.tags.join(", "))
                    dir="auto"
                    aria-describedby="tags-note"
                />
            </Field>
            <div class="form-end">
                <button class="button primary" type="submit">
                    {say::SAVE.say(lang)}
                </button>
                <FormState form sending=say::SAVING.say(lang)>
                    {say::SAVED.say(lang)}
                    " "
                    <Live island=Island::Since(one.updated_at) />
                </FormState>
            </div>
        </Posted>
    }
}
