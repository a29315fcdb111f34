//! What learning in the studio will be; nothing on it pretends to work yet.

use crate::app::parts::Heading;
use crate::islands::use_lang;
use crate::words::pages as say;
use leptos::prelude::*;
use leptos_meta::Title;

pub fn draw() -> AnyView {
    let lang = use_lang();
    view! {
        <Title text=say::LEARN.say(lang) />
        <Heading text=say::LEARN.say(lang) lead=say::LEARN_LEAD.say(lang) />
        <ul class="plans" role="list">
            {[say::PLAN_CHAT, say::PLAN_PODCAST, say::PLAN_QUIZ]
                .map(|(head, text)| {
                    view! {
                        <li class="panel-box">
                            <h2>{head.say(lang)}</h2>
                            <p>{text.say(lang)}</p>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        <p class="aside">{say::LEARN_NOW.say(lang)}</p>
    }
    .into_any()
}
