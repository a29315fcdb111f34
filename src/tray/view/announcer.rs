//! Announces to screen readers which jobs ended, and nothing else: progress is there for users who look for it.

use super::html::escape;
use super::list_item::ListItem;
use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::{JobState, Text};
use crate::tray::handle::Tray;
use crate::tray::model::alert::Alert;
use leptos::prelude::*;

/// It is outside of the panel, which screen readers skip while it is closed.
pub fn announcer(tray: Tray) -> ListItem {
    let text = (tray.alerts.latest).with(|alerts| sentence(tray.lang, alerts));
    let text = escape(&text);
    ListItem::new(
        "announcer",
        format!(r#"<p class="visually-hidden" role="status" aria-live="polite">{text}</p>"#),
    )
}

fn sentence(lang: Lang, alerts: &[Alert]) -> String {
    match alerts {
        [] => String::new(),
        [Alert { job }] => {
            let name = texts::name(lang, job);
            if job.state == JobState::Failed {
                let why = texts::failure(lang, job).map_or(String::new(), |(why, _)| why);
                Text::new("")
                    .with("name", name)
                    .with("why", why)
                    .fill(messages::ANNOUNCE_FAILED.get(lang))
            } else {
                messages::ANNOUNCE_READY.fill(lang, "name", name)
            }
        }
        many => messages::ANNOUNCE_MANY.fill(lang, "n", many.len()),
    }
}
