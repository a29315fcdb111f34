//! The heading of a page, the way back, and the link to the next page of a list.

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

/// The paths and names of the pages above this one.
#[component]
pub fn Breadcrumbs(steps: Vec<(String, String)>) -> impl IntoView {
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

/// The link to the next page of a list, if there is one.
#[component]
pub fn NextPage(#[prop(into)] to: String, after: Option<String>) -> impl IntoView {
    let lang = use_lang();
    after.map(|after| {
        let separator = if to.contains('?') { '&' } else { '?' };
        view! {
            <p class="more">
                <a class="button" href=format!("{to}{separator}after={after}")>
                    {messages::MORE.get(lang)}
                </a>
            </p>
        }
    })
}
