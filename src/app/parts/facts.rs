//! What is known of a thing, each under its name.

use crate::islands::use_lang;
use crate::words::Words;
use leptos::prelude::*;

#[component]
pub fn Facts(facts: Vec<(Words, String)>) -> impl IntoView {
    let lang = use_lang();
    let facts = facts.into_iter().map(|(label, value)| {
        view! {
            <div>
                <dt>{label.say(lang)}</dt>
                <dd>
                    <bdi>{value}</bdi>
                </dd>
            </div>
        }
    });
    view! { <dl class="facts">{facts.collect_view()}</dl> }
}
