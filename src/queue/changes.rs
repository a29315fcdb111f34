//! What subscribers read: snapshots, what changed since a cursor, and the tray's totals.

use super::{Caller, Changes, Queue, QueueError};
use crate::job::{Scope, Summary};
use crate::live::{Cursor, MAX_FINISHED, Message, Snapshot};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::time::Duration;
use tokio::sync::{broadcast, watch};

/// The greatest age of a finished job in a snapshot.
const MAX_FINISHED_AGE: Duration = Duration::from_hours(24);
/// Maximum number of changed jobs that a subscriber catches up on; if there are more, it gets a snapshot.
const MAX_CATCH_UP: u32 = 500;

impl Queue {
    /// The studio's latest change number. Subscribe before you read, so that no change is missed.
    #[must_use]
    pub fn watch(&self, studio: &str) -> watch::Receiver<Cursor> {
        self.broadcasts.watch(studio)
    }

    /// What the user did in another tab: finished jobs that they saw, settings that they changed.
    #[must_use]
    pub fn watch_user(&self, caller: &Caller) -> broadcast::Receiver<Message> {
        self.broadcasts.watch_user(caller)
    }

    /// Sends a message to every open page of this user.
    pub fn send_to_user(&self, caller: &Caller, message: Message) {
        self.broadcasts.send_to_user(caller, message);
    }

    /// Everything that a tray shows.
    pub async fn snapshot(&self, caller: &Caller, scope: Scope) -> Result<Snapshot, QueueError> {
        let now = self.now();
        let since = now.before(MAX_FINISHED_AGE);
        let stored = self
            .store
            .snapshot(caller, scope, since, MAX_FINISHED)
            .await?;
        Ok(Snapshot {
            epoch: self.epoch_of(caller, scope),
            cursor: stored.cursor,
            server_time: self.now(),
            jobs: stored.jobs,
            seen: stored.seen,
        })
    }

    /// What changed since a cursor, or a snapshot if the cursor is invalid or too old.
    pub async fn changes(
        &self,
        caller: &Caller,
        scope: Scope,
        epoch: &str,
        cursor: Cursor,
    ) -> Result<Changes, QueueError> {
        if epoch == self.epoch_of(caller, scope) {
            let (latest, jobs) = self
                .store
                .changed_since(caller, scope, cursor, MAX_CATCH_UP + 1)
                .await?;
            if cursor <= latest && jobs.len() <= MAX_CATCH_UP as usize {
                return Ok(Changes::Since {
                    cursor: latest,
                    jobs,
                });
            }
        }
        Ok(Changes::Restart(self.snapshot(caller, scope).await?))
    }

    /// The tray's totals, over the jobs of a snapshot.
    pub async fn summary(&self, caller: &Caller, scope: Scope) -> Result<Summary, QueueError> {
        let snapshot = self.snapshot(caller, scope).await?;
        Ok(Summary::of(&snapshot.jobs, &snapshot.seen))
    }

    /// A cursor is valid for one user, one scope and one run of the server: between two runs somebody
    /// may have restored a backup.
    fn epoch_of(&self, caller: &Caller, scope: Scope) -> String {
        let mut hash = Sha256::new();
        for part in [&*self.epoch, caller.studio.as_str(), caller.user.as_str()] {
            hash.update(part);
            hash.update([0]);
        }
        hash.update([u8::from(scope == Scope::Studio)]);
        let hash = hash.finalize();
        hash.iter().take(8).fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}
