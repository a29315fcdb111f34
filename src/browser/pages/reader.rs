//! What a reader did: which link they pressed, which form they sent.

use crate::routes::{LEAVES, SENDING};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlAnchorElement, HtmlFormElement, MouseEvent, SubmitEvent, Window,
};

/// A link of ours that was pressed to be followed here and now, and not to a place on the page that is
/// `shown`.
pub fn pressed(window: &Window, shown: &str, event: &Event) -> Option<HtmlAnchorElement> {
    let press: &MouseEvent = event.dyn_ref()?;
    let elsewhere = press.ctrl_key() || press.meta_key() || press.shift_key() || press.alt_key();
    if event.default_prevented() || press.button() != 0 || elsewhere {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let leaves = link.has_attribute("download")
        || !matches!(link.target().as_str(), "" | "_self")
        || link.origin() != window.location().origin().ok()?;
    let here = !link.hash().is_empty() && link.pathname() + &link.search() == shown;
    (!leaves && !here).then_some(link)
}

/// A form that was sent and asks for no new document, which nobody else took.
pub fn sent(event: &Event) -> Option<HtmlFormElement> {
    let event: &SubmitEvent = event.dyn_ref()?;
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    (!event.default_prevented() && !form.has_attribute(LEAVES)).then_some(form)
}

/// Says that a form is on its way, in its own words.
pub fn say_sending(form: &HtmlFormElement) -> Option<()> {
    form.set_attribute("aria-busy", "true").ok()?;
    let words = state(form)?.get_attribute(SENDING);
    say(form, false, words.as_deref())
}

/// Says that a form did not arrive, and why.
pub fn say_not_sent(form: &HtmlFormElement, why: Option<&str>) -> Option<()> {
    form.remove_attribute("aria-busy").ok()?;
    say(form, true, why)
}

/// Lets a form be sent again, of which nobody will say what came.
pub fn release(form: &HtmlFormElement) -> Option<()> {
    form.remove_attribute("aria-busy").ok()?;
    say(form, false, None)
}

/// Says where a form stands.
pub fn say(form: &HtmlFormElement, wrong: bool, words: Option<&str>) -> Option<()> {
    let state = state(form)?;
    state.class_list().toggle_with_force("wrong", wrong).ok()?;
    state.set_text_content(words);
    Some(())
}

/// The line that says where a form stands.
fn state(form: &HtmlFormElement) -> Option<Element> {
    form.query_selector(&format!("[{SENDING}]")).ok()?
}
