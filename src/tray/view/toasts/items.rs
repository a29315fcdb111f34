//! The digest, and the toasts for which there is room.

use super::digest::{DIGEST, digest};
use super::toast::{panel_button, toast};
use crate::i18n::tray as messages;
use crate::tray::handle::Tray;
use crate::tray::view::list_item::ListItem;
use leptos::prelude::*;

/// The digest, a button with the number of toasts that are not shown, and the toasts.
pub fn items(tray: Tray) -> Vec<ListItem> {
    let mut items = Vec::new();
    if let Some(html) = digest(tray) {
        items.push(ListItem::new(DIGEST, html));
    }
    let taken = items.len();
    tray.alerts.toasts.with(|list| {
        let hidden = list.hidden(taken);
        if hidden > 0 {
            let text = messages::MORE_TOASTS.fill(tray.lang, "n", hidden);
            items.push(ListItem::new("more", panel_button("toast-more", &text)));
        }
        let shown = list.shown(taken).iter();
        items.extend(shown.map(|one| ListItem::new(one.key.to_string(), toast(tray, one))));
    });
    items
}
