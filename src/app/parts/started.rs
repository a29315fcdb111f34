//! What the forms that start jobs have in common.

use crate::app::{Refusal, use_lang};
use crate::job::JobId;
use crate::words::pages as say;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A job that was started, and the nonce for the next one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Started {
    pub job_id: JobId,
    pub nonce: String,
}

/// What became of the last start, in one line.
#[component]
pub fn Outcome(outcome: Signal<Option<Result<Started, Refusal>>>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <p class="form-state" role="status" class:wrong=move || matches!(outcome.get(), Some(Err(_)))>
            {move || {
                outcome
                    .get()
                    .map(|outcome| match outcome {
                        Ok(_) => say::STARTED.say(lang),
                        Err(refusal) => refusal.say(lang),
                    })
            }}
        </p>
    }
    .into_any()
}

/// The form's nonce: a new one after each start.
pub fn next_nonce(
    first: String,
    outcome: Signal<Option<Result<Started, Refusal>>>,
) -> Signal<String> {
    Signal::derive(move || {
        outcome.with(|outcome| match outcome {
            Some(Ok(started)) => started.nonce.clone(),
            _ => first.clone(),
        })
    })
}
