//! The keyboard's place in the page.

use super::document::document;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlElement};

thread_local! {
    static LAST: RefCell<Option<Place>> = const { RefCell::new(None) };
}

/// Where the focus was last, and what stands nearest should it go.
struct Place {
    element: Element,
    /// Selectors, the nearest first.
    nearest: Vec<String>,
}

/// Remembers from now on where the focus is. Nothing on the server.
pub fn watch_focus() {
    let Some(document) = document() else {
        return;
    };
    let call = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        LAST.set(target.map(Place::of));
    });
    // It fails only where there are no events at all.
    let _ = document.add_event_listener_with_callback("focusin", call.as_ref().unchecked_ref());
    call.forget();
}

/// Where what had the focus is gone, gives it to what stands nearest: the same job's buttons, its
/// link, the panel or the page. Nothing on the server.
pub fn restore_focus() {
    let Some(document) = document() else {
        return;
    };
    let lost = (document.active_element()).is_none_or(|active| active.tag_name() == "BODY");
    let nearest = LAST.with_borrow(|last| {
        let gone = last.as_ref().filter(|last| !last.element.is_connected());
        gone.map(|last| last.nearest.clone())
    });
    if let Some(nearest) = nearest.filter(|_| lost) {
        let found = nearest.iter().find_map(|selector| {
            let element = document.query_selector(selector).ok()??;
            element.dyn_into::<HtmlElement>().ok()
        });
        if let Some(element) = found {
            // An element that cannot take it leaves it where it is.
            let _ = element.focus();
        }
    }
}

impl Place {
    fn of(element: Element) -> Self {
        let closest = |selector| element.closest(selector).ok().flatten();
        let around = match closest("[popover]") {
            Some(panel) => format!("#{}", panel.id()),
            None => "main".to_owned(),
        };
        let job = closest("[data-job-id]").and_then(|job| job.get_attribute("data-job-id"));
        let mut nearest = Vec::new();
        if let Some(id) = job {
            for part in [".deed", "a"] {
                nearest.push(format!("{around} [data-job-id='{id}'] {part}"));
            }
        }
        nearest.push(around);
        Self { element, nearest }
    }
}
