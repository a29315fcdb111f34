//! Random numbers.

/// A random rank for choosing one of several tabs, from 1; always 1 on the server.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "below 2^30"
)]
pub fn random_rank() -> u32 {
    1 + (random() * f64::from(1 << 30)) as u32
}

/// From 0 to below 1; always 0 on the server.
pub fn random() -> f64 {
    if super::IN_PAGE {
        js_sys::Math::random()
    } else {
        0.0
    }
}
