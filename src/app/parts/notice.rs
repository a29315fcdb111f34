//! What stands where there is nothing to show.

use crate::app::Refusal;
use crate::islands::use_lang;
use crate::words::pages as say;
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
                {say::BACK_HOME.say(lang)}
            </a>
        </section>
    }
}

/// The page that stands where another could not be shown.
pub fn refused(refusal: &Refusal) -> AnyView {
    let lang = use_lang();
    let heading = match refusal {
        Refusal::NotFound => say::NOT_FOUND,
        _ => say::FAILED,
    };
    view! { <Notice heading=heading.say(lang) why=refusal.say(lang) /> }.into_any()
}
