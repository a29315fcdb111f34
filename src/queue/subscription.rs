//! Follows a studio's changes: socket, event stream, MCP waits and resource subscriptions all read through this.

use super::{Caller, Changes, JobChange, Queue, QueueError};
use crate::job::Scope;
use crate::live::{Cursor, Snapshot};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// Time between two reads without a wake-up: a lost wake-up delays a change, but does not lose it.
pub const POLL: Duration = Duration::from_secs(3);

/// What one read of a subscription finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// The visible jobs that changed since the last read, the oldest change first; empty when none did.
    Changes(Vec<JobChange>),
    /// The cursor is invalid: everything that a tray shows, in place of what was read before.
    Restart(Snapshot),
}

/// A reader of one studio's changes, as one user sees them in one scope. It registered for wake-ups before its first
/// read, so no change is missed.
pub struct Subscription {
    queue: Queue,
    caller: Caller,
    scope: Scope,
    /// Empty before the first read, which makes that read a restart.
    epoch: String,
    cursor: Cursor,
    wake_ups: watch::Receiver<Cursor>,
}

impl Queue {
    /// Subscribes to the changes that a caller may see. The first read gives a snapshot.
    #[must_use]
    pub fn subscribe(&self, caller: &Caller, scope: Scope) -> Subscription {
        Subscription {
            wake_ups: self.watch(&caller.studio),
            queue: self.clone(),
            caller: caller.clone(),
            scope,
            epoch: String::new(),
            cursor: 0,
        }
    }
}

impl Subscription {
    /// Reads what changed since the last read.
    ///
    /// # Errors
    /// The store cannot answer now. The position stays, so the next read finds the same.
    pub async fn read(&mut self) -> Result<Update, QueueError> {
        let changes = self
            .queue
            .changes(&self.caller, self.scope, &self.epoch, self.cursor);
        Ok(match changes.await? {
            Changes::Since { cursor, jobs } => {
                self.cursor = cursor;
                Update::Changes(jobs)
            }
            Changes::Restart(snapshot) => {
                self.continue_after(&snapshot);
                Update::Restart(snapshot)
            }
        })
    }

    /// Reads a snapshot; the next read continues after it.
    ///
    /// # Errors
    /// The store cannot answer now. The position stays.
    pub async fn snapshot(&mut self) -> Result<Snapshot, QueueError> {
        let snapshot = self.queue.snapshot(&self.caller, self.scope).await?;
        self.continue_after(&snapshot);
        Ok(snapshot)
    }

    /// Waits for a change in the studio, at most until `deadline`. False when the queue is gone.
    pub async fn wait_until(&mut self, deadline: Instant) -> bool {
        !matches!(
            timeout_at(deadline, self.wake_ups.changed()).await,
            Ok(Err(_))
        )
    }

    /// Waits for a change in the studio, at most for [`POLL`]. False when the queue is gone.
    pub async fn wait(&mut self) -> bool {
        self.wait_until(Instant::now() + POLL).await
    }

    /// Makes the next read a restart.
    pub fn reset(&mut self) {
        self.epoch.clear();
    }

    /// How far the rows were read.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The studio's latest change number from the wake-ups, for callers that do not read the changes.
    #[must_use]
    pub fn latest(&self) -> watch::Receiver<Cursor> {
        self.wake_ups.clone()
    }

    fn continue_after(&mut self, snapshot: &Snapshot) {
        self.epoch.clone_from(&snapshot.epoch);
        self.cursor = snapshot.cursor;
    }
}
