//! The button in the top navigation, and the messages that are shown while the panel is closed.

use super::action_error::page_error;
use super::announcer::announcer;
use super::html::{escape, icon};
use super::icons;
use super::keyed_list::KeyedList;
use super::list_item::ListItem;
use super::ring::ring;
use crate::routes::ids::TRAY_PANEL;
use crate::tray::handle::Tray;
use crate::tray::model::status::Connection;
use crate::tray::text::button::ButtonContent;
use leptos::prelude::*;
use std::time::Duration;

/// Opens the panel, and shows at a glance what runs, how far it is and what failed. The button is a popover target, so
/// it works before any script does.
#[component]
pub fn TrayButton() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let items = move || vec![button(tray), announcer(tray), page_error(tray)];
    view! { <KeyedList tag="div" class="tray-slot" items=Box::new(items) /> }
}

fn button(tray: Tray) -> ListItem {
    let connection = tray.connection.get();
    // Reading the clock renders the button again at each tick, so it is read only where the age is shown.
    let age = match connection {
        Connection::Offline => tray.clock.age(),
        Connection::Connecting | Connection::Live => Duration::ZERO,
    };
    let totals = tray.totals.get();
    let content = ButtonContent::new(tray.lang, &totals, connection, age);
    let muted = if tray.is_muted() { "" } else { " hidden" };
    let html = format!(
        r#"<button id="job-tray" class="tray" type="button" popovertarget="{TRAY_PANEL}" aria-controls="{TRAY_PANEL}" aria-expanded="{}" aria-label="{}" data-status="{}" data-badge="{}" data-running="{}" data-queued="{}" data-progress="{}">{}<span class="tray-text"><b>{}</b><span class="tray-secondary">{}</span></span><span class="tray-muted"{muted}>{}</span></button>"#,
        tray.panel_open.get(),
        escape(&content.label),
        content.status.as_str(),
        content.badge.as_str(),
        totals.running,
        totals.queued,
        content.percent,
        ring(content.badge, content.percent, totals.running),
        escape(&content.primary),
        escape(content.secondary.as_deref().unwrap_or_default()),
        icon(icons::MUTED),
    );
    ListItem::new("button", html)
}
