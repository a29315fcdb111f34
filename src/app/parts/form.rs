//! A form that works without scripts; a live page sends it without a new document.

use crate::app::{PageError, request};
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use leptos::prelude::*;

/// How a form stands when its page is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct FormStart {
    /// Makes a double click one job.
    pub nonce: String,
    /// What came of it when it was last sent.
    pub outcome: Option<Result<(), PageError>>,
    /// What was in its fields when it was refused.
    pub typed: Vec<(String, String)>,
}

/// A form that goes to a server function.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    path: &'static str,
    start: StoredValue<FormStart>,
}

impl Form {
    /// A form that goes to the server function at `path`.
    pub fn to(path: &'static str) -> Self {
        Self {
            path,
            start: StoredValue::new(request::form_start(path)),
        }
    }

    /// What stands in a field at first: what was typed before the form was refused, else `own`.
    pub fn typed(self, field: &str, own: impl ToString) -> String {
        self.start.with_value(|start| {
            (start.typed.iter())
                .find(|(name, _)| name == field)
                .map_or_else(|| own.to_string(), |(_, value)| value.clone())
        })
    }

    /// Whether a box is ticked at first: as it was when the form was refused, else `own`.
    pub fn ticked(self, field: &str, own: bool) -> bool {
        self.start.with_value(|start| match &start.typed[..] {
            [] => own,
            // What is not ticked is not sent.
            typed => typed.iter().any(|(name, _)| name == field),
        })
    }

    /// What the server found wrong with a field, in the reader's language.
    pub fn error(self, field: &str) -> Option<String> {
        self.start.with_value(|start| match &start.outcome {
            Some(Err(PageError::Invalid(error))) if error.field == field => {
                Some(error.rule.sentence(use_lang()))
            }
            _ => None,
        })
    }

    /// Why it was refused, in one sentence.
    fn refusal(self) -> Option<&'static str> {
        self.start.with_value(|start| {
            let refusal = start.outcome.as_ref()?.as_ref().err()?;
            Some(refusal.message(use_lang()))
        })
    }

    /// It was sent and not refused.
    pub fn accepted(self) -> bool {
        self.start.with_value(|start| start.outcome == Some(Ok(())))
    }

    fn nonce(self) -> String {
        self.start.with_value(|start| start.nonce.clone())
    }
}

/// The form around its fields.
#[component]
pub fn Posted(
    form: Form,
    class: &'static str,
    /// Its fields are emptied once it was accepted.
    #[prop(optional)]
    clears: bool,
    /// Its answer is a new document, also in a live page.
    #[prop(optional)]
    leaves: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <form method="post" action=form.path class=class data-clears=clears data-leaves=leaves>
            <input type="hidden" name="nonce" value=form.nonce() />
            {children()}
        </form>
    }
}

/// What became of the last job that a form started, in one line.
#[component]
pub fn Outcome(form: Form) -> impl IntoView {
    let lang = use_lang();
    view! {
        <FormState form sending=messages::STARTING.get(lang)>
            {form.accepted().then(|| messages::STARTED.get(lang))}
        </FormState>
    }
}

/// The line at a form's end that says where it stands: why it was refused, else what its page says. A
/// live page says `sending` while it is on its way.
#[component]
pub fn FormState(form: Form, sending: &'static str, children: Children) -> impl IntoView {
    let refusal = form.refusal();
    let words = match refusal {
        Some(refusal) => refusal.into_any(),
        None => children().into_any(),
    };
    view! {
        <p class="form-state" role="status" class:wrong=refusal.is_some() data-sending=sending>
            {words}
        </p>
    }
}
