//! Chance, for spreading reconnects of many pages.

/// 0 to 1; always 0 on the server.
pub fn random() -> f64 {
    if super::IN_PAGE {
        js_sys::Math::random()
    } else {
        0.0
    }
}
