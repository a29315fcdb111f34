//! The form with a character's details. It contains no island, so that changes of jobs never touch what the
//! user types.

use crate::i18n::pages as messages;
use crate::islands::{Island, Live, use_lang};
use crate::studio::Character;
use crate::studio::form::{MAX_AGE, MAX_DESCRIPTION, MAX_NAME, MAX_ROLE, MAX_VOICE};
use crate::ui::PageError;
use crate::ui::request::{caller, studio};
use crate::ui::{Control, Field, Form, FormState, PostForm};
use crate::validation::Rule;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::borrow::Cow;

#[server(prefix = "/forms", endpoint = "save_character")]
pub async fn save_character(
    id: String,
    name: String,
    role: String,
    age: String,
    voice: String,
    description: String,
    tags: String,
) -> Result<(), PageError> {
    let age = match age.trim() {
        "" => None,
        digits => Some(digits.parse().map_err(|_| {
            PageError::invalid(
                "age",
                Rule::Range {
                    min: 0.0,
                    max: MAX_AGE.into(),
                },
            )
        })?),
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
pub fn DetailsForm(one: Character) -> impl IntoView {
    let lang = use_lang();
    let form = Form::to(SaveCharacter::PATH);
    let age = one.age.map(|age| age.to_string()).unwrap_or_default();
    let ages = Control::Number {
        from: Cow::Borrowed("0"),
        to: Cow::Owned(MAX_AGE.to_string()),
        whole: true,
    };
    view! {
        <PostForm form class="form">
            <input type="hidden" name="id" value=one.id />
            <Field
                form
                name="name"
                label=messages::NAME.get(lang)
                required=true
                own=one.name
                control=Control::Line(Some(MAX_NAME))
            />
            <div class="pair">
                <Field
                    form
                    name="role"
                    label=messages::ROLE.get(lang)
                    own=one.role
                    control=Control::Line(Some(MAX_ROLE))
                />
                <Field form name="age" label=messages::AGE.get(lang) own=age control=ages />
            </div>
            <Field
                form
                name="voice"
                label=messages::VOICE.get(lang)
                own=one.voice
                control=Control::Line(Some(MAX_VOICE))
            />
            <Field
                form
                name="description"
                label=messages::DESCRIPTION.get(lang)
                own=one.description
                control=Control::Text {
                    rows: 6,
                    longest: MAX_DESCRIPTION,
                }
            />
            <Field
                form
                name="tags"
                label=messages::TAGS.get(lang)
                hint=messages::TAGS_HINT.get(lang)
                own=one.tags.join(", ")
                control=Control::Line(None)
            />
            <div class="form-end">
                <button class="button primary" type="submit">
                    {messages::SAVE.get(lang)}
                </button>
                <FormState form sending=messages::SAVING.get(lang)>
                    {messages::SAVED.get(lang)}
                    " "
                    <Live island=Island::Since(one.updated_at) />
                </FormState>
            </div>
        </PostForm>
    }
}
