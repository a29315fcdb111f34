//! The one task that writes.
//!
//! It collects the waiting writes, runs each so that it can be undone without the others, and commits once, with one
//! sync of the disk for all. Only then does it call the commit's listener and answer each caller.
//!
//! Each statement is a round trip to SQLite's thread, which is most of what a write costs. So the most frequent
//! write, a report, is two statements: the row is read, and updated once.

use super::transaction::Transaction;
use crate::live::Cursor;
use crate::store::error::StoreError;
use crate::store::jobs::CommitListener;
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::sqlite::SqlitePool;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use tokio::sync::{mpsc, oneshot};

/// Maximum number of waiting writes; further callers wait for a place in the channel.
const WAITING: usize = 1024;
/// Maximum number of writes that share a commit.
const GROUP: usize = 256;

/// How a write can be undone without its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undo {
    /// It runs inside a savepoint.
    Savepoint,
    /// It calls [`Transaction::savepoint`] before it writes more than one statement.
    OnDemand,
}

/// Sends writes to the task.
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn QueuedWrite>>,
    listener: Arc<OnceLock<CommitListener>>,
}

impl Writer {
    /// Starts the task; it ends when the last handle is dropped.
    pub(super) fn start(pool: SqlitePool) -> Self {
        let (queue, inbox) = mpsc::channel(WAITING);
        let listener = Arc::new(OnceLock::new());
        tokio::spawn(run(pool, inbox, Arc::clone(&listener)));
        Self { queue, listener }
    }

    /// Calls a listener after each commit; only the first one counts.
    pub(super) fn on_commit(&self, listener: CommitListener) {
        let _ = self.listener.set(listener);
    }

    /// Runs `work` in the writer's transaction, and answers after the commit.
    ///
    /// # Errors
    /// The error of `work`: then only this write is undone. [`StoreError::Unavailable`] when the commit fails, such as
    /// on a full disk: then the whole group is undone.
    pub(super) async fn write<T, F>(&self, undo: Undo, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Transaction) -> BoxFuture<'t, Result<T, StoreError>>
            + Send
            + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let write = Box::new(Write {
            undo,
            work: Some(work),
            outcome: None,
            reply,
        });
        let stopped = || StoreError::Unavailable("the writer has stopped".to_owned());
        self.queue.send(write).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }
}

/// One caller's write, of any return type.
trait QueuedWrite: Send {
    /// Runs the write and keeps its outcome.
    fn run<'t>(
        &'t mut self,
        transaction: &'t mut Transaction,
    ) -> BoxFuture<'t, Result<(), StoreError>>;
    /// Answers the caller, once it is known whether the group was committed.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Write<T, F> {
    undo: Undo,
    work: Option<F>,
    outcome: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> QueuedWrite for Write<T, F>
where
    T: Send + 'static,
    F: for<'t> FnOnce(&'t mut Transaction) -> BoxFuture<'t, Result<T, StoreError>> + Send + 'static,
{
    fn run<'t>(
        &'t mut self,
        transaction: &'t mut Transaction,
    ) -> BoxFuture<'t, Result<(), StoreError>> {
        Box::pin(async move {
            let Some(work) = self.work.take() else {
                return Ok(());
            };
            if self.undo == Undo::Savepoint {
                transaction.savepoint().await?;
            }
            // A panic undoes only this write, and the task continues.
            let outcome = AssertUnwindSafe(async move { work(transaction).await })
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(StoreError::Corrupt("a write panicked".to_owned())));
            let verdict = outcome.as_ref().map(|_| ()).map_err(Clone::clone);
            self.outcome = Some(outcome);
            verdict
        })
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(StoreError::Unavailable("the write was not run".to_owned())),
            (Err(error), _) => Err(error),
        };
        // An error means that the caller is gone, which does not undo the write.
        let _ = self.reply.send(answer);
    }
}

async fn run(
    pool: SqlitePool,
    mut inbox: mpsc::Receiver<Box<dyn QueuedWrite>>,
    listener: Arc<OnceLock<CommitListener>>,
) {
    let mut group = Vec::new();
    while inbox.recv_many(&mut group, GROUP).await > 0 {
        let committed = commit(&pool, &mut group).await;
        if let (Ok(changes), Some(listener)) = (&committed, listener.get()) {
            for (studio, cursor) in changes {
                listener(studio, *cursor);
            }
        }
        let committed = committed.map(|_| ());
        for write in group.drain(..) {
            write.answer(committed.clone());
        }
    }
}

/// Runs a group in one transaction: afterwards all of it is on disk, or none. Returns the latest change of each
/// studio.
async fn commit(
    pool: &SqlitePool,
    group: &mut [Box<dyn QueuedWrite>],
) -> Result<HashMap<String, Cursor>, StoreError> {
    let mut transaction = Transaction::on(pool.acquire().await?);
    let done = run_group(&mut transaction, group).await;
    if done.is_err() {
        // An error means that SQLite has already rolled back.
        let _ = transaction.execute("rollback").await;
    }
    done.map(|()| transaction.changes.into_iter().collect())
}

async fn run_group(
    transaction: &mut Transaction,
    group: &mut [Box<dyn QueuedWrite>],
) -> Result<(), StoreError> {
    transaction.execute("begin immediate").await?;
    for write in group {
        let changes = transaction.changes.len();
        match write.run(transaction).await {
            Ok(()) => transaction.release().await?,
            Err(StoreError::Unavailable(why)) => return Err(StoreError::Unavailable(why)),
            Err(_) => {
                transaction.changes.truncate(changes);
                transaction.undo().await?;
            }
        }
    }
    transaction.write_change_numbers().await?;
    transaction.execute("commit").await
}

#[cfg(test)]
mod tests;
