//! The one task that writes.
//!
//! It takes what is waiting, runs each piece of work under a savepoint of its own, commits once
//! (one sync of the disk for all), and only then answers each caller and announces the changes.

use super::StoreError;
use crate::live::Cursor;
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::SqliteConnection;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{Sqlite, SqlitePool};
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, OnceLock};
use tokio::sync::{mpsc, oneshot};

/// Writes that wait; beyond it callers wait to get in line.
const WAITING: usize = 1024;
/// Writes that share one commit.
const GROUP: usize = 256;

/// Told after a commit: the studio, and the number of its latest change.
pub type Announce = Box<dyn Fn(&str, Cursor) + Send + Sync>;

/// The open transaction of a group. Derefs to the connection.
pub struct Tx {
    connection: PoolConnection<Sqlite>,
    changed: Vec<(String, Cursor)>,
}

impl Tx {
    /// Announces a change of a studio once the group is committed.
    pub(super) fn changed(&mut self, studio: &str, cursor: Cursor) {
        self.changed.push((studio.to_owned(), cursor));
    }
}

impl Deref for Tx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
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

    /// Runs `work` in the writer's transaction, under a savepoint of its own, and answers after
    /// the commit. An error undoes this work alone; a full disk undoes the whole group.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, StoreError>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let piece = Box::new(Write {
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
    let mut tx = Tx {
        connection: pool.acquire().await?,
        changed: Vec::new(),
    };
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
        execute(tx, "savepoint piece").await?;
        let changed = tx.changed.len();
        match piece.run(tx).await {
            Ok(()) => execute(tx, "release piece").await?,
            Err(StoreError::Unavailable(why)) => return Err(StoreError::Unavailable(why)),
            Err(_) => {
                tx.changed.truncate(changed);
                execute(tx, "rollback to piece; release piece").await?;
            }
        }
    }
    execute(tx, "commit").await
}

async fn execute(tx: &mut Tx, sql: &'static str) -> Result<(), StoreError> {
    sqlx::raw_sql(sql).execute(&mut **tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::store::{Sqlite, StoreError};
    use futures::future::join_all;

    async fn pages(store: &Sqlite, most: &'static str) {
        let set = store.writer().write(move |tx| {
            Box::pin(async move {
                sqlx::raw_sql(most).execute(&mut **tx).await?;
                Ok(())
            })
        });
        set.await.unwrap();
    }

    async fn note(store: &Sqlite, bytes: usize) -> Result<(), StoreError> {
        let name = "x".repeat(bytes);
        store
            .writer()
            .write(move |tx| {
                Box::pin(async move {
                    let id = uuid::Uuid::now_v7().to_string();
                    sqlx::query("insert into studios (id, name) values (?, ?)")
                        .bind(id)
                        .bind(name)
                        .execute(&mut **tx)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    async fn kept(store: &Sqlite) -> i64 {
        sqlx::query_scalar("select count(*) from studios where name like 'x%'")
            .fetch_one(store.readers())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_full_disk_fails_the_whole_group_and_service_returns() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("full.db").display());
        let store = Sqlite::open(&url, folder.path()).await.unwrap();
        pages(&store, "pragma max_page_count = 150").await;
        // Some of them would fit alone; they share their group's fate.
        let answers = join_all((0..8).map(|_| note(&store, 300_000))).await;
        let good = answers.iter().filter(|answer| answer.is_ok()).count();
        assert!(good < answers.len());
        for answer in answers.iter().filter(|answer| answer.is_err()) {
            assert!(
                matches!(answer, Err(StoreError::Unavailable(_))),
                "{answer:?}"
            );
        }
        assert_eq!(
            kept(&store).await,
            i64::try_from(good).unwrap(),
            "no false success"
        );
        pages(&store, "pragma max_page_count = 1000000").await;
        note(&store, 300_000).await.unwrap();
        assert_eq!(kept(&store).await, i64::try_from(good).unwrap() + 1);
    }

    #[tokio::test]
    async fn a_failed_piece_undoes_itself_alone() {
        let store = Sqlite::open("memory:", std::path::Path::new(""))
            .await
            .unwrap();
        let fails = store.writer().write::<(), _>(|tx| {
            Box::pin(async move {
                sqlx::query("insert into studios (id, name) values ('a', 'x')")
                    .execute(&mut **tx)
                    .await?;
                tx.changed("a", 1);
                Err(StoreError::Corrupt("on purpose".to_owned()))
            })
        });
        let panics = store
            .writer()
            .write::<(), _>(|_| Box::pin(async { panic!("on purpose") }));
        let (failed, panicked, noted) = tokio::join!(fails, panics, note(&store, 1));
        assert!(failed.is_err() && panicked.is_err());
        noted.unwrap();
        assert_eq!(kept(&store).await, 1);
    }
}
