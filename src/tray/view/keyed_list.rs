//! A list of elements that is rendered as HTML text, item by item, and compared by key.
//!
//! Leptos's own keyed list would need a signal for each job, and code for each part of a row; here one pass over the
//! items finds those that differ.

use super::list_item::ListItem;
use super::rendered_list::RenderedList;
use crate::browser::Timer;
use crate::browser::after;
use crate::tray::handle::Tray;
use crate::tray::live::clock::monotonic;
use crate::tray::monotonic::Monotonic;
use crate::tray::reactive::effect;
use leptos::html::{Custom, InnerHtmlAttribute, custom};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// The time of one frame. A list that takes less is rendered at every change.
const FRAME: Duration = Duration::from_millis(16);
/// A list that takes longer then pauses for this many times as long.
const PAUSE_FACTOR: u32 = 3;

/// An element with a list of items in it. `items` computes them again whenever a signal changes that it read. Server and
/// browser first render the same.
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
        throttle.rendered(monotonic().since(began));
        if outcome.unfinished {
            throttle.render_again();
        }
    });
    custom(tag)
        .class(class)
        .node_ref(root)
        .inner_html(html)
        .into_any()
}

/// Renders a slow list less often, so that the page stays responsive.
#[derive(Default)]
struct Throttle {
    until: Cell<Monotonic>,
    again: RwSignal<()>,
    timer: RefCell<Option<Timer>>,
}

impl Throttle {
    /// Whether it is too early to render. If so, the effect runs again later.
    fn delays(&self) -> bool {
        self.again.track();
        let left = self.until.get().since(monotonic());
        let is_early = !left.is_zero();
        if is_early {
            self.render_after(left);
        }
        is_early
    }

    /// Runs the effect again once the page has had time to show what was rendered.
    fn render_again(&self) {
        let left = self.until.get().since(monotonic());
        self.render_after(left.max(FRAME));
    }

    /// The list took this long to render.
    fn rendered(&self, time: Duration) {
        self.timer.take();
        let pause = if time < FRAME {
            Duration::ZERO
        } else {
            time * PAUSE_FACTOR
        };
        self.until.set(monotonic() + pause);
    }

    fn render_after(&self, time: Duration) {
        let again = self.again;
        *self.timer.borrow_mut() = Some(after(time, move || again.set(())));
    }
}
