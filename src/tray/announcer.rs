//! Tells a screen reader what ended, and nothing else: progress is for who asks.

use super::Tray;
use super::live::text;
use super::state::Alert;
use crate::job::JobState;
use crate::words::{Lang, job as texts, tray as say};
use leptos::prelude::*;

/// It stands outside the panel, which is silent while it is closed.
#[component]
pub fn Announcer() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    view! {
        <p class="visually-hidden" role="status" aria-live="polite">
            {text(move || tray.alerts.with(|alerts| sentence(lang, alerts)))}
        </p>
    }
}

fn sentence(lang: Lang, alerts: &[Alert]) -> String {
    match alerts {
        [] => String::new(),
        [Alert { job }] => {
            let name = texts::name(lang, job);
            if job.state == JobState::Failed {
                let why = texts::failure(lang, job).map_or(String::new(), |(why, _)| why);
                crate::job::Text::new("")
                    .with("name", name)
                    .with("why", why)
                    .fill(say::SAID_FAILED.say(lang))
            } else {
                say::SAID_READY.fill(lang, "name", name)
            }
        }
        many => say::SAID_MANY.fill(lang, "n", many.len()),
    }
}
