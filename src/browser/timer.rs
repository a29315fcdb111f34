//! Timers. Those of a hidden page fire at most once a second, and later once a minute.

use gloo_timers::callback::{Interval, Timeout};

/// Dropping it stops the timer.
#[derive(Debug)]
pub struct Timer(Option<Running>);

#[derive(Debug)]
enum Running {
    Once(Timeout),
    Repeating(Interval),
}

/// Calls `call` once after `millis` milliseconds. Does nothing on the server.
pub fn after(millis: u32, call: impl FnOnce() + 'static) -> Timer {
    once(millis, Box::new(call))
}

fn once(millis: u32, call: Box<dyn FnOnce()>) -> Timer {
    Timer(super::IN_PAGE.then(|| Running::Once(Timeout::new(millis, call))))
}

/// Calls `call` every `millis` milliseconds. Does nothing on the server.
pub fn every(millis: u32, call: impl FnMut() + 'static) -> Timer {
    repeating(millis, Box::new(call))
}

fn repeating(millis: u32, call: Box<dyn FnMut()>) -> Timer {
    Timer(super::IN_PAGE.then(|| Running::Repeating(Interval::new(millis, call))))
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
