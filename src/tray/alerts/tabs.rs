//! The messages about alerts between the tabs of a browser, and what the tabs store for sleeping ones.

use super::method::Method;
use crate::browser::{self, Channel};
use crate::job::Job;
use crate::tray::model::alert::AlertId;
use std::sync::Arc;

/// The name of the channel between the tabs, and the prefix of their keys in the storage.
pub const NAME: &str = "jobtray";
/// Maximum number of alerts that the browser's storage remembers as delivered.
const MAX_STORED: usize = 60;

/// A message between tabs: one line of words that are separated by spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TabMessage {
    /// These alerts were delivered by this method.
    Delivered(Method, Vec<AlertId>),
    /// The toasts of these alerts are gone.
    Dismissed(Vec<AlertId>),
    /// The tab wants to deliver; the lowest rank leads.
    Claim(Method, u32),
}

impl TabMessage {
    /// None for a message that this version does not know: another tab may have a newer page.
    pub fn parse(line: &str) -> Option<Self> {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        match first {
            "toast" => Some(Self::Dismissed(parse_ids(rest))),
            "claim" => {
                let (method, rank) = rest.split_once(' ')?;
                Some(Self::Claim(Method::parse(method)?, rank.parse().ok()?))
            }
            method => Some(Self::Delivered(Method::parse(method)?, parse_ids(rest))),
        }
    }

    pub fn to_line(&self) -> String {
        match self {
            Self::Delivered(method, ids) => format!("{} {}", method.as_str(), join(ids)),
            Self::Dismissed(ids) => format!("toast {}", join(ids)),
            Self::Claim(method, rank) => format!("claim {} {rank}", method.as_str()),
        }
    }
}

/// The channel to the other tabs. It does nothing on the server and in a browser without channels.
#[derive(Debug)]
pub struct Tabs(Option<Channel>);

impl Tabs {
    /// Opens the channel, and calls `receive` with each message of another tab for as long as the channel lives.
    pub fn open(receive: impl Fn(TabMessage) + 'static) -> Self {
        Self(Channel::open(NAME, move |line| {
            if let Some(message) = TabMessage::parse(&line) {
                receive(message);
            }
        }))
    }

    pub fn send(&self, message: &TabMessage) {
        if let Some(channel) = &self.0 {
            channel.send(&message.to_line());
        }
    }
}

/// The alerts that the browser's storage remembers as delivered.
pub fn stored_delivered(method: Method) -> Vec<AlertId> {
    parse_ids(&browser::stored(&storage_key(method)).unwrap_or_default())
}

/// Adds to the alerts that the browser's storage remembers as delivered.
pub fn store_delivered(method: Method, ids: &[AlertId]) {
    let mut stored = stored_delivered(method);
    stored.extend_from_slice(ids);
    let excess = stored.len().saturating_sub(MAX_STORED);
    browser::store(&storage_key(method), &join(&stored[excess..]));
}

/// The alert ids of ended jobs.
pub fn alert_ids(jobs: &[Arc<Job>]) -> Vec<AlertId> {
    jobs.iter().map(|job| AlertId::of(job)).collect()
}

fn storage_key(method: Method) -> String {
    format!("{NAME}.{}", method.as_str())
}

fn parse_ids(words: &str) -> Vec<AlertId> {
    let ids = words.split(' ').filter(|word| !word.is_empty());
    ids.map(AlertId::from_text).collect()
}

fn join(ids: &[AlertId]) -> String {
    let ids: Vec<_> = ids.iter().map(AlertId::as_str).collect();
    ids.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{AlertId, Method, TabMessage};

    #[test]
    fn messages_between_tabs_keep_their_form() {
        let ids = || {
            vec![
                AlertId::from_text("a.1.failed"),
                AlertId::from_text("b.2.completed"),
            ]
        };
        for (message, line) in [
            (
                TabMessage::Delivered(Method::Sound, ids()),
                "sound a.1.failed b.2.completed",
            ),
            (
                TabMessage::Delivered(Method::Desktop, ids()),
                "desktop a.1.failed b.2.completed",
            ),
            (
                TabMessage::Dismissed(ids()),
                "toast a.1.failed b.2.completed",
            ),
            (TabMessage::Claim(Method::Desktop, 7), "claim desktop 7"),
        ] {
            assert_eq!(message.to_line(), line);
            assert_eq!(TabMessage::parse(line), Some(message));
        }
    }

    #[test]
    fn messages_of_a_newer_page_are_ignored() {
        for line in ["", "light a.1.failed", "claim light 7", "claim sound x"] {
            assert_eq!(TabMessage::parse(line), None, "{line}");
        }
    }
}
