//! Popovers of the platform, by id.

use super::document::{document, element};

/// Whether a popover is open; false on the server.
pub fn is_popover_open(id: &str) -> bool {
    let popover = document().and_then(|document| document.get_element_by_id(id));
    popover.is_some_and(|popover| popover.matches(":popover-open").unwrap_or(false))
}

/// Hides the popover that is open. Does nothing on the server.
pub fn hide_open_popover() {
    if let Some(popover) = element(":popover-open") {
        // It fails only for a popover that is not open.
        let _ = popover.hide_popover();
    }
}
