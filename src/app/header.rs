//! The top navigation, with the tray at its end.

use super::use_lang;
use crate::tray::{TrayButton, TrayPanel};
use crate::words::pages as say;
use leptos::prelude::*;
use leptos_router::components::A;

#[component]
pub fn Header() -> impl IntoView {
    let lang = use_lang();
    view! {
        <header class="top">
            <A href="/" attr:class="brand" exact=true>
                <Mark />
                "jobtray"
            </A>
            <nav class="top-nav" aria-label=say::NAVIGATION.say(lang)>
                <A href="/characters">{say::CHARACTERS.say(lang)}</A>
                <A href="/stories">{say::STORIES.say(lang)}</A>
                <A href="/learn">{say::LEARN.say(lang)}</A>
                <A href="/jobs">{say::MY_JOBS.say(lang)}</A>
            </nav>
            <div class="tray-slot">
                <TrayButton />
                <TrayPanel />
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
