//! What the button shows, from the numbers and the connection. Pure.

use super::title;
use crate::i18n::{Lang, Translation, time, tray as messages};
use crate::job::Summary;

/// How the page stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    /// On its way; what is shown is as good as new.
    #[default]
    Connecting,
    Live,
    /// For long enough to say so.
    Offline,
}

/// `data-status` of the button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Idle,
    Running,
    Error,
    Offline,
}

impl Status {
    /// Offline, else what nobody has seen fail, else whether work goes on.
    pub fn of(summary: &Summary, connection: Connection) -> Self {
        if connection == Connection::Offline {
            Self::Offline
        } else if summary.failed_unseen > 0 {
            Self::Error
        } else if summary.running + summary.queued > 0 {
            Self::Running
        } else {
            Self::Idle
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Error => "error",
            Self::Offline => "offline",
        }
    }
}

/// What is drawn, each with a shape of its own: colour alone tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// An empty tray.
    Idle,
    /// How many run, in a ring of how far they are.
    Running,
    /// Two bars.
    Paused,
    /// A tick.
    Ready,
    /// An exclamation mark.
    Error,
    /// A broken ring.
    Offline,
}

impl Look {
    pub fn of(summary: &Summary, connection: Connection) -> Self {
        match Status::of(summary, connection) {
            Status::Offline => Self::Offline,
            Status::Error => Self::Error,
            Status::Running => Self::Running,
            Status::Idle if summary.ready_unseen > 0 => Self::Ready,
            Status::Idle if summary.paused > 0 => Self::Paused,
            Status::Idle => Self::Idle,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Ready => "ready",
            Self::Error => "error",
            Self::Offline => "offline",
        }
    }
}

/// All that the button says.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    pub status: Status,
    pub look: Look,
    /// Whole percent, rounded down; 100 when all is done and not seen yet.
    pub percent: u32,
    /// The weightier words and, after them, the others.
    pub strong: String,
    pub soft: Option<String>,
    /// All of it in one sentence, for `aria-label`.
    pub label: String,
}

impl Face {
    /// `age` is how old the data is, in seconds.
    pub fn of(lang: Lang, summary: &Summary, connection: Connection, age: f64) -> Self {
        let status = Status::of(summary, connection);
        let look = Look::of(summary, connection);
        let (strong, soft) = words(lang, look, summary, age);
        Self {
            status,
            look,
            percent: percent(summary),
            strong,
            soft,
            label: label(lang, status, summary),
        }
    }
}

fn percent(summary: &Summary) -> u32 {
    match summary.progress {
        Some(progress) => title::percent(progress).into(),
        None if summary.ready_unseen + summary.failed_unseen > 0 => 100,
        None => 0,
    }
}

fn words(lang: Lang, look: Look, summary: &Summary, age: f64) -> (String, Option<String>) {
    let count = |words: Translation, n: u32| words.fill(lang, "n", n);
    let done = summary
        .progress
        .map(|progress| time::percent(lang, progress + 1e-11));
    match look {
        Look::Offline => (
            messages::RECONNECTING.get(lang).to_owned(),
            Some(messages::OLD.fill(lang, "t", time::span(age))),
        ),
        Look::Error => (count(messages::COUNT_FAILED, summary.failed_unseen), done),
        Look::Running => (
            done.unwrap_or_default(),
            (summary.queued > 0).then(|| count(messages::COUNT_QUEUED, summary.queued)),
        ),
        Look::Ready => (ready(lang, summary.ready_unseen), None),
        Look::Paused => (count(messages::COUNT_PAUSED, summary.paused), None),
        Look::Idle => (messages::NO_JOBS.get(lang).to_owned(), None),
    }
}

fn ready(lang: Lang, n: u32) -> String {
    match n {
        1 => messages::COUNT_READY_ONE.get(lang).to_owned(),
        n => messages::COUNT_READY.fill(lang, "n", n),
    }
}

/// `Jobs: 2 running, 3 queued, 73%`; what is not there goes unsaid, but for running and queued.
fn label(lang: Lang, status: Status, summary: &Summary) -> String {
    let count = |words: Translation, n: u32| words.fill(lang, "n", n);
    let mut parts = vec![
        count(messages::COUNT_RUNNING, summary.running),
        count(messages::COUNT_QUEUED, summary.queued),
    ];
    if summary.paused > 0 {
        parts.push(count(messages::COUNT_PAUSED, summary.paused));
    }
    if summary.failed_unseen > 0 {
        parts.push(count(messages::COUNT_FAILED, summary.failed_unseen));
    }
    if summary.ready_unseen > 0 {
        parts.push(ready(lang, summary.ready_unseen));
    }
    if let Some(progress) = summary.progress {
        parts.push(time::percent(lang, progress + 1e-11));
    }
    if status == Status::Offline {
        parts.push(messages::OFFLINE.get(lang).to_owned());
    }
    format!("{}: {}", messages::JOBS.get(lang), parts.join(", "))
}

#[cfg(test)]
mod tests;
