//! What stands where there is nothing to show.

use crate::app::PageError;
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use leptos::prelude::*;
use leptos_meta::Title;

/// A quiet box that says why there is nothing, and what to do.
#[component]
fn Notice(heading: &'static str, why: &'static str) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=heading />
        <section class="notice">
            <h1>{heading}</h1>
            <p>{why}</p>
            <a href="/" class="button">
                {messages::BACK_HOME.get(lang)}
            </a>
        </section>
    }
}

/// The page that stands where another could not be shown.
pub fn refused(refusal: &PageError) -> AnyView {
    let lang = use_lang();
    let heading = match refusal {
        PageError::NotFound => messages::NOT_FOUND,
        _ => messages::FAILED,
    };
    view! { <Notice heading=heading.get(lang) why=refusal.message(lang) /> }.into_any()
}
