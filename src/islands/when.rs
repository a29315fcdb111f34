//! Points in time, the same in the first HTML and the first client render.

use super::use_lang;
use crate::browser;
use crate::job::Timestamp;
use crate::tray::Tray;
use crate::tray::live::follow;
use crate::words::time;
use leptos::prelude::*;

/// How long ago something was, counted on by the tray's clock.
#[component]
pub fn When(at: Timestamp) -> impl IntoView {
    let lang = use_lang();
    let tray = expect_context::<Tray>();
    let text = Memo::new(move |_| time::ago(lang, at, tray.now.get()));
    view! {
        <time datetime=at.to_string() title=time::date_time(lang, at)>
            {text}
        </time>
    }
    .into_any()
}

/// A point in time: in UTC in the first HTML, in the reader's own zone once the
/// page is live.
#[component]
pub fn Moment(at: Timestamp) -> impl IntoView {
    let lang = use_lang();
    let text = RwSignal::new(time::date_time(lang, at));
    follow(move || {
        if let Some(local) = browser::local_date_time(at, lang.as_str()) {
            text.set(local);
        }
    });
    view! { <time datetime=at.to_string()>{text}</time> }.into_any()
}
