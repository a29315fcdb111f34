//! Points in time, the same in the first HTML and the first client render.

use super::use_lang;
use crate::job::Timestamp;
use crate::tray::Tray;
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
    Effect::new(move || {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds stay below 2^52")]
        let date = js_sys::Date::new(&(at.0 as f64).into());
        // A month in letters: digits alone are read differently from country to country.
        let form = js_sys::Object::new();
        for (part, style) in [("dateStyle", "medium"), ("timeStyle", "short")] {
            // Setting a plain object's own property cannot fail.
            let _ = js_sys::Reflect::set(&form, &part.into(), &style.into());
        }
        text.set(date.to_locale_string(lang.as_str(), &form).into());
    });
    view! { <time datetime=at.to_string()>{text}</time> }.into_any()
}
