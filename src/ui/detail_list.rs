//! The details of a thing as a list of names and values.

use crate::i18n::Translation;
use crate::islands::use_lang;
use leptos::prelude::*;

#[component]
pub fn DetailList(details: Vec<(Translation, String)>) -> impl IntoView {
    let lang = use_lang();
    let details = details.into_iter().map(|(label, value)| {
        view! {
            <div>
                <dt>{label.get(lang)}</dt>
                <dd>
                    <bdi>{value}</bdi>
                </dd>
            </div>
        }
    });
    view! { <dl class="facts">{details.collect_view()}</dl> }
}
