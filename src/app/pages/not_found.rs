//! What a reader sees at an address that nothing has.

use crate::app::{request, use_lang};
use crate::words::pages as say;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

#[component]
pub fn NotFound() -> impl IntoView {
    let lang = use_lang();
    request::answer_not_found();
    view! {
        <Title text=say::NOT_FOUND.say(lang) />
        <section class="notice">
            <h1>{say::NOT_FOUND.say(lang)}</h1>
            <p>{say::NOT_FOUND_WHY.say(lang)}</p>
            <A href="/" attr:class="button">
                {say::BACK_HOME.say(lang)}
            </A>
        </section>
    }
}
