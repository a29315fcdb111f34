//! Points in time. Server and browser first render the same.

use super::use_lang;
use crate::browser;
use crate::i18n::{Lang, time};
use crate::job::Timestamp;
use crate::tray::reactive::effect;
use crate::tray::{KeyedList, ListItem, Tray};
use leptos::prelude::*;

/// How long ago something was, kept up to date by the tray's clock.
#[component]
pub fn When(at: Timestamp) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let items = move || {
        vec![ListItem::new(
            "when",
            ago(tray.lang, at, tray.clock.now.get()),
        )]
    };
    view! { <KeyedList tag="span" class="when" items=Box::new(items) /> }
}

/// The HTML of how long before `now` something was; its title has the date.
pub fn ago(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let (title, text) = (time::date_time(lang, at), time::ago(lang, at, now));
    format!(r#"<time datetime="{at}" title="{title}">{text}</time>"#)
}

/// A point in time: in UTC as the server renders it, in the user's time zone once the page is live.
#[component]
pub fn Moment(at: Timestamp) -> impl IntoView {
    let lang = use_lang();
    let text = RwSignal::new(time::date_time(lang, at));
    effect(move || {
        if let Some(local) = browser::local_date_time(at, lang.as_str()) {
            text.set(local);
        }
    });
    let draw = move |text: String| format!(r#"<time datetime="{at}">{text}</time>"#);
    let items = move || vec![ListItem::new("moment", draw(text.get()))];
    view! { <KeyedList tag="span" class="when" items=Box::new(items) /> }
}
