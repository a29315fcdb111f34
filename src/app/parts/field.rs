//! The fields of a form, each with its label, its hint and what is wrong with it.

use crate::app::{Refusal, use_lang};
use crate::words::pages as say;
use leptos::prelude::*;

/// What the server found wrong with a field, in the reader's language.
pub fn field_error<T>(
    outcome: Signal<Option<Result<T, Refusal>>>,
    field: &'static str,
) -> Signal<Option<String>>
where
    T: Clone + Send + Sync + 'static,
{
    let lang = use_lang();
    Signal::derive(move || {
        outcome.with(|outcome| match outcome {
            Some(Err(Refusal::Invalid {
                field: wrong,
                problem,
            })) if wrong == field => Some(say::problem(lang, problem)),
            _ => None,
        })
    })
}

/// A label around its control. The control carries `id`, and `aria-describedby` with `-note`.
#[component]
pub fn Field(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional, into)] error: Option<Signal<Option<String>>>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field" class:wrong=move || error.is_some_and(|error| error.get().is_some())>
            <label for=id>{label}</label>
            {children()}
            <p class="note" id=format!("{id}-note")>
                <span class="hint">{hint}</span>
                <span class="error" role="alert">
                    {move || error.and_then(|error| error.get())}
                </span>
            </p>
        </div>
    }
    .into_any()
}

/// The hidden field that makes a double click one job.
#[component]
pub fn Nonce(#[prop(into)] value: Signal<String>) -> impl IntoView {
    view! { <input type="hidden" name="nonce" prop:value=value value=value.get_untracked() /> }
        .into_any()
}
