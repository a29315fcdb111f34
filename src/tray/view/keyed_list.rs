//! What is drawn as text, piece by piece. A view of each part would be code for each part, and a signal
//! for each job; here one look at all pieces finds those that differ.

use crate::browser::{self, Piece, PieceList, Timer};
use crate::tray::alerts::dispatcher;
use crate::tray::reactive::follow;
use leptos::html::{Custom, InnerHtmlAttribute, custom};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

/// A frame's time; what takes less to draw is drawn whenever something moves.
const LONG_MILLIS: f64 = 16.0;
/// What takes longer rests so many times as long.
const RESTS: f64 = 3.0;

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
    let rest = Rest::default();
    follow(move || {
        if rest.is_needed() {
            return;
        }
        let began = dispatcher::millis();
        let pieces = of();
        let Some(root) = root.get() else { return };
        let first = first.take();
        let drawn =
            drawn.get_or_insert_with(|| PieceList::take_up(root.into(), first.unwrap_or_default()));
        let drawing = drawn.draw(pieces);
        if drawing.other {
            browser::restore_focus();
        }
        rest.after(dispatcher::millis() - began);
        if drawing.unfinished {
            rest.go_on();
        }
    });
    custom(tag)
        .class(class)
        .node_ref(root)
        .inner_html(html)
        .into_any()
}

/// A list that takes long to draw is drawn less often, so that the page stays free for its reader.
#[derive(Default)]
struct Rest {
    until: Cell<f64>,
    over: RwSignal<()>,
    timer: RefCell<Option<Timer>>,
}

impl Rest {
    /// Whether it is too early to draw again; then it is tried again by itself.
    fn is_needed(&self) -> bool {
        self.over.track();
        let left = self.until.get() - dispatcher::millis();
        let needed = left > 0.0;
        if needed {
            self.again_after(left);
        }
        needed
    }

    /// Draws again by itself, when the page has had time to show what stands.
    fn go_on(&self) {
        let left = self.until.get() - dispatcher::millis();
        self.again_after(left.max(LONG_MILLIS));
    }

    fn again_after(&self, millis: f64) {
        let over = self.over;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a moment"
        )]
        let timer = browser::after(millis.ceil() as u32, move || over.set(()));
        *self.timer.borrow_mut() = Some(timer);
    }

    /// It took so many milliseconds to draw.
    fn after(&self, took: f64) {
        self.timer.take();
        let rest = if took < LONG_MILLIS {
            0.0
        } else {
            took * RESTS
        };
        self.until.set(dispatcher::millis() + rest);
    }
}
