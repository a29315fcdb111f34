//! The head and the ends of a page.

use crate::i18n::pages as messages;
use crate::islands::use_lang;
use leptos::prelude::*;

/// The page's heading with one sentence under it.
#[component]
pub fn Heading(text: &'static str, #[prop(optional)] lead: Option<&'static str>) -> impl IntoView {
    view! {
        <header class="heading">
            <h1>{text}</h1>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
        </header>
    }
}

/// The way back: addresses and names of what this page is a part of.
#[component]
pub fn Trail(steps: Vec<(String, String)>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <nav class="trail" aria-label=messages::TRAIL.get(lang)>
            <ol role="list">
                {steps
                    .into_iter()
                    .map(|(href, name)| {
                        view! {
                            <li>
                                <a href=href dir="auto">
                                    {name}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </nav>
    }
}

/// The link to the list's next part, where there is one.
#[component]
pub fn More(#[prop(into)] to: String, after: Option<String>) -> impl IntoView {
    let lang = use_lang();
    after.map(|after| {
        let sign = if to.contains('?') { '&' } else { '?' };
        view! {
            <p class="more">
                <a class="button" href=format!("{to}{sign}after={after}")>
                    {messages::MORE.get(lang)}
                </a>
            </p>
        }
    })
}
