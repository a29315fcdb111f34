//! The top navigation, with the tray at its end.

use super::pages;
use crate::i18n::pages as messages;
use crate::islands::{Island, Live, use_lang};
use crate::routes;
use crate::ui::request;
use leptos::prelude::*;

#[component]
pub fn Header() -> impl IntoView {
    let lang = use_lang();
    let home = (request::path() == routes::pages::HOME).then_some("page");
    view! {
        <header class="top">
            <a href=routes::pages::HOME class="brand" aria-current=home>
                <Mark />
                "jobtray"
            </a>
            <nav class="top-nav" aria-label=messages::NAVIGATION.get(lang)>
                {pages::all()
                    .filter_map(|page| page.nav.map(|name| (page.path, name)))
                    .map(|(href, name)| view! { <NavLink href>{name.get(lang)}</NavLink> })
                    .collect_view()}
            </nav>
            <div class="tray-slot">
                <Live island=Island::Tray />
            </div>
        </header>
    }
}

/// The logo: a tray with a job in it.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
            <rect width="24" height="24" rx="7" />
            <path d="M6 13h3.2l1.2 2h3.2l1.2-2H18v3.2a1.8 1.8 0 0 1-1.8 1.8H7.8A1.8 1.8 0 0 1 6 16.2z" />
            <path d="M8 6.5h8M7.2 9.7h9.6" />
        </svg>
    }
}

/// A link that is marked as current on its page and on pages below it.
#[component]
pub fn NavLink(href: &'static str, children: Children) -> impl IntoView {
    let path = request::path();
    let rest = path.strip_prefix(href);
    let here = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    view! {
        <a href=href aria-current=here.then_some("page")>
            {children()}
        </a>
    }
}
