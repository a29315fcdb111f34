//! The button in the top navigation.

use super::Tray;
use super::announcer::Announcer;
use super::face::{Connection, Face};
use super::icons::{self, Icon};
use super::live::{flag, text, word};
use super::refusal::RefusalNote;
use super::ring::Ring;
use crate::words::Lang;
use leptos::prelude::*;

/// The panel's id, which the button opens by the platform's own means: also before any script.
pub(super) const PANEL: &str = "job-tray-panel";

/// Opens the panel, and says at a glance what runs, how far it is and what went wrong.
#[component]
pub fn TrayButton() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    let face = Memo::new(move |_| {
        let connection = tray.connection.get();
        // The age moves each second while offline, and only then.
        let age = match connection {
            Connection::Offline => tray.now.get().seconds_since(tray.heard.get()),
            _ => 0.0,
        };
        (tray.summary).with(|summary| Face::of(lang, summary, connection, age.max(0.0)))
    });
    let running = Signal::derive(move || tray.summary.with(|summary| summary.running));
    let queued = move || tray.summary.with(|summary| summary.queued.to_string());
    view! {
        <button
            id="job-tray"
            class="tray"
            type="button"
            popovertarget=PANEL
            aria-controls=PANEL
            aria-expanded=word(move || Some(if tray.open.get() { "true" } else { "false" }))
            aria-label=text(move || face.with(|face| face.label.clone()))
            data-status=word(move || Some(face.with(|face| face.status.as_str())))
            data-look=word(move || Some(face.with(|face| face.look.as_str())))
            data-running=text(move || running.get().to_string())
            data-queued=text(queued)
            data-progress=text(move || face.with(|face| face.percent.to_string()))
        >
            <Ring face running />
            <span class="tray-words">
                <b>{text(move || face.with(|face| face.strong.clone()))}</b>
                <span class="tray-soft">{text(move || face.with(|face| face.soft.clone()))}</span>
            </span>
            <span class="tray-muted" hidden=flag(move || !tray.is_muted())>
                <Icon path=icons::MUTED />
            </span>
        </button>
        <Announcer />
        <RefusalNote />
    }
}
