//! The browser's clock.

use crate::job::Timestamp;
use wasm_bindgen::JsValue;

/// The hour at which a night without alerts is over.
const MORNING: u32 = 8;

/// The time as the browser has it; none on the server.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far below 2^53"
)]
pub fn now() -> Option<Timestamp> {
    super::IN_PAGE.then(|| Timestamp(js_sys::Date::now() as i64))
}

/// The time since the document began, which no change of the browser's clock moves; it may stand still while
/// the machine sleeps. None on the server.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds of a life are far below 2^53"
)]
pub fn steady() -> Option<Timestamp> {
    let window = super::IN_PAGE.then(web_sys::window).flatten()?;
    Some(Timestamp(window.performance()?.now() as i64))
}

/// A time of day as the reader's clock on the wall shows it, such as `14:32`; none on the server,
/// which does not know the reader's time zone.
pub fn local_time(at: Timestamp, lang: &str) -> Option<String> {
    let form = [
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    super::IN_PAGE.then(|| {
        let time = date(at).to_locale_time_string_with_options(lang, &options(&form));
        time.into()
    })
}

/// A day and a time in the reader's zone, such as `21 Nov 2026, 14:32`; none on the server.
pub fn local_date_time(at: Timestamp, lang: &str) -> Option<String> {
    // A month in letters: digits alone are read differently from country to country.
    let form = [("dateStyle", "medium"), ("timeStyle", "short")];
    super::IN_PAGE.then(|| date(at).to_locale_string(lang, &options(&form)).into())
}

/// 8:00 tomorrow where the reader is, as [`Timestamp`] writes it; empty on the server.
pub fn next_morning() -> String {
    if !super::IN_PAGE {
        return String::new();
    }
    let morning = js_sys::Date::new_0();
    morning.set_date(morning.get_date() + 1);
    morning.set_hours(MORNING);
    morning.set_minutes(0);
    morning.set_seconds(0);
    morning.set_milliseconds(0);
    morning.to_iso_string().into()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 are far below 2^53"
)]
fn date(at: Timestamp) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64(at.0 as f64))
}

fn options(parts: &[(&str, &str)]) -> js_sys::Object {
    let options = js_sys::Object::new();
    for (key, value) in parts {
        // Setting a property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    options
}
