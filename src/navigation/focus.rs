//! The keyboard focus, while elements come and go.

use crate::browser::{DomEvent, Listener, focus_on, on_event};
use crate::routes::attributes::JOB_ID;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, FocusOptions, HtmlElement};

/// Tracks which element has the focus, for as long as it lives.
pub struct FocusTracker {
    document: Document,
    last: Rc<RefCell<Option<FocusPosition>>>,
    _listener: Listener,
}

/// The element that had the focus last, and where the focus goes when that element is removed.
struct FocusPosition {
    element: Element,
    /// Selectors in order of preference.
    fallbacks: Vec<String>,
}

impl FocusTracker {
    pub fn of(document: Document) -> Self {
        let last = Rc::new(RefCell::new(None));
        let (page, latest) = (document.clone(), Rc::clone(&last));
        let listener = on_event(&["focusin", "pointerup"], move |event: DomEvent| {
            if event.name() == "focusin" {
                latest.replace(Some(FocusPosition::of(event.target())));
            } else if nothing_has_focus(&page) {
                // The user has clicked outside of everything that can have the focus.
                latest.replace(None);
            }
        });
        Self {
            document,
            last,
            _listener: listener,
        }
    }

    /// Gives the focus back to an element that was moved. Where it was removed, moves the focus to what is closest: a
    /// button or the link of the same job, else the popover or the page.
    pub fn restore(&self) {
        if !nothing_has_focus(&self.document) {
            return;
        }
        // Moving the focus is an event, which changes the position.
        let last = (self.last.borrow().as_ref())
            .map(|last| (last.element.clone(), last.fallbacks.clone()));
        let Some((element, fallbacks)) = last else {
            return;
        };
        if !element.is_connected() {
            let exists = |selector: &&String| {
                let found = self.document.query_selector(selector);
                found.is_ok_and(|found| found.is_some())
            };
            if let Some(selector) = fallbacks.iter().find(exists) {
                focus_on(selector);
            }
        } else if self.document.has_focus().unwrap_or_default() {
            // An element that cannot have the focus leaves it where it is.
            let _ = focus_without_scrolling(&element);
        }
    }
}

/// Focuses an element without scrolling.
pub fn focus_without_scrolling(element: &Element) -> Option<()> {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let element = element.dyn_ref::<HtmlElement>()?;
    element.focus_with_options(&options).ok()
}

/// Focuses an element and scrolls to it.
pub fn focus(element: &Element) -> Option<()> {
    element.dyn_ref::<HtmlElement>()?.focus().ok()
}

fn nothing_has_focus(document: &Document) -> bool {
    let active = document.active_element();
    active.is_none_or(|active| active.tag_name() == "BODY")
}

impl FocusPosition {
    fn of(element: Element) -> Self {
        let closest = |selector: &str| element.closest(selector).ok().flatten();
        let container = match closest("[popover]") {
            Some(popover) => format!("#{}", popover.id()),
            None => "main".to_owned(),
        };
        let job = closest(&format!("[{JOB_ID}]")).and_then(|job| job.get_attribute(JOB_ID));
        let mut fallbacks = Vec::new();
        if let Some(id) = job {
            for part in ["button", "a"] {
                fallbacks.push(format!("{container} [{JOB_ID}='{id}'] {part}"));
            }
        }
        fallbacks.push(container);
        Self { element, fallbacks }
    }
}
