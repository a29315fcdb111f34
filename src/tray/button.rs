//! The button in the top navigation.

use super::Tray;
use leptos::prelude::*;

/// Opens the panel, and says at a glance what runs.
#[component]
pub fn TrayButton() -> impl IntoView {
    let tray = expect_context::<Tray>();
    view! {
        <button id="job-tray" type="button" popovertarget="job-tray-panel" aria-expanded="false">
            {move || tray.jobs.with(Vec::len)}
        </button>
    }
}
