//! The digest, and the toasts for which there is room.

use super::digest::{DIGEST, digest};
use super::toast::{panel_button, toast};
use crate::browser::Piece;
use crate::i18n::tray as messages;
use crate::tray::handle::Tray;
use leptos::prelude::*;

/// The digest, the number of toasts that are not shown, and the others.
pub fn items(tray: Tray) -> Vec<Piece> {
    let mut items = Vec::new();
    if let Some(html) = digest(tray) {
        items.push(Piece::new(DIGEST, html));
    }
    let taken = items.len();
    tray.alerts.toasts.with(|list| {
        let hidden = list.hidden(taken);
        if hidden > 0 {
            let text = messages::MORE_TOASTS.fill(tray.lang, "n", hidden);
            items.push(Piece::new("more", panel_button("toast-more", &text)));
        }
        let shown = list.shown(taken).iter();
        items.extend(shown.map(|one| Piece::new(one.key.to_string(), toast(tray, one))));
    });
    items
}
