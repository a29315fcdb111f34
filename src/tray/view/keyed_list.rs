//! A list of elements that is drawn as text, item by item, and compared by key.
//!
//! A view of each part would be code for each part, and would need a signal for each job; here one pass over the
//! items finds those that differ.

use super::list_item::ListItem;
use super::rendered_list::RenderedList;
use crate::browser::Timer;
use crate::tray::handle::Tray;
use crate::tray::live::clock::monotonic;
use crate::tray::monotonic::Monotonic;
use crate::tray::reactive::effect;
use crate::tray::timer::after;
use leptos::html::{Custom, InnerHtmlAttribute, custom};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// The time of one frame. A list that takes less to draw is drawn whenever something changes.
const FRAME: Duration = Duration::from_millis(16);
/// A list that takes longer pauses for so many times as long.
const PAUSE_FACTOR: u32 = 3;

/// An element with items in it, which `items` computes again whenever a signal changes that it read. The server and
/// the first render in the browser give the same.
#[component]
pub fn KeyedList(
    tag: &'static str,
    class: &'static str,
    items: Box<dyn Fn() -> Vec<ListItem>>,
) -> impl IntoView {
    let navigation = use_context::<Tray>().map(|tray| tray.navigation);
    let navigation = navigation.unwrap_or_default();
    let root = NodeRef::<Custom<&'static str>>::new();
    let first = untrack(&items);
    let html = ListItem::all(&first);
    let mut first = Some(first);
    let mut rendered = None;
    let throttle = Throttle::default();
    effect(move || {
        if throttle.delays() {
            return;
        }
        let began = monotonic();
        let items = items();
        let Some(root) = root.get() else { return };
        let first = first.take();
        let rendered = rendered
            .get_or_insert_with(|| RenderedList::hydrate(root.into(), first.unwrap_or_default()));
        let outcome = rendered.render(items);
        if outcome.restructured {
            navigation.restore_focus();
        }
        throttle.drew(monotonic().since(began));
        if outcome.unfinished {
            throttle.draw_again();
        }
    });
    custom(tag)
        .class(class)
        .node_ref(root)
        .inner_html(html)
        .into_any()
}

/// Draws a list less often that takes long, so that the page stays responsive.
#[derive(Default)]
struct Throttle {
    until: Cell<Monotonic>,
    again: RwSignal<()>,
    timer: RefCell<Option<Timer>>,
}

impl Throttle {
    /// Whether it is too early to draw; then the effect runs again by itself.
    fn delays(&self) -> bool {
        self.again.track();
        let left = self.until.get().since(monotonic());
        let is_early = !left.is_zero();
        if is_early {
            self.draw_after(left);
        }
        is_early
    }

    /// Runs the effect again when the page has had time to show what is drawn.
    fn draw_again(&self) {
        let left = self.until.get().since(monotonic());
        self.draw_after(left.max(FRAME));
    }

    /// The list took so long to draw.
    fn drew(&self, time: Duration) {
        self.timer.take();
        let pause = if time < FRAME {
            Duration::ZERO
        } else {
            time * PAUSE_FACTOR
        };
        self.until.set(monotonic() + pause);
    }

    fn draw_after(&self, time: Duration) {
        let again = self.again;
        *self.timer.borrow_mut() = Some(after(time, move || again.set(())));
    }
}
