//! The page that is shown in place of one that failed.

use super::PageError;
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::routes::pages;
use leptos::prelude::*;
use leptos_meta::Title;

/// Says why a page could not be shown.
pub fn error_notice(error: &PageError) -> AnyView {
    let lang = use_lang();
    let heading = match error {
        PageError::NotFound => messages::NOT_FOUND,
        _ => messages::FAILED,
    };
    view! { <Notice heading=heading.get(lang) why=error.message(lang) /> }.into_any()
}

/// A box that says why there is nothing to show, with a link to the home page.
#[component]
fn Notice(heading: &'static str, why: &'static str) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=heading />
        <section class="notice">
            <h1>{heading}</h1>
            <p>{why}</p>
            <a href=pages::HOME class="button">
                {messages::BACK_HOME.get(lang)}
            </a>
        </section>
    }
}
