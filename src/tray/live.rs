//! What of a view moves, in a few types: to the compiler each closure is a type of its own, and every
//! type of a view is code in the browser.

use crate::browser::Listener;
use leptos::prelude::*;

/// A part that comes, goes, or is drawn anew.
pub type Part = Box<dyn FnMut() -> AnyView + Send>;

/// A text that moves; none where there is nothing to say: an empty text is drawn as a space.
pub fn text<T: Into<Option<String>>>(
    of: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<Option<String>> {
    moving(Box::new(move || of().into()))
}

fn moving<T: Send + Sync + 'static>(of: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(of)
}

/// One of our own words that moves; none where there is nothing to say.
pub fn word(
    of: impl Fn() -> Option<&'static str> + Send + Sync + 'static,
) -> Signal<Option<&'static str>> {
    moving(Box::new(of))
}

/// Whether something holds.
pub fn flag(of: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    moving(Box::new(of))
}

/// A part that is there while there is something to draw.
pub fn part(mut of: impl FnMut() -> Option<AnyView> + Send + 'static) -> Part {
    Box::new(move || of().into_any())
}

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
