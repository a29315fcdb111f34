//! Whether somebody may be looking.

use web_sys::VisibilityState;

/// The page is in front of its window; false on the server.
pub fn is_visible() -> bool {
    super::IN_PAGE
        && web_sys::window()
            .and_then(|window| window.document())
            .is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
