//! What an event asks for: the link that a click follows, the form that was submitted.

use crate::routes::LEAVES;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlAnchorElement, HtmlFormElement, MouseEvent, SubmitEvent, Window,
};

/// The link to a page of ours that a click follows in this tab. None for a link to a place on the current page, whose
/// path and query are `current`: the browser scrolls there by itself.
pub fn followed_link(window: &Window, current: &str, event: &Event) -> Option<HtmlAnchorElement> {
    let click: &MouseEvent = event.dyn_ref()?;
    let has_modifier = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if event.default_prevented() || click.button() != 0 || has_modifier {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let leaves = link.has_attribute("download")
        || !matches!(link.target().as_str(), "" | "_self")
        || link.origin() != window.location().origin().ok()?;
    let is_on_page = !link.hash().is_empty() && link.pathname() + &link.search() == current;
    (!leaves && !is_on_page).then_some(link)
}

/// The form that was submitted, unless its answer is a new document or another listener has handled it.
pub fn submitted_form(event: &Event) -> Option<HtmlFormElement> {
    let event: &SubmitEvent = event.dyn_ref()?;
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    (!event.default_prevented() && !form.has_attribute(LEAVES)).then_some(form)
}
