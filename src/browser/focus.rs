//! The keyboard's place in the page.

use super::document::document;
use crate::routes::attributes::JOB_ID;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, FocusOptions, HtmlElement};

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
        if event.type_() == "focusin" {
            let target = event.target().and_then(|target| target.dyn_into().ok());
            LAST.set(target.map(Place::of));
        } else if nothing_has_focus() {
            // The reader has clicked beside everything.
            LAST.take();
        }
    });
    for event in ["focusin", "pointerup"] {
        // It fails only where there are no events at all.
        let _ = document.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
    }
    call.forget();
}

/// Where what had the focus has moved, gives it back; where that is gone, gives it to what stands
/// nearest: the same job's buttons, its link, the panel or the page. Nothing on the server.
pub fn restore_focus() {
    let Some(document) = document().filter(|_| nothing_has_focus()) else {
        return;
    };
    let Some((element, nearest)) = LAST.with_borrow(|last| {
        let last = last.as_ref()?;
        Some((last.element.clone(), last.nearest.clone()))
    }) else {
        return;
    };
    // In each case: an element that cannot take it leaves it where it is.
    if !element.is_connected() {
        let found = nearest.iter().find_map(|selector| {
            let element = document.query_selector(selector).ok()??;
            element.dyn_into::<HtmlElement>().ok()
        });
        let _ = found.map(|found| found.focus());
    } else if document.has_focus().unwrap_or_default() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let element = element.dyn_ref::<HtmlElement>();
        let _ = element.map(|element| element.focus_with_options(&options));
    }
}

/// Gives the focus to an element that can take it.
pub(super) fn focus(element: &Element) -> Option<()> {
    element.dyn_ref::<HtmlElement>()?.focus().ok()
}

/// Gives the focus to the first element that matches. Nothing on the server.
pub fn focus_on(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok()?);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take it leaves it where it is.
        let _ = found.focus();
    }
}

/// The value of an attribute that the element with the focus has, or the nearest around it; none
/// on the server.
pub fn focused_within(attribute: &str) -> Option<String> {
    let active = document()?.active_element()?;
    let around = active.closest(&format!("[{attribute}]")).ok()??;
    around.get_attribute(attribute)
}

fn nothing_has_focus() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_none_or(|active| active.tag_name() == "BODY")
}

impl Place {
    fn of(element: Element) -> Self {
        let closest = |selector: &str| element.closest(selector).ok().flatten();
        let around = match closest("[popover]") {
            Some(panel) => format!("#{}", panel.id()),
            None => "main".to_owned(),
        };
        let job = closest(&format!("[{JOB_ID}]")).and_then(|job| job.get_attribute(JOB_ID));
        let mut nearest = Vec::new();
        if let Some(id) = job {
            for part in ["button", "a"] {
                nearest.push(format!("{around} [{JOB_ID}='{id}'] {part}"));
            }
        }
        nearest.push(around);
        Self { element, nearest }
    }
}
