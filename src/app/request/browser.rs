//! In the browser there is no request: it got all of this with the first HTML.

/// The id of whoever asks; empty here.
pub fn viewer() -> String {
    String::new()
}

/// The status was sent long ago.
pub fn answer_not_found() {}

/// A nonce for a form that the browser drew by itself: time and chance.
pub fn nonce() -> String {
    format!(
        "{:.0}-{:.0}",
        js_sys::Date::now(),
        js_sys::Math::random() * 1e16
    )
}
