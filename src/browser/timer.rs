//! Timers. Those of a hidden page fire at most once a second, and later once a minute.

use gloo_timers::callback::{Interval, Timeout};
use std::time::Duration;

/// Dropping it stops the timer.
#[derive(Debug)]
pub struct Timer(Option<Running>);

#[derive(Debug)]
enum Running {
    Once(Timeout),
    Repeating(Interval),
}

/// Calls `call` once after `time`. Does nothing on the server.
pub fn after(time: Duration, call: impl FnOnce() + 'static) -> Timer {
    once(millis(time), Box::new(call))
}

fn once(millis: u32, call: Box<dyn FnOnce()>) -> Timer {
    Timer(super::IN_PAGE.then(|| Running::Once(Timeout::new(millis, call))))
}

/// Calls `call` every `time`. Does nothing on the server.
pub fn every(time: Duration, call: impl FnMut() + 'static) -> Timer {
    repeating(millis(time), Box::new(call))
}

fn repeating(millis: u32, call: Box<dyn FnMut()>) -> Timer {
    Timer(super::IN_PAGE.then(|| Running::Repeating(Interval::new(millis, call))))
}

/// Milliseconds as the Web API takes them, rounded up: a timer never fires before its time.
fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_micros().div_ceil(1_000)).unwrap_or(u32::MAX)
}

impl Timer {
    /// Detaches the timer.
    pub fn forget(mut self) {
        match self.0.take() {
            Some(Running::Once(timer)) => {
                timer.forget();
            }
            Some(Running::Repeating(timer)) => {
                timer.forget();
            }
            None => {}
        }
    }
}
