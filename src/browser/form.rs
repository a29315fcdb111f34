//! The fields of a form, and its submission without a new document.

use super::document::{document, element};
use super::fetch::{Reply, form_fields, post_fields};
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement};

/// The value of the field with a name; none on the server, and for a checkbox that is not checked.
pub fn field_value(name: &str) -> Option<String> {
    let field = document()?
        .query_selector(&format!("[name='{name}']"))
        .ok()??;
    if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        return Some(select.value());
    }
    let input: HtmlInputElement = field.dyn_into().ok()?;
    (input.type_() != "checkbox" || input.checked()).then(|| input.value())
}

/// Whether a field of the form that a selector matches differs from its first value; false on the server.
pub fn is_form_changed(form: &str) -> bool {
    let is_changed = || {
        let form = form_element(form)?;
        // A copy has the current values until it is reset.
        let initial: HtmlFormElement = form.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        initial.reset();
        let (current, initial) = (form_fields(&form)?, form_fields(&initial)?);
        Some(current.to_string() != initial.to_string())
    };
    is_changed().unwrap_or(false)
}

/// Posts the form that a selector matches to its action, and calls `done` as [`post`](super::post) does. A form that
/// is not valid is not sent: the browser shows why, and `done` is called with none.
pub fn post_form(form: &str, done: impl FnOnce(Option<Reply>) + 'static) {
    let Some(form) = form_element(form) else {
        return;
    };
    if form.report_validity()
        && let Some(action) = form.get_attribute("action")
    {
        post_fields(action, &form, done);
    } else {
        done(None);
    }
}

/// The form that a selector matches; none on the server.
pub fn form_element(form: &str) -> Option<HtmlFormElement> {
    element(form)?.dyn_into().ok()
}
