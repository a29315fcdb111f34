//! Whether somebody may be looking.

use super::document::document;
use web_sys::VisibilityState;

/// The page is in front of its window; false on the server.
pub fn is_visible() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Somebody is at the page: it is in front, and the keyboard is in it. False on the server.
pub fn has_focus() -> bool {
    is_visible() && document().is_some_and(|document| document.has_focus().unwrap_or(false))
}
