//! The HTML of the digest: what ended while nobody looked.

use super::toast::{TOAST, dismiss_button, heading, job_links, panel_button};
use crate::i18n::tray as messages;
use crate::job::JobState;
use crate::tray::handle::Tray;
use crate::tray::view::html::button;
use leptos::prelude::*;

/// The key of the digest among the toasts.
pub const DIGEST: &str = "digest";
/// Maximum number of jobs in the digest; the panel has the rest.
const MAX_ROWS: usize = 4;

/// Lists failures and then results, the latest first; none while there is nothing to list.
pub fn digest(tray: Tray) -> Option<String> {
    let lang = tray.lang;
    let missed = tray.alerts.missed.get();
    tray.unseen.track();
    let jobs = tray.own_unseen_jobs(|job| missed.contains(&job.job_id));
    if jobs.is_empty() {
        return None;
    }
    let latest = |failed: bool| {
        let latest = jobs.iter().rev();
        latest.filter(move |job| (job.state == JobState::Failed) == failed)
    };
    let hidden = jobs.len().saturating_sub(MAX_ROWS);
    let more = if hidden > 0 {
        panel_button("quiet", &messages::MORE_TOASTS.fill(lang, "n", hidden))
    } else {
        String::new()
    };
    Some(format!(
        r#"<article class="toast digest" {TOAST}="{DIGEST}"><div class="toast-text">{}{}<div class="toast-buttons">{}{more}</div></div>{}</article>"#,
        heading(messages::AWAY.get(lang)),
        job_links(tray, latest(true).chain(latest(false)).take(MAX_ROWS)),
        button("chip", "seen", "", messages::SEEN_ALL.get(lang)),
        dismiss_button(lang),
    ))
}
