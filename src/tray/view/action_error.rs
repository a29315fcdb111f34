//! Why a button did nothing.

use super::html::icon;
use super::icons;
use crate::browser::Piece;
use crate::i18n::{Lang, tray as messages};
use crate::tray::actions::ActionError;
use crate::tray::handle::Tray;
use leptos::prelude::*;

/// One sentence for the reader.
pub fn say_refusal(lang: Lang, refusal: ActionError) -> &'static str {
    match refusal {
        ActionError::Refused | ActionError::NotFound => messages::REFUSED.get(lang),
        ActionError::Unavailable => messages::UNAVAILABLE.get(lang),
    }
}

/// In the open panel.
pub fn refusal_line(tray: Tray) -> Piece {
    let (words, hidden) = told(tray, true);
    let icon = icon(icons::WARNING);
    let html = format!(
        r#"<div role="alert"><p class="panel-note"{hidden}>{icon}<span>{words}</span></p></div>"#
    );
    Piece::new("refusal", html)
}

/// While the panel is closed: a job has its buttons on pages too.
pub fn refusal_note(tray: Tray) -> Piece {
    let (words, hidden) = told(tray, !tray.open.get());
    let html = format!(r#"<p class="page-note" role="alert"{hidden}>{words}</p>"#);
    Piece::new("refusal", html)
}

fn told(tray: Tray, here: bool) -> (&'static str, &'static str) {
    match tray.refusal.get().filter(|_| here) {
        Some(refusal) => (say_refusal(tray.lang, refusal), ""),
        None => ("", " hidden"),
    }
}
