//! The platform's popovers, by id.

use super::document::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Whether it is open; false on the server.
pub fn is_popover_open(id: &str) -> bool {
    element(id).is_some_and(|element| element.matches(":popover-open").unwrap_or(false))
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}
