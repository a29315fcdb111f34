//! A form that works without scripts; a live page sends it without a new document.

use super::PageError;
use super::request::{self, SubmittedForm};
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::routes::{CLEARS, LEAVES, SENDING};
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

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
            start: StoredValue::new(FormStart::of(path)),
        }
    }

    /// The initial value of a field: what the user typed if the form was rejected, else `own`.
    pub fn typed(self, field: &str, own: impl ToString) -> String {
        self.start.with_value(|start| {
            (start.typed.iter())
                .find(|(name, _)| name == field)
                .map_or_else(|| own.to_string(), |(_, value)| value.clone())
        })
    }

    /// Whether a box is initially ticked: as the user left it if the form was rejected, else `own`.
    pub fn ticked(self, field: &str, own: bool) -> bool {
        self.start.with_value(|start| match &start.typed[..] {
            [] => own,
            // Browsers do not send unticked boxes.
            typed => typed.iter().any(|(name, _)| name == field),
        })
    }

    /// The server's error for a field, in the reader's language.
    pub fn error(self, field: &str) -> Option<String> {
        self.start.with_value(|start| match &start.outcome {
            Some(Err(PageError::Invalid(error))) if error.field == field => {
                Some(error.rule.sentence(use_lang()))
            }
            _ => None,
        })
    }

    /// Why the form was rejected, in one sentence.
    fn rejection(self) -> Option<&'static str> {
        self.start.with_value(|start| {
            let error = start.outcome.as_ref()?.as_ref().err()?;
            Some(error.message(use_lang()))
        })
    }

    /// Whether the form was submitted and accepted.
    pub fn accepted(self) -> bool {
        self.start.with_value(|start| start.outcome == Some(Ok(())))
    }

    fn nonce(self) -> String {
        self.start.with_value(|start| start.nonce.clone())
    }
}

/// The state of a form when its page is rendered.
#[derive(Debug, Clone, PartialEq)]
struct FormStart {
    /// Lets a double click start only one job.
    nonce: String,
    /// The outcome of the last submission, if there was one.
    outcome: Option<Result<(), PageError>>,
    /// The values of the fields if the form was rejected.
    typed: Vec<(String, String)>,
}

impl FormStart {
    /// The form as the server function at `path` rejected it, or a new one.
    fn of(path: &str) -> Self {
        let error = request::form_error(path);
        let sent = use_context::<SubmittedForm>().filter(|sent| sent.path == path);
        Self {
            nonce: request::new_nonce(),
            outcome: error.map(Err).or(sent.as_ref().map(|_| Ok(()))),
            typed: sent.map_or_else(Vec::new, |sent| sent.fields),
        }
    }
}

/// The form around its fields.
#[component]
pub fn PostForm(
    form: Form,
    class: &'static str,
    /// Clears the fields once the form was accepted.
    #[prop(optional)]
    clears: bool,
    /// Loads a new document as the answer, even in a live page.
    #[prop(optional)]
    leaves: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            method="post"
            {..custom_attribute(CLEARS, clears)}
            {..custom_attribute(LEAVES, leaves)}
            action=form.path
            class=class
        >
            <input type="hidden" name="nonce" value=form.nonce() />
            {children()}
        </form>
    }
}

/// One line that says whether the form started its job.
#[component]
pub fn StartState(form: Form) -> impl IntoView {
    let lang = use_lang();
    view! {
        <FormState form sending=messages::STARTING.get(lang)>
            {form.accepted().then(|| messages::STARTED.get(lang))}
        </FormState>
    }
}

/// The status line at the end of a form: why it was rejected, else its children. A live page shows `sending`
/// while it submits the form.
#[component]
pub fn FormState(form: Form, sending: &'static str, children: Children) -> impl IntoView {
    let rejection = form.rejection();
    let message = match rejection {
        Some(rejection) => rejection.into_any(),
        None => children().into_any(),
    };
    view! {
        <p
            class="form-state"
            role="status"
            class:wrong=rejection.is_some()
            {..custom_attribute(SENDING, sending)}
        >
            {message}
        </p>
    }
}
