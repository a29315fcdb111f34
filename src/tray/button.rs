//! The button in the top navigation.

use super::Tray;
use super::announcer::Announcer;
use super::face::{Connection, Face};
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
    // The age moves each second while offline, and only then.
    let age = Memo::new(move |_| match tray.connection.get() {
        Connection::Offline => tray
            .now
            .get()
            .seconds_since(tray.heard.get())
            .max(0.0)
            .floor(),
        _ => 0.0,
    });
    let face = Memo::new(move |_| {
        tray.summary
            .with(|summary| Face::of(lang, summary, tray.connection.get(), age.get()))
    });
    let running = Signal::derive(move || tray.summary.with(|summary| summary.running));
    let queued = move || tray.summary.with(|summary| summary.queued);
    view! {
        <button
            id="job-tray"
            class="tray"
            type="button"
            popovertarget=PANEL
            aria-controls=PANEL
            aria-expanded=move || if tray.open.get() { "true" } else { "false" }
            aria-label=move || face.with(|face| face.label.clone())
            data-status=move || face.with(|face| face.status.as_str())
            data-look=move || face.with(|face| face.look.as_str())
            data-running=move || running.get()
            data-queued=queued
            data-progress=move || face.with(|face| face.percent)
        >
            <Ring face running />
            <span class="tray-words">
                <b>{move || face.with(|face| face.strong.clone())}</b>
                <span class="tray-soft">{move || face.with(|face| face.soft.clone())}</span>
            </span>
        </button>
        <Announcer />
        <RefusalNote />
    }
}
