//! What stands for the page outside of it: its icon in the tab, its number on the app.

use super::document::document;
use wasm_bindgen::{JsCast, JsValue};

/// Shows another icon in the tab, by its address. Nothing on the server.
pub fn set_icon(address: &str) {
    let link = document()
        .and_then(|document| document.query_selector("link[rel=icon]").ok())
        .flatten();
    if let Some(link) = link {
        // An attribute of that name can be set anywhere.
        let _ = link.set_attribute("href", address);
    }
}

/// Shows a number on the installed app's icon, where the browser has one; 0 takes it away.
/// Nothing on the server.
pub fn set_badge(number: u32) {
    let Some(window) = super::IN_PAGE.then(web_sys::window).flatten() else {
        return;
    };
    let navigator = window.navigator();
    let set = js_sys::Reflect::get(&navigator, &"setAppBadge".into());
    if let Ok(set) = set.and_then(JsValue::dyn_into::<js_sys::Function>) {
        // A browser that may not show it says so in a promise that nobody waits for.
        if let Ok(shown) = set.call1(&navigator, &number.into()) {
            super::ignore(shown);
        }
    }
}
