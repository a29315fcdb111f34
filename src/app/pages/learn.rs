//! What the learning part of the studio will offer.

use crate::i18n::pages as messages;
use crate::islands::use_lang;
use crate::ui::Heading;
use leptos::prelude::*;
use leptos_meta::Title;

pub fn draw() -> AnyView {
    let lang = use_lang();
    view! {
        <Title text=messages::LEARN.get(lang) />
        <Heading text=messages::LEARN.get(lang) lead=messages::LEARN_LEAD.get(lang) />
        <ul class="plans" role="list">
            {[messages::PLAN_CHAT, messages::PLAN_PODCAST, messages::PLAN_QUIZ]
                .map(|(head, text)| {
                    view! {
                        <li class="panel-box">
                            <h2>{head.get(lang)}</h2>
                            <p>{text.get(lang)}</p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}
