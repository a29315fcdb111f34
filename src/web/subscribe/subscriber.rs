//! One live client, over a socket or an event stream: its position and its next message.

use super::broadcast::{Broadcast, Frame, LiveBroadcasts};
use super::messages::{self, SnapshotMessages};
use crate::job::Scope;
use crate::live::{Cursor, Message};
use crate::queue::{Caller, Changes, QueueError};
use crate::web::api_error::ApiError;
use crate::web::query::Params;
use axum::extract::ws::Utf8Bytes;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::time::{Instant, sleep_until};

/// The timing of live connections; tests use shorter times.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The time between two `alive` messages, which scripts need because they cannot see pings.
    pub alive_every: Duration,
    /// A client that does not read for this long is disconnected. It reconnects and catches up.
    pub send_timeout: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            alive_every: Duration::from_secs(15),
            send_timeout: Duration::from_secs(20),
        }
    }
}

/// What a client already has, according to its request.
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

/// A message for a client.
pub struct Outgoing {
    pub text: Utf8Bytes,
    /// The epoch and the cursor after it; none if the message is no position to resume from.
    pub position: Option<(Arc<str>, Cursor)>,
}

/// A snapshot that is being sent in parts.
struct Sending {
    snapshot: Arc<SnapshotMessages>,
    next: usize,
}

/// One live client. [`Subscriber::next`] is cancel-safe.
pub struct Subscriber {
    broadcast: Arc<Broadcast>,
    frames: Receiver<Frame>,
    user: Receiver<Message>,
    /// The position of the client.
    epoch: Arc<str>,
    cursor: Option<Cursor>,
    /// Whether it has to catch up by itself before it follows the broadcast.
    behind: bool,
    /// Whether a message was sent. A client that resumes without changes first gets `alive`.
    has_sent: bool,
    sending: Option<Sending>,
    alive_every: Duration,
    alive_at: Instant,
}

impl Subscriber {
    /// Registers for changes. The changes that the client missed come first.
    pub async fn start(
        broadcasts: &LiveBroadcasts,
        caller: &Caller,
        pace: Pace,
        position: Position,
    ) -> Result<Self, QueueError> {
        let broadcast = broadcasts.join(caller, position.scope).await?;
        Ok(Self {
            frames: broadcast.subscribe(),
            user: broadcast.queue.watch_user(&broadcast.caller),
            epoch: position.epoch.unwrap_or_default().into(),
            cursor: position.cursor,
            behind: true,
            has_sent: false,
            sending: None,
            alive_every: pace.alive_every,
            alive_at: Instant::now() + pace.alive_every,
            broadcast,
        })
    }

    /// The next message; none when the broadcast has ended.
    pub async fn next(&mut self) -> Result<Option<Outgoing>, QueueError> {
        loop {
            if let Some(part) = self.next_part() {
                return Ok(Some(part));
            }
            if self.behind {
                if let Some(outgoing) = self.catch_up().await? {
                    return Ok(Some(outgoing));
                }
                continue;
            }
            tokio::select! {
                frame = self.frames.recv() => match frame {
                    Ok(frame) => if let Some(outgoing) = self.follow(frame) { return Ok(Some(outgoing)); },
                    Err(RecvError::Lagged(_)) => self.behind = true,
                    Err(RecvError::Closed) => return Ok(None),
                },
                message = self.user.recv() => if let Ok(message) = message {
                    return Ok(Some(Outgoing { text: messages::text(&message), position: None }));
                },
                () = sleep_until(self.alive_at) => return Ok(Some(self.alive())),
            }
        }
    }

    fn next_part(&mut self) -> Option<Outgoing> {
        let sending = self.sending.as_mut()?;
        let text = sending.snapshot.message(sending.next);
        sending.next += 1;
        // A client can resume only after the whole snapshot.
        if sending.next < sending.snapshot.len() {
            return Some(Outgoing {
                text,
                position: None,
            });
        }
        self.sending = None;
        Some(self.outgoing(text))
    }

    /// Reads the changes that the client missed; none if a snapshot is sent instead.
    async fn catch_up(&mut self) -> Result<Option<Outgoing>, QueueError> {
        let scope = self.broadcast.scope;
        let Some(cursor) = self.cursor.filter(|_| !self.epoch.is_empty()) else {
            self.start_over().await?;
            return Ok(None);
        };
        let broadcast = &self.broadcast;
        let changes = broadcast
            .queue
            .changes(&broadcast.caller, scope, &self.epoch, cursor)
            .await?;
        match changes {
            Changes::Since { cursor, jobs } if jobs.is_empty() => {
                self.behind = self.broadcast.sent() > cursor;
                self.cursor = Some(cursor);
                Ok((!self.has_sent).then(|| self.alive()))
            }
            Changes::Since { cursor, jobs } => {
                // Changes beyond the first message are read again after it.
                let first = messages::changes(cursor, &jobs).into_iter().next();
                Ok(first.map(|(to, text)| {
                    self.behind = to < cursor || self.broadcast.sent() > cursor;
                    self.cursor = Some(to);
                    self.outgoing(text)
                }))
            }
            Changes::Restart(_) => self.start_over().await.map(|()| None),
        }
    }

    async fn start_over(&mut self) -> Result<(), QueueError> {
        let snapshot = self.broadcast.snapshot().await?;
        self.behind = self.broadcast.sent() > snapshot.cursor;
        self.epoch = snapshot.epoch.as_str().into();
        self.cursor = Some(snapshot.cursor);
        self.sending = Some(Sending { snapshot, next: 0 });
        Ok(())
    }

    fn follow(&mut self, frame: Frame) -> Option<Outgoing> {
        match frame {
            // After catching up by itself, the subscriber may be ahead of the broadcast.
            Frame::Changes { to, .. } if Some(to) <= self.cursor => None,
            Frame::Changes { from, to, text } if Some(from) == self.cursor => {
                self.cursor = Some(to);
                text.map(|text| self.outgoing(text))
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

    fn alive(&mut self) -> Outgoing {
        self.alive_at = Instant::now() + self.alive_every;
        let text = messages::alive(self.cursor.unwrap_or_default());
        self.outgoing(text)
    }

    fn outgoing(&mut self, text: Utf8Bytes) -> Outgoing {
        self.has_sent = true;
        let position = self.cursor.map(|cursor| (Arc::clone(&self.epoch), cursor));
        Outgoing { text, position }
    }
}
