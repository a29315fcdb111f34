//! The footer of every page.

use super::header::NavLink;
use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::routes::pages;
use leptos::prelude::*;

#[component]
pub fn Footer() -> impl IntoView {
    let lang = use_lang();
    view! {
        <footer class="bottom">
            <p>{messages::TAGLINE.get(lang)}</p>
            <NavLink href=pages::SETTINGS>{messages::SETTINGS.get(lang)}</NavLink>
        </footer>
    }
}
