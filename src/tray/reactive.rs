//! Effects and signals.

use crate::browser::Listener;
use leptos::prelude::*;

/// Calls `run` soon, and again whenever a signal changes that it read; never on the server.
pub fn effect(run: impl FnMut() + 'static) {
    boxed_effect(Box::new(run));
}

/// Not generic, so that the code of an effect is compiled once and not once for each closure.
fn boxed_effect(run: Box<dyn FnMut()>) {
    Effect::new(run);
}

/// Keeps listeners for as long as the current owner lives.
pub fn keep_listeners(listeners: Vec<Listener>) {
    StoredValue::new_local(listeners);
}

/// Sets a signal only if the value differs, to avoid needless renders.
pub fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}

/// Increments a signal whose subscribers only need to know that something changed.
pub fn bump(signal: RwSignal<u32>) {
    signal.update(|count| *count = count.wrapping_add(1));
}
