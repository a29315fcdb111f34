//! The handle by which the rest of the page uses the navigation.

use super::navigator::Navigator;
use leptos::prelude::*;
use std::rc::Rc;

/// The navigation of a document. Copies share the same state. Does nothing on the server, and the default
/// nowhere.
#[derive(Clone, Copy, Default)]
pub struct Navigation(Option<StoredValue<Rc<Navigator>, LocalStorage>>);

impl Navigation {
    /// Takes over the document's title and focus for as long as the current reactive owner lives.
    pub fn of_document() -> Self {
        Self(Navigator::of_document().map(StoredValue::new_local))
    }

    /// From now on follows links, forms and steps through the history, and calls `changed` after each page that was
    /// shown.
    pub fn start(self, changed: impl Fn() + 'static) {
        if let Some(navigator) = self.navigator() {
            navigator.start(Box::new(changed));
        }
    }

    /// Goes to an address, as a link does: a path of ours, or a page of another site, which a worker may have named.
    pub fn go_to(self, address: &str) {
        if let Some(navigator) = self.navigator() {
            navigator.go_to(address);
        }
    }

    /// Fetches the current page again, and changes what differs. What the user has typed or opened, and what plays, stays
    /// as it is.
    pub fn refresh(self) {
        if let Some(navigator) = self.navigator() {
            navigator.refresh();
        }
    }

    /// Fetches the current page again, and renders the forms anew that a selector matches.
    pub fn renew_forms(self, forms: &'static str) {
        if let Some(navigator) = self.navigator() {
            navigator.renew_forms(forms);
        }
    }

    /// Shows a title instead of the page's own; none shows the page's own again.
    pub fn override_title(self, title: Option<String>) {
        if let Some(navigator) = self.navigator() {
            navigator.title.set_override(title);
        }
    }

    /// Restores the focus after elements were moved or removed.
    pub fn restore_focus(self) {
        if let Some(navigator) = self.navigator() {
            navigator.focus.restore();
        }
    }

    /// Hides the message that the server cannot be reached.
    pub fn hide_unreachable(self) {
        if let Some(navigator) = self.navigator() {
            navigator.set_unreachable(false);
        }
    }

    fn navigator(self) -> Option<Rc<Navigator>> {
        self.0?.try_get_value()
    }
}
