//! The platform's popovers, by id.

use super::document::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Whether it is open; false on the server.
pub fn is_popover_open(id: &str) -> bool {
    element(id).is_some_and(|element| element.matches(":popover-open").unwrap_or(false))
}

/// Closes it where it is open; nothing on the server.
pub fn hide_popover(id: &str) {
    if let Some(element) = element(id) {
        // It fails only where popovers are unknown, and there none is open.
        let _ = element.hide_popover();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}
