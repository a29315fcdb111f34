//! The texts of the button, from the totals and the connection.

use crate::i18n::{Lang, Translation, time, tray as messages};
use crate::job::Summary;
use crate::tray::model::status::{Badge, Connection, TrayStatus};
use crate::tray::model::totals::whole_percent;
use std::time::Duration;

/// All that the button shows.
#[derive(Debug, Clone, PartialEq)]
pub struct ButtonContent {
    pub status: TrayStatus,
    pub badge: Badge,
    /// Whole percent, rounded down; 100 when all jobs are done but not all are seen.
    pub percent: u8,
    /// The main text, followed by `secondary`.
    pub primary: String,
    pub secondary: Option<String>,
    /// All of it in one sentence, for `aria-label`.
    pub label: String,
}

impl ButtonContent {
    /// `age` is how old the data is.
    pub fn new(lang: Lang, totals: &Summary, connection: Connection, age: Duration) -> Self {
        let status = TrayStatus::of(totals, connection);
        let badge = Badge::of(totals, connection);
        let (primary, secondary) = texts(lang, badge, totals, age);
        Self {
            status,
            badge,
            percent: percent(totals),
            primary,
            secondary,
            label: label(lang, status, totals),
        }
    }
}

fn percent(totals: &Summary) -> u8 {
    match totals.progress {
        Some(progress) => whole_percent(progress),
        None if totals.ready_unseen + totals.failed_unseen > 0 => 100,
        None => 0,
    }
}

fn texts(lang: Lang, badge: Badge, totals: &Summary, age: Duration) -> (String, Option<String>) {
    let progress = progress_text(lang, totals);
    match badge {
        Badge::Offline => (
            messages::BUTTON_OFFLINE.get(lang).to_owned(),
            Some(messages::AGE.fill(lang, "t", time::span(age.as_secs_f64()))),
        ),
        Badge::Error => (
            count(lang, messages::COUNT_FAILED, totals.failed_unseen),
            progress,
        ),
        Badge::Running => {
            let queued = count(lang, messages::COUNT_QUEUED, totals.queued);
            let queued = (totals.queued > 0).then_some(queued);
            (progress.unwrap_or_default(), queued)
        }
        Badge::Ready => (ready(lang, totals.ready_unseen), None),
        Badge::Paused => (count(lang, messages::COUNT_PAUSED, totals.paused), None),
        Badge::Idle => (messages::NO_JOBS.get(lang).to_owned(), None),
    }
}

/// `Jobs: 2 running, 3 queued, 73%`. Running and queued jobs are always counted, the rest where there are any.
fn label(lang: Lang, status: TrayStatus, totals: &Summary) -> String {
    let mut parts = vec![
        count(lang, messages::COUNT_RUNNING, totals.running),
        count(lang, messages::COUNT_QUEUED, totals.queued),
    ];
    if totals.paused > 0 {
        parts.push(count(lang, messages::COUNT_PAUSED, totals.paused));
    }
    if totals.failed_unseen > 0 {
        parts.push(count(lang, messages::COUNT_FAILED, totals.failed_unseen));
    }
    if totals.ready_unseen > 0 {
        parts.push(ready(lang, totals.ready_unseen));
    }
    parts.extend(progress_text(lang, totals));
    if status == TrayStatus::Offline {
        parts.push(messages::LABEL_OFFLINE.get(lang).to_owned());
    }
    format!("{}: {}", messages::JOBS.get(lang), parts.join(", "))
}

fn count(lang: Lang, message: Translation, n: u32) -> String {
    message.fill(lang, "n", n)
}

fn ready(lang: Lang, n: u32) -> String {
    match n {
        1 => messages::COUNT_READY_ONE.get(lang).to_owned(),
        n => count(lang, messages::COUNT_READY, n),
    }
}

/// The progress, rounded down by [`whole_percent`].
fn progress_text(lang: Lang, totals: &Summary) -> Option<String> {
    let progress = totals.progress?;
    Some(time::percent(lang, progress + 1e-11))
}

#[cfg(test)]
mod tests;
