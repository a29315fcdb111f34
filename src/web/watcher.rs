//! One who watches, over a socket or an event stream: where it stands and what it hears next.

pub mod parts;

use super::WebState;
use super::feed::{Feed, Frame};
use super::problem::ApiError;
use super::query::Params;
use crate::job::Scope;
use crate::live::{Cursor, Message};
use crate::queue::{Changes, QueueError};
use axum::extract::ws::Utf8Bytes;
use parts::Chunks;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::{Instant, sleep_until};

/// How long a live connection waits; tests have less time.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Between two `alive` messages: scripts cannot see pings.
    pub alive_every: Duration,
    /// A reader that takes nothing for this long is let go; it comes back and catches up.
    pub too_slow: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            alive_every: Duration::from_secs(15),
            too_slow: Duration::from_secs(20),
        }
    }
}

/// What a client has already, in its own words.
pub struct Position {
    scope: Scope,
    epoch: Option<String>,
    cursor: Option<Cursor>,
}

impl Position {
    /// From `scope`, `epoch` and `cursor`, or from the id of the last event, `epoch:cursor`.
    pub fn read(params: &Params, last_event: Option<&str>) -> Result<Self, ApiError> {
        params.only(&["scope", "epoch", "cursor"])?;
        let scope = params.one_of::<Scope>("scope")?.unwrap_or_default();
        if let Some((epoch, cursor)) = last_event.and_then(|id| id.rsplit_once(':')) {
            return Ok(Self {
                scope,
                epoch: Some(epoch.to_owned()),
                cursor: cursor.parse().ok(),
            });
        }
        Ok(Self {
            scope,
            epoch: params.text("epoch")?.map(str::to_owned),
            cursor: params.number("cursor", 0..=i64::MAX as u64)?,
        })
    }
}

/// A message for a watcher.
pub struct Told {
    pub text: Utf8Bytes,
    /// Where the watcher stands after it; none for one that moves nobody.
    pub at: Option<(Arc<str>, Cursor)>,
}

/// A snapshot on its way, part by part.
struct Sending {
    chunks: Arc<Chunks>,
    next: usize,
}

/// One watcher. [`Watcher::next`] may be dropped at any await and called again.
pub struct Watcher {
    feed: Arc<Feed>,
    frames: broadcast::Receiver<Frame>,
    user: broadcast::Receiver<Message>,
    /// The epoch as the watcher holds it, and how far it was told.
    epoch: Arc<str>,
    cursor: Option<Cursor>,
    /// Must read by itself before it listens to the feed again.
    behind: bool,
    /// Was told nothing yet; a resume without changes is answered with `alive`.
    greeted: bool,
    sending: Option<Sending>,
    alive_every: Duration,
    alive_at: Instant,
}

impl Watcher {
    /// Registers for changes; what the client missed comes first.
    pub async fn start(state: &WebState, position: Position) -> Result<Self, QueueError> {
        let feed = state.feeds.watch(&state.local, position.scope).await?;
        Ok(Self {
            frames: feed.subscribe(),
            user: feed.queue.watch_user(&feed.caller),
            epoch: position.epoch.unwrap_or_default().into(),
            cursor: position.cursor,
            behind: true,
            greeted: false,
            sending: None,
            alive_every: state.pace.alive_every,
            alive_at: Instant::now() + state.pace.alive_every,
            feed,
        })
    }

    /// The next message, when there is one; none when the feed has ended.
    pub async fn next(&mut self) -> Result<Option<Told>, QueueError> {
        loop {
            if let Some(part) = self.next_part() {
                return Ok(Some(part));
            }
            if self.behind {
                if let Some(told) = self.catch_up().await? {
                    return Ok(Some(told));
                }
                continue;
            }
            tokio::select! {
                frame = self.frames.recv() => match frame {
                    Ok(frame) => if let Some(told) = self.take(frame) { return Ok(Some(told)); },
                    Err(RecvError::Lagged(_)) => self.behind = true,
                    Err(RecvError::Closed) => return Ok(None),
                },
                done = self.user.recv() => if let Ok(message) = done {
                    return Ok(Some(Told { text: parts::text(&message), at: None }));
                },
                () = sleep_until(self.alive_at) => return Ok(Some(self.alive())),
            }
        }
    }

    fn next_part(&mut self) -> Option<Told> {
        let sending = self.sending.as_mut()?;
        let text = sending.chunks.message(sending.next);
        sending.next += 1;
        // Only the whole snapshot is a place to go on from.
        if sending.next < sending.chunks.len() {
            return Some(Told { text, at: None });
        }
        self.sending = None;
        Some(self.told(text))
    }

    /// Reads what the client missed; none when a snapshot is on its way instead.
    async fn catch_up(&mut self) -> Result<Option<Told>, QueueError> {
        let scope = self.feed.scope;
        let Some(cursor) = self.cursor.filter(|_| !self.epoch.is_empty()) else {
            self.start_over().await?;
            return Ok(None);
        };
        let feed = &self.feed;
        let changes = feed
            .queue
            .changes(&feed.caller, scope, &self.epoch, cursor)
            .await?;
        match changes {
            Changes::Since { cursor, jobs } if jobs.is_empty() => {
                self.behind = self.feed.told() > cursor;
                self.cursor = Some(cursor);
                Ok((!self.greeted).then(|| self.alive()))
            }
            Changes::Since { cursor, jobs } => {
                // What does not fit into one message is read again after it.
                let first = parts::changes(cursor, &jobs).into_iter().next();
                Ok(first.map(|(to, text)| {
                    self.behind = to < cursor || self.feed.told() > cursor;
                    self.cursor = Some(to);
                    self.told(text)
                }))
            }
            Changes::Restart(_) => self.start_over().await.map(|()| None),
        }
    }

    async fn start_over(&mut self) -> Result<(), QueueError> {
        let chunks = self.feed.snapshot().await?;
        self.behind = self.feed.told() > chunks.cursor;
        self.epoch = chunks.epoch.as_str().into();
        self.cursor = Some(chunks.cursor);
        self.sending = Some(Sending { chunks, next: 0 });
        Ok(())
    }

    fn take(&mut self, frame: Frame) -> Option<Told> {
        match frame {
            // Whoever read by itself may be past what the feed tells.
            Frame::Changes { to, .. } if Some(to) <= self.cursor => None,
            Frame::Changes { from, to, text } if Some(from) == self.cursor => {
                self.cursor = Some(to);
                text.map(|text| self.told(text))
            }
            Frame::Changes { .. } => {
                self.behind = true;
                None
            }
            Frame::Restart => {
                self.behind = true;
                self.cursor = None;
                None
            }
        }
    }

    fn alive(&mut self) -> Told {
        self.alive_at = Instant::now() + self.alive_every;
        let text = parts::alive(self.cursor.unwrap_or_default());
        self.told(text)
    }

    fn told(&mut self, text: Utf8Bytes) -> Told {
        self.greeted = true;
        let at = self.cursor.map(|cursor| (Arc::clone(&self.epoch), cursor));
        Told { text, at }
    }
}
