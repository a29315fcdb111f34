//! The fields of a form, each with its label, its control, its hint and what is wrong with it.

use super::Form;
use leptos::prelude::*;
use std::borrow::Cow;

/// What a field is filled in with, and what the browser checks before it is sent. The server
/// checks again.
#[derive(Debug, Clone)]
pub enum Control {
    /// A line of at most so many characters.
    Line(Option<u32>),
    /// A number from and to; whole, or of any fineness.
    Number {
        from: Cow<'static, str>,
        to: Cow<'static, str>,
        whole: bool,
    },
    /// A text of so many rows on the screen, and at most so many characters.
    Text { rows: u32, longest: u32 },
    /// One of these: what is sent, and what is shown.
    Choice(Vec<(String, String)>),
}

/// A field of a form. Its name is its id too: a page has each name once.
#[component]
pub fn Field(
    form: Form,
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    /// What stands in an empty field.
    #[prop(optional)]
    placeholder: Option<&'static str>,
    #[prop(optional)] required: bool,
    /// What stands in it at first.
    #[prop(into)]
    own: String,
    control: Control,
) -> impl IntoView {
    let error = form.error(name);
    let wrong = error.is_some();
    let note = format!("{name}-note");
    let typed = form.typed(name, own);
    let described = note.clone();
    let invalid = wrong.then_some("true");
    let filled_in = match control {
        Control::Choice(choices) => {
            let options = choices.into_iter().map(|(value, shown)| {
                let selected = value == typed;
                view! {
                    <option value=value selected=selected>
                        {shown}
                    </option>
                }
            });
            view! {
                <select id=name name=name aria-describedby=described aria-invalid=invalid>
                    {options.collect_view()}
                </select>
            }
            .into_any()
        }
        Control::Text { rows, longest } => view! {
            <textarea
                id=name
                name=name
                rows=rows
                maxlength=longest
                placeholder=placeholder
                required=required
                dir="auto"
                aria-describedby=described
                aria-invalid=invalid
            >
                {typed_text(&typed)}
            </textarea>
        }
        .into_any(),
        Control::Line(longest) => view! {
            <input
                id=name
                name=name
                value=typed
                maxlength=longest
                placeholder=placeholder
                required=required
                dir="auto"
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
        Control::Number { from, to, whole } => view! {
            <input
                id=name
                name=name
                type="number"
                value=typed
                min=from
                max=to
                step=(!whole).then_some("any")
                inputmode=if whole { "numeric" } else { "decimal" }
                placeholder=placeholder
                required=required
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
    };
    view! {
        <div class="field" class:wrong=wrong>
            <label for=name>{label}</label>
            {filled_in}
            <p class="note" id=note>
                <span class="hint">{hint}</span>
                <span class="error" role="alert">
                    {error}
                </span>
            </p>
        </div>
    }
}

/// A text for the inside of a `textarea`, which Leptos writes as it is.
fn typed_text(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    // The first line break after the tag is not part of the text.
    format!("\n{text}")
}
