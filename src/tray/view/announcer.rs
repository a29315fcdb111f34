//! Tells a screen reader what ended, and nothing else: progress is for who asks.

use super::html::escape;
use crate::browser::Piece;
use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::JobState;
use crate::tray::handle::Tray;
use crate::tray::model::state::Alert;
use leptos::prelude::*;

/// It stands outside the panel, which is silent while it is closed.
pub fn announcer(tray: Tray) -> Piece {
    let said = tray.alerts.with(|alerts| sentence(tray.lang, alerts));
    let said = escape(&said);
    Piece::new(
        "announcer",
        format!(r#"<p class="visually-hidden" role="status" aria-live="polite">{said}</p>"#),
    )
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
                    .fill(messages::SAID_FAILED.get(lang))
            } else {
                messages::SAID_READY.fill(lang, "name", name)
            }
        }
        many => messages::SAID_MANY.fill(lang, "n", many.len()),
    }
}
