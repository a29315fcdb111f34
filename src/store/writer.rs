//! The one task that writes.
//!
//! It takes what is waiting, runs each piece of work so that it can be undone by itself, commits once
//! (one sync of the disk for all), and only then answers each caller and announces the changes.
//!
//! A statement costs a way to SQLite's thread and back, which is most of what a write costs. So the
//! common write, a report, is two: the row is read, and one update written.

use super::StoreError;
use super::tx::{Tx, execute};
use crate::live::Cursor;
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::sqlite::SqlitePool;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use tokio::sync::{mpsc, oneshot};

/// Writes that wait; beyond it callers wait to get in line.
const WAITING: usize = 1024;
/// Writes that share one commit.
const GROUP: usize = 256;

/// Told after a commit: the studio, and the number of its latest change.
pub type Announce = Box<dyn Fn(&str, Cursor) + Send + Sync>;

/// How work can be undone by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undo {
    /// Under a savepoint from its beginning.
    Whole,
    /// It calls [`Tx::guard`] before it writes more than one statement.
    Guarding,
}

/// Where writes are handed in.
pub(super) struct Writer {
    waiting: mpsc::Sender<Box<dyn Piece>>,
    announce: Arc<OnceLock<Announce>>,
}

impl Writer {
    /// Starts the task; it ends when the last handle is dropped.
    pub fn start(pool: SqlitePool) -> Self {
        let (waiting, inbox) = mpsc::channel(WAITING);
        let announce = Arc::new(OnceLock::new());
        tokio::spawn(run(pool, inbox, Arc::clone(&announce)));
        Self { waiting, announce }
    }

    /// Who is told after each commit; only the first one given counts.
    pub fn announce_to(&self, announce: Announce) {
        let _ = self.announce.set(announce);
    }

    /// Runs `work` in the writer's transaction, and answers after the commit. An error undoes this
    /// work alone; a full disk undoes the whole group.
    pub async fn write<T, F>(&self, undo: Undo, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let piece = Box::new(Write {
            undo,
            work: Some(work),
            value: None,
            reply,
        });
        let stopped = || StoreError::Unavailable("the writer has stopped".to_owned());
        self.waiting.send(piece).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

/// One caller's work, whatever it answers.
trait Piece: Send {
    /// Does the work and keeps its answer.
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<(), StoreError>>;
    /// Answers the caller, once the fate of the group is known.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Write<T, F> {
    undo: Undo,
    work: Option<F>,
    value: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Piece for Write<T, F>
where
    T: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + 'static,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<(), StoreError>> {
        Box::pin(async move {
            let Some(work) = self.work.take() else {
                return Ok(());
            };
            if self.undo == Undo::Whole {
                tx.guard().await?;
            }
            // A panic undoes this work alone, and the writer goes on.
            let done = AssertUnwindSafe(async move { work(tx).await })
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(StoreError::Corrupt("a write panicked".to_owned())));
            let verdict = done.as_ref().map(|_| ()).map_err(Clone::clone);
            self.value = Some(done);
            verdict
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match (committed, self.value) {
            (Ok(()), Some(value)) => value,
            (Ok(()), None) => Err(StoreError::Unavailable("the write was not run".to_owned())),
            (Err(error), _) => Err(error),
        };
        // A caller who left does not wait for an answer; the write stands.
        let _ = self.reply.send(answer);
    }
}

async fn run(
    pool: SqlitePool,
    mut inbox: mpsc::Receiver<Box<dyn Piece>>,
    announce: Arc<OnceLock<Announce>>,
) {
    let mut group = Vec::new();
    while inbox.recv_many(&mut group, GROUP).await > 0 {
        let committed = commit(&pool, &mut group).await;
        if let (Ok(changed), Some(announce)) = (&committed, announce.get()) {
            for (studio, cursor) in changed {
                announce(studio, *cursor);
            }
        }
        let committed = committed.map(|_| ());
        for piece in group.drain(..) {
            piece.answer(committed.clone());
        }
    }
}

/// Runs a group in one transaction: all of it is on disk afterwards, or nothing.
async fn commit(
    pool: &SqlitePool,
    group: &mut [Box<dyn Piece>],
) -> Result<HashMap<String, Cursor>, StoreError> {
    let mut tx = Tx::on(pool.acquire().await?);
    let done = attempt(&mut tx, group).await;
    if done.is_err() {
        // SQLite may have rolled back by itself; then there is nothing to undo.
        let _ = execute(&mut tx, "rollback").await;
    }
    done.map(|()| tx.changed.into_iter().collect())
}

async fn attempt(tx: &mut Tx, group: &mut [Box<dyn Piece>]) -> Result<(), StoreError> {
    execute(tx, "begin immediate").await?;
    for piece in group {
        let changed = tx.changed.len();
        match piece.run(tx).await {
            Ok(()) => tx.release().await?,
            Err(StoreError::Unavailable(why)) => return Err(StoreError::Unavailable(why)),
            Err(_) => {
                tx.changed.truncate(changed);
                tx.undo().await?;
            }
        }
    }
    tx.write_numbers().await?;
    execute(tx, "commit").await
}

#[cfg(test)]
mod tests;
