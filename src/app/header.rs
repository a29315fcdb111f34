//! The top navigation, with the tray at its end.

use super::request;
use crate::i18n::{pages as messages, vessel as vessel_messages};
use crate::islands::{Island, Live, use_lang};
use leptos::prelude::*;

#[component]
pub fn Header() -> impl IntoView {
    let lang = use_lang();
    let home = (request::path() == "/").then_some("page");
    view! {
        <header class="top">
            <a href="/" class="brand" aria-current=home>
                <Mark />
                "jobtray"
            </a>
            <nav class="top-nav" aria-label=messages::NAVIGATION.get(lang)>
                <NavLink href="/characters">{messages::CHARACTERS.get(lang)}</NavLink>
                <NavLink href="/stories">{messages::STORIES.get(lang)}</NavLink>
                <NavLink href="/vessels">{vessel_messages::VESSELS.get(lang)}</NavLink>
                <NavLink href="/learn">{messages::LEARN.get(lang)}</NavLink>
                <NavLink href="/jobs">{messages::MY_JOBS.get(lang)}</NavLink>
            </nav>
            <div class="tray-slot">
                <Live island=Island::Tray />
            </div>
        </header>
    }
}

/// The brand's mark: a tray with work in it.
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

/// A link that says when the reader is at its page, or at one that belongs to it.
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
