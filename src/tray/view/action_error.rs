//! Why an action did nothing.

use super::html::icon;
use super::icons;
use super::list_item::ListItem;
use crate::i18n::{Lang, tray as messages};
use crate::tray::actions::ActionError;
use crate::tray::handle::Tray;
use leptos::prelude::*;

/// The sentence that is shown.
pub fn error_text(lang: Lang, error: ActionError) -> &'static str {
    match error {
        ActionError::NotFound => messages::NOT_FOUND.get(lang),
        ActionError::Conflict => messages::TOO_LATE.get(lang),
        ActionError::Unavailable => messages::UNAVAILABLE.get(lang),
    }
}

/// The error in the open panel.
pub fn panel_error(tray: Tray) -> ListItem {
    let (text, hidden) = current(tray, true);
    let icon = icon(icons::WARNING);
    let html = format!(
        r#"<div role="alert"><p class="panel-note"{hidden}>{icon}<span>{text}</span></p></div>"#
    );
    ListItem::new("error", html)
}

/// The error on the page while the panel is closed: jobs have buttons on pages too.
pub fn page_error(tray: Tray) -> ListItem {
    let (text, hidden) = current(tray, !tray.panel_open.get());
    let html = format!(r#"<p class="page-note" role="alert"{hidden}>{text}</p>"#);
    ListItem::new("error", html)
}

/// The text, and the attribute that hides its element where there is none.
fn current(tray: Tray, is_here: bool) -> (&'static str, &'static str) {
    match tray.error.get().filter(|_| is_here) {
        Some(error) => (error_text(tray.lang, error), ""),
        None => ("", " hidden"),
    }
}
