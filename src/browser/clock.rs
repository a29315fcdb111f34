//! The browser's clocks, its time zone and its way to write a time.

use super::document::window;
use crate::job::Timestamp;
use crate::settings::MORNING;
use std::time::Duration;
use wasm_bindgen::JsValue;

/// The browser's wall-clock time; none on the server.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 are far below 2^53"
)]
pub fn now() -> Option<Timestamp> {
    super::IN_PAGE.then(|| Timestamp(js_sys::Date::now() as i64))
}

/// The time since the document was opened, by a clock that nobody can set (`performance.now`). It may stand still
/// while the machine sleeps. None on the server.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the clock counts milliseconds up from 0"
)]
pub fn monotonic_now() -> Option<Duration> {
    let millis = window()?.performance()?.now();
    Some(Duration::from_millis(millis as u64))
}

/// The time of day in the user's time zone, such as `14:32`; none on the server, which does not know that zone.
pub fn local_time(at: Timestamp, lang: &str) -> Option<String> {
    let format = [
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    super::IN_PAGE.then(|| {
        let time = date(at).to_locale_time_string_with_options(lang, &options(&format));
        time.into()
    })
}

/// The date and the time in the user's time zone, such as `21 Nov 2026, 14:32`; none on the server.
pub fn local_date_time(at: Timestamp, lang: &str) -> Option<String> {
    // The month is a word: numbers alone are read differently from country to country.
    let format = [("dateStyle", "medium"), ("timeStyle", "short")];
    super::IN_PAGE.then(|| date(at).to_locale_string(lang, &options(&format)).into())
}

/// 8:00 tomorrow in the user's time zone, in the format of [`Timestamp`]; empty on the server.
pub fn next_morning() -> String {
    if !super::IN_PAGE {
        return String::new();
    }
    let morning = js_sys::Date::new_0();
    morning.set_date(morning.get_date() + 1);
    morning.set_hours(MORNING.into());
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
