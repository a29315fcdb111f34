//! The icon of the browser's tab, and the badge of an installed app.

use super::document::{set_attribute, window};
use wasm_bindgen::{JsCast, JsValue};

/// Changes the icon of the tab to the one at an address. Does nothing on the server.
pub fn set_icon(address: &str) {
    set_attribute("link[rel=icon]", "href", address);
}

/// Shows a number on the icon of the installed app, where the browser supports that; 0 removes it.
/// Does nothing on the server.
pub fn set_badge(number: u32) {
    let Some(window) = window() else {
        return;
    };
    let navigator = window.navigator();
    let set = js_sys::Reflect::get(&navigator, &"setAppBadge".into());
    if let Ok(set) = set.and_then(JsValue::dyn_into::<js_sys::Function>)
        && let Ok(pending) = set.call1(&navigator, &number.into())
    {
        // A browser that does not allow it rejects.
        super::ignore(pending);
    }
}
