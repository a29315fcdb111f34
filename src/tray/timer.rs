//! Timers by lengths of time, where the Web API counts milliseconds.

use crate::browser::{self, Timer};
use std::time::Duration;

/// Calls `call` once after `time`. Does nothing on the server.
pub fn after(time: Duration, call: impl FnOnce() + 'static) -> Timer {
    browser::after(millis(time), call)
}

/// Calls `call` every `time`. Does nothing on the server.
pub fn every(time: Duration, call: impl FnMut() + 'static) -> Timer {
    browser::every(millis(time), call)
}

/// Milliseconds as the Web API takes them, rounded up: a timer never fires before its time.
pub fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_micros().div_ceil(1_000)).unwrap_or(u32::MAX)
}
