//! Where the reader stands: the address, how far the page is scrolled, where the keyboard is.

use super::Pages;
use crate::browser::document::address;
use crate::browser::focus::focus;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FocusOptions, HtmlElement};

impl Pages {
    /// As with a new document: at its top or at the place that the link names, and a screen reader
    /// begins there.
    pub fn begin_at(&self, place: &str) -> Option<()> {
        self.begin(place);
        focus(&self.content()?)
    }

    fn begin(&self, place: &str) {
        let named = place.strip_prefix('#').filter(|id| !id.is_empty());
        let named = named.and_then(|id| self.document.get_element_by_id(id));
        match named {
            Some(element) => element.scroll_into_view(),
            None => self.window.scroll_to_with_x_and_y(0.0, 0.0),
        }
    }

    /// The document stands at another address from now on.
    pub fn stand_at(&self, to: &str) -> Option<()> {
        if address()? == *to {
            return Some(());
        }
        self.keep_scrolled();
        self.history(|history| history.push_state_with_url(&JsValue::NULL, "", Some(to)))
    }

    /// How far the page was scrolled when it was last left.
    pub fn scrolled(&self) -> Option<f64> {
        self.window.history().ok()?.state().ok()?.as_f64()
    }

    /// To where the page was left, else to the place that the address names.
    pub fn scroll_back(&self) -> Option<()> {
        match self.scrolled() {
            Some(far) => self.window.scroll_to_with_x_and_y(0.0, far),
            None => self.begin(&self.window.location().hash().ok()?),
        }
        Some(())
    }

    /// Remembers how far the page is scrolled.
    pub fn keep_scrolled(&self) -> Option<()> {
        let far = self.window.scroll_y().ok()?;
        self.history(|history| history.replace_state(&far.into(), ""))
    }

    pub fn history(
        &self,
        change: impl FnOnce(&web_sys::History) -> Result<(), JsValue>,
    ) -> Option<()> {
        change(&self.window.history().ok()?).ok()
    }

    /// A page that the reader came back to: where it was left, and a screen reader begins at its top.
    pub fn resume(&self) -> Option<()> {
        self.scroll_back();
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let content: HtmlElement = self.content()?.dyn_into().ok()?;
        content.focus_with_options(&options).ok()
    }
}
