//! The window, its document, and the elements in it.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, Window};

/// The window; none on the server.
pub fn window() -> Option<Window> {
    super::IN_PAGE.then(web_sys::window).flatten()
}

/// The document; none on the server.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The path and the query of the document's address; none on the server.
pub fn address() -> Option<String> {
    let location = window()?.location();
    Some(location.pathname().ok()? + &location.search().ok()?)
}

/// Reloads the document. Does nothing on the server.
pub fn reload() {
    if let Some(window) = window() {
        // It fails only in a document that is not shown.
        let _ = window.location().reload();
    }
}

/// The text of the element with an id; none on the server.
pub fn text_of(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// The first element that matches a selector; none on the server.
pub fn element(selector: &str) -> Option<HtmlElement> {
    let found = document()?.query_selector(selector).ok()??;
    found.dyn_into().ok()
}

/// All elements that match a selector, in document order; none on the server.
pub fn elements(selector: &str) -> Vec<HtmlElement> {
    let Some(found) = document().and_then(|document| document.query_selector_all(selector).ok())
    else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

/// Sets an attribute of the first element that matches a selector. Does nothing on the server.
pub fn set_attribute(selector: &str, attribute: &str, value: &str) {
    if let Some(element) = element(selector) {
        // Fails only for an invalid attribute name; ours are constants.
        let _ = element.set_attribute(attribute, value);
    }
}
