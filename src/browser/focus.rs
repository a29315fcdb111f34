//! The keyboard's place in the page.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives the focus to an element when what had it is gone from the page; nothing on the server.
pub fn focus_if_lost(selector: &str) {
    let find = || {
        let document = super::IN_PAGE.then(web_sys::window)??.document()?;
        let lost = (document.active_element()).is_none_or(|active| active.tag_name() == "BODY");
        let target = lost.then(|| document.query_selector(selector).ok()?)??;
        target.dyn_into::<HtmlElement>().ok()
    };
    if let Some(element) = find() {
        // An element that cannot take it leaves it where it is.
        let _ = element.focus();
    }
}
