//! The quiet end of every page.

use super::header::NavLink;
use crate::islands::use_lang;
use crate::words::pages as say;
use leptos::prelude::*;

#[component]
pub fn Footer() -> impl IntoView {
    let lang = use_lang();
    view! {
        <footer class="bottom">
            <p>{say::TAGLINE.say(lang)}</p>
            <NavLink href="/settings">{say::SETTINGS.say(lang)}</NavLink>
        </footer>
    }
}
