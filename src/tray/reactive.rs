//! Effects and signals.

use crate::browser::Listener;
use leptos::prelude::*;

/// Runs now and whenever a signal changes that it read; never on the server.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

/// Not generic: the code of an effect would be there once for each closure.
fn boxed_effect(run: Box<dyn FnMut()>) {
    Effect::new(run);
}

/// Keeps listeners for as long as the present owner lives.
pub fn keep_listeners(listeners: Vec<Listener>) {
    StoredValue::new_local(listeners);
}

/// Sets a signal only to a different value, so that nothing is drawn in vain.
pub fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// Counts a signal up, for those who only need to know that something changed.
pub fn bump(signal: RwSignal<u32>) {
    signal.update(|count| *count = count.wrapping_add(1));
}
