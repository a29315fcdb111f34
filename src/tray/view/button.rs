//! The button in the top navigation, and what is said of the tray while its panel is closed.

use super::action_error::refusal_note;
use super::announcer::announcer;
use super::html::{escape, icon};
use super::icons;
use super::keyed_list::Pieces;
use super::ring::ring;
use crate::browser::Piece;
use crate::tray::handle::Tray;
use crate::tray::text::button::{Connection, Face};
use leptos::prelude::*;

/// The panel's id, which the button opens by the platform's own means: also before any script.
pub const PANEL: &str = "job-tray-panel";

/// Opens the panel, and says at a glance what runs, how far it is and what went wrong.
#[component]
pub fn TrayButton() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let of = move || vec![button(tray), announcer(tray), refusal_note(tray)];
    view! { <Pieces tag="div" class="tray-face" of=Box::new(of) /> }
}

fn button(tray: Tray) -> Piece {
    let connection = tray.connection.get();
    // The age moves each second while offline, and only then.
    let age = match connection {
        Connection::Offline => tray.now.get().seconds_since(tray.heard.get()),
        _ => 0.0,
    };
    let summary = tray.summary.get();
    let face = Face::of(tray.lang, &summary, connection, age.max(0.0));
    let muted = if tray.is_muted() { "" } else { " hidden" };
    let html = format!(
        r#"<button id="job-tray" class="tray" type="button" popovertarget="{PANEL}" aria-controls="{PANEL}" aria-expanded="{}" aria-label="{}" data-status="{}" data-look="{}" data-running="{}" data-queued="{}" data-progress="{}">{}<span class="tray-words"><b>{}</b><span class="tray-soft">{}</span></span><span class="tray-muted"{muted}>{}</span></button>"#,
        tray.open.get(),
        escape(&face.label),
        face.status.as_str(),
        face.look.as_str(),
        summary.running,
        summary.queued,
        face.percent,
        ring(&face, summary.running),
        escape(&face.strong),
        escape(face.soft.as_deref().unwrap_or_default()),
        icon(icons::MUTED),
    );
    Piece::new("button", html)
}
