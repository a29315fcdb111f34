//! A form that is kept as it is filled in.

use super::document::document;
use super::fetch::{Reply, fields, send_fields};
use super::pages::say_form;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement};

/// What stands in the field of that name; none on the server, and for a box that is not ticked.
pub fn value_of(name: &str) -> Option<String> {
    let field = document()?
        .query_selector(&format!("[name='{name}']"))
        .ok()??;
    if let Some(choice) = field.dyn_ref::<HtmlSelectElement>() {
        return Some(choice.value());
    }
    let input: HtmlInputElement = field.dyn_into().ok()?;
    (input.type_() != "checkbox" || input.checked()).then(|| input.value())
}

/// Puts a value into the field that a selector finds. Nothing on the server.
pub fn set_value(field: &str, value: &str) {
    let field = document().and_then(|document| document.query_selector(field).ok()?);
    if let Some(field) = field {
        // An attribute of that name can be set anywhere.
        let _ = field.set_attribute("value", value);
    }
}

/// Whether something in a form is not as it was drawn; false on the server.
pub fn is_touched(form: &str) -> bool {
    let touched = || {
        let form = find(form)?;
        // A copy has what was filled in, until it is set back.
        let drawn: HtmlFormElement = form.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        drawn.reset();
        let (now, before) = (fields(&form)?, fields(&drawn)?);
        Some(now.to_string() != before.to_string())
    };
    touched().unwrap_or(false)
}

/// Sends what stands in a form where it may, and calls with the answer as [`super::post`] does. A form that
/// the browser finds wrong says so by itself, and is not sent.
pub fn save_form(form: &str, done: impl FnOnce(Option<Reply>) + 'static) {
    let Some(form) = find(form) else { return };
    if form.report_validity()
        && let Some(action) = form.get_attribute("action")
    {
        send_fields(action, &form, done);
    } else {
        done(None);
    }
}

/// Says in a form's own line that it was kept; none: that it was not.
pub fn say_kept(form: &str, words: Option<&str>) {
    if let Some(form) = find(form) {
        say_form(&form, words);
    }
}

/// Sets an attribute without a value. Nothing on the server.
pub fn mark(selector: &str, attribute: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok()?);
    if let Some(found) = found {
        // An attribute of that name can be set anywhere.
        let _ = found.set_attribute(attribute, "");
    }
}

fn find(form: &str) -> Option<HtmlFormElement> {
    document()?.query_selector(form).ok()??.dyn_into().ok()
}
