//! The quiet end of every page.

use super::use_lang;
use crate::words::pages as say;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Footer() -> impl IntoView {
    let lang = use_lang();
    view! {
        <footer class="bottom">
            <p>{say::TAGLINE.say(lang)}</p>
            <A href="/settings">{say::SETTINGS.say(lang)}</A>
        </footer>
    }
}
