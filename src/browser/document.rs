//! What stands in the document.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

/// The text of the element with an id; none on the server.
pub fn embedded(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// All elements that match a selector, in the document's order; none on the server.
pub fn elements(selector: &str) -> Vec<HtmlElement> {
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok())
    else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|place| found.item(place)?.dyn_into().ok())
        .collect()
}

/// The path and the query that the document stands at; none on the server.
pub fn address() -> Option<String> {
    let location = super::IN_PAGE.then(web_sys::window)??.location();
    Some(location.pathname().ok()? + &location.search().ok()?)
}

/// Loads the document anew; nothing on the server.
pub fn renew() {
    if let Some(window) = super::IN_PAGE.then(web_sys::window).flatten() {
        // It fails only in a document that is not shown.
        let _ = window.location().reload();
    }
}

pub(super) fn document() -> Option<Document> {
    super::IN_PAGE.then(web_sys::window)??.document()
}
