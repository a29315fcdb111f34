//! Whether somebody may be looking at the page.

use super::document::document;
use web_sys::VisibilityState;

/// Whether the page is the visible tab of its window; false on the server.
pub fn is_visible() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Whether the page is visible and has the keyboard focus; false on the server.
pub fn has_focus() -> bool {
    is_visible() && document().is_some_and(|document| document.has_focus().unwrap_or(false))
}
