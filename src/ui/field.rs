//! The fields of a form, each with its label, control, hint and error.

use super::Form;
use leptos::prelude::*;
use std::borrow::Cow;

/// The control of a field, with what the browser checks before it submits the form. The server checks again.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line, with its maximum number of characters.
    Line(Option<u32>),
    /// A number in a range, whole or not.
    Number {
        from: Cow<'static, str>,
        to: Cow<'static, str>,
        whole: bool,
    },
    /// A text of several lines: its rows on the screen, and its maximum number of characters.
    Text { rows: u32, longest: u32 },
    /// One of several values: each has the value that is sent, and its label.
    Choice(Vec<(String, String)>),
}

/// A field of a form. Its name is also its id: names are unique on a page.
#[component]
pub fn Field(
    form: Form,
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] placeholder: Option<&'static str>,
    #[prop(optional)] required: bool,
    /// The initial value, unless the form was rejected.
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

/// Escapes a text for a `textarea`, whose children Leptos writes as they are.
fn typed_text(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    // HTML drops a line break directly after the tag.
    format!("\n{text}")
}
