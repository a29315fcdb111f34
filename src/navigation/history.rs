//! The addresses of pages, and how far each was scrolled. The history entry of a page keeps its scroll position.

use crate::browser::address;
use wasm_bindgen::JsValue;
use web_sys::{Document, History, ScrollRestoration, Window};

pub struct PageHistory {
    window: Window,
    document: Document,
}

impl PageHistory {
    pub fn new(window: Window, document: Document) -> Self {
        Self { window, document }
    }

    /// Takes scroll restoration over from the browser, which would scroll before the page is fetched.
    pub fn start(&self) {
        self.change(|history| history.set_scroll_restoration(ScrollRestoration::Manual));
        if let Some(y) = self.saved_scroll() {
            self.scroll_to(y);
        }
    }

    /// Adds an entry for a page at an address, unless it is the current one.
    pub fn push(&self, to: &str) {
        if address().is_none_or(|current| current != to) {
            self.save_scroll();
            self.change(|history| history.push_state_with_url(&JsValue::NULL, "", Some(to)));
        }
    }

    /// Changes the address of the current entry.
    pub fn replace(&self, to: &str) {
        self.change(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(to)));
    }

    /// Saves how far the page is scrolled.
    pub fn save_scroll(&self) {
        if let Ok(y) = self.window.scroll_y() {
            self.change(|history| history.replace_state(&y.into(), ""));
        }
    }

    /// Scrolls to where the page was left, else to the place that the address names.
    pub fn restore_scroll(&self) {
        match self.saved_scroll() {
            Some(y) => self.scroll_to(y),
            None => self.scroll_to_fragment(&self.window.location().hash().unwrap_or_default()),
        }
    }

    /// Scrolls to the element that a fragment such as `#log` names, else to the top.
    pub fn scroll_to_fragment(&self, fragment: &str) {
        let id = fragment.strip_prefix('#').filter(|id| !id.is_empty());
        match id.and_then(|id| self.document.get_element_by_id(id)) {
            Some(element) => element.scroll_into_view(),
            None => self.scroll_to(0.0),
        }
    }

    fn saved_scroll(&self) -> Option<f64> {
        self.window.history().ok()?.state().ok()?.as_f64()
    }

    fn scroll_to(&self, y: f64) {
        self.window.scroll_to_with_x_and_y(0.0, y);
    }

    fn change(&self, change: impl FnOnce(&History) -> Result<(), JsValue>) {
        if let Ok(history) = self.window.history() {
            // A browser limits how often a page may change its history. A missing entry is harmless.
            let _ = change(&history);
        }
    }
}
