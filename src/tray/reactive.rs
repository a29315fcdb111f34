//! What lasts as long as what is drawn.

use crate::browser::Listener;
use leptos::prelude::*;

/// Listens for as long as what listens is there.
pub fn keep(listeners: Vec<Listener>) {
    StoredValue::new_local(listeners);
}

/// Runs whenever what it read moves.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

/// A closure within a generic function is a type for each of its callers: this one is not generic.
fn follow_boxed(run: Box<dyn FnMut()>) {
    Effect::new(run);
}

/// Sets a signal where it differs: nothing is drawn again for nothing.
pub fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// Says that something is not as it was.
pub fn count(signal: RwSignal<u32>) {
    signal.update(|count| *count = count.wrapping_add(1));
}
