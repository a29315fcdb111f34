//! Why a button did nothing.

use super::Tray;
use super::actions::ActionError;
use super::icons::{self, Icon};
use super::live::{flag, word};
use crate::words::{Lang, tray as say};
use leptos::prelude::*;

/// One sentence for the reader.
pub fn say_refusal(lang: Lang, refusal: ActionError) -> &'static str {
    match refusal {
        ActionError::Refused | ActionError::NotFound => say::REFUSED.say(lang),
        ActionError::Unavailable => say::UNAVAILABLE.say(lang),
    }
}

/// In the open panel.
#[component]
pub fn RefusalLine() -> impl IntoView {
    let refusal = expect_context::<Tray>().refusal;
    let lang = use_context::<Lang>().unwrap_or_default();
    let words = move || refusal.get().map(|refusal| say_refusal(lang, refusal));
    view! {
        <div role="alert">
            <p class="panel-note" hidden=flag(move || words().is_none())>
                <Icon path=icons::WARNING />
                <span>{word(words)}</span>
            </p>
        </div>
    }
}

/// While the panel is closed: a job has its buttons on pages too.
#[component]
pub fn RefusalNote() -> impl IntoView {
    let Tray { refusal, open, .. } = expect_context();
    let lang = use_context::<Lang>().unwrap_or_default();
    let words = move || {
        let shown = refusal.get().filter(|_| !open.get());
        shown.map(|refusal| say_refusal(lang, refusal))
    };
    view! {
        <p class="page-note" role="alert" hidden=flag(move || words().is_none())>
            {word(words)}
        </p>
    }
}
