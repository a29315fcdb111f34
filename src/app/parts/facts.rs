//! What is known of a thing, each under its name.

use crate::i18n::Translation;
use crate::islands::use_lang;
use leptos::prelude::*;

#[component]
pub fn Facts(facts: Vec<(Translation, String)>) -> impl IntoView {
    let lang = use_lang();
    let facts = facts.into_iter().map(|(label, value)| {
        view! {
            <div>
                <dt>{label.get(lang)}</dt>
                <dd>
                    <bdi>{value}</bdi>
                </dd>
            </div>
        }
    });
    view! { <dl class="facts">{facts.collect_view()}</dl> }
}
