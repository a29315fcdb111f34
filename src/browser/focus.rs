//! The keyboard focus.

use super::document::{document, element};

/// Moves the focus to the first element that matches a selector. Does nothing on the server.
pub fn focus_on(selector: &str) {
    if let Some(element) = element(selector) {
        // An element that cannot have the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// The value of an attribute of the element with the focus, or of its closest ancestor that has it; none on the
/// server.
pub fn focused_within(attribute: &str) -> Option<String> {
    let active = document()?.active_element()?;
    let element = active.closest(&format!("[{attribute}]")).ok()??;
    element.get_attribute(attribute)
}
