//! In the browser there is no request: it got all of this with the first HTML.

/// The id of whoever asks; empty here.
pub fn viewer() -> String {
    String::new()
}

/// The status was sent long ago.
pub fn answer_not_found() {}
