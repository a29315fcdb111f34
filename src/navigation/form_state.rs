//! The status line of a form: being sent, saved, or not sent.

use crate::browser;
use crate::routes::SENDING;
use crate::routes::ids::UNREACHABLE;
use web_sys::{Element, HtmlFormElement};

/// The attribute of a form that is being sent, or of a page that is about to be replaced.
pub(super) const BUSY: &str = "aria-busy";

/// Shows a text in the status line of the form that a selector matches. Does nothing on the server.
pub fn show_saved(form: &str, text: &str) {
    if let Some(form) = browser::form_element(form) {
        show(&form, Some(text), false);
    }
}

/// Shows in the status line of the form that a selector matches that the server cannot be reached. Does nothing on
/// the server.
pub fn show_not_saved(form: &str) {
    if let Some(form) = browser::form_element(form) {
        show_not_sent(&form);
    }
}

/// Shows that a form is being sent, with the text of its own.
pub(super) fn show_sending(form: &HtmlFormElement) {
    // It fails only for a name that is not valid.
    let _ = form.set_attribute(BUSY, "true");
    let text = status_line(form).and_then(|line| line.get_attribute(SENDING));
    show(form, text.as_deref(), false);
}

/// Shows that a form could not be sent because the server cannot be reached.
pub(super) fn show_not_sent(form: &HtmlFormElement) {
    end_sending(form);
    show(form, browser::text_of(UNREACHABLE).as_deref(), true);
}

/// Makes it possible to send a form again whose response nobody will see.
pub(super) fn release(form: &HtmlFormElement) {
    end_sending(form);
    show(form, None, false);
}

fn end_sending(form: &HtmlFormElement) {
    // It fails only for a name that is not valid.
    let _ = form.remove_attribute(BUSY);
}

fn show(form: &HtmlFormElement, text: Option<&str>, is_error: bool) {
    if let Some(line) = status_line(form) {
        // It fails only for a name that is not valid.
        let _ = line.class_list().toggle_with_force("wrong", is_error);
        line.set_text_content(text);
    }
}

fn status_line(form: &HtmlFormElement) -> Option<Element> {
    form.query_selector(&format!("[{SENDING}]")).ok()?
}
