//! What is drawn as text, piece by piece. A view of each part would be code for each part, and a signal
//! for each job; here one look at all pieces finds those that differ.

use super::effects::follow;
use crate::browser::{self, Piece};
use leptos::html::{Custom, InnerHtmlAttribute, custom};
use leptos::prelude::*;

/// An element with pieces in it, which `of` gives whenever something that it read moves. The server and
/// the first look in the browser give the same.
#[component]
pub fn Pieces(
    tag: &'static str,
    class: &'static str,
    of: Box<dyn Fn() -> Vec<Piece>>,
) -> impl IntoView {
    let root = NodeRef::<Custom<&'static str>>::new();
    let first = untrack(&of);
    let html = Piece::all(&first);
    let mut first = Some(first);
    let mut drawn = None;
    follow(move || {
        let pieces = of();
        let Some(root) = root.get() else { return };
        let first = first.take();
        let drawn = drawn.get_or_insert_with(|| {
            browser::Pieces::take_up(root.into(), first.unwrap_or_default())
        });
        drawn.draw(pieces);
    });
    custom(tag)
        .class(class)
        .node_ref(root)
        .inner_html(html)
        .into_any()
}
