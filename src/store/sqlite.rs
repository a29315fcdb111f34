//! The backend on SQLite: a pool that reads, and beside it one connection that writes.
//!
//! # Layout
//! - `writer`: the one task that writes, with its group commit; `transaction`: what it writes in
//! - `jobs`, `studio`: the two halves of the store
//! - `columns`, `statement`: how our types are stored, and how inserts and updates are written
//! - `error`: what SQLite's errors mean

mod columns;
mod error;
mod jobs;
#[cfg(test)]
mod plan;
mod statement;
mod studio;
mod transaction;
mod writer;

use super::error::StoreError;
use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::time::Duration;
use writer::Writer;

/// Every step of the schema, oldest first. A released step never changes: each database has its checksum.
static MIGRATIONS: Migrator = sqlx::migrate!();
/// The first version with the fix for the corruption after a WAL reset: <https://sqlite.org/releaselog/3_51_3.html>.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// How long a write waits for another process's lock before it fails.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// Maximum number of reads that run at once.
const READERS: u32 = 4;

/// A store in a file or in memory.
pub(super) struct Sqlite {
    readers: SqlitePool,
    writer: Writer,
}

impl Sqlite {
    /// Opens `sqlite:PATH` (created when missing, with its folder) or a new `memory:`.
    pub(super) async fn open(url: &str, data_dir: &Path) -> Result<Self, StoreError> {
        let (writers, readers) = if matches!(url, "memory:" | "sqlite::memory:") {
            let pool = one_connection().connect_with(in_memory()).await?;
            (pool.clone(), pool)
        } else {
            let options = in_file(url, data_dir)?;
            let writers = one_connection().connect_with(options.clone()).await?;
            let readers = untested(READERS).connect_lazy_with(options);
            (writers, readers)
        };
        check_version(&writers).await?;
        migrate(&writers).await?;
        Ok(Self {
            readers,
            writer: Writer::start(writers),
        })
    }
}

/// A pool that does not test its connections, since a connection to a file does not break.
fn untested(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
}

/// One connection that is never closed: closing it would delete a database in memory.
fn one_connection() -> SqlitePoolOptions {
    untested(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
}

fn in_memory() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .in_memory(true)
        .foreign_keys(true)
        .disable_statement_logging()
}

fn in_file(url: &str, data_dir: &Path) -> Result<SqliteConnectOptions, StoreError> {
    let path = url
        .strip_prefix("sqlite:")
        .map(|path| path.strip_prefix("//").unwrap_or(path))
        .filter(|path| !path.is_empty())
        .ok_or_else(|| {
            StoreError::Config(format!("expected sqlite:PATH or memory:, found {url:?}"))
        })?;
    let path = Path::new(path);
    for folder in [path.parent(), Some(data_dir)].into_iter().flatten() {
        if !folder.as_os_str().is_empty() {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::Config(format!("{}: {error}", folder.display())))?;
        }
    }
    Ok(SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .disable_statement_logging())
}

async fn check_version(pool: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()")
        .fetch_one(pool)
        .await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE {
        let (major, minor, patch) = OLDEST_SQLITE;
        return Err(StoreError::Config(format!(
            "SQLite {version} is too old: {major}.{minor}.{patch} fixed a corruption of the WAL"
        )));
    }
    Ok(())
}

async fn migrate(pool: &SqlitePool) -> Result<(), StoreError> {
    MIGRATIONS
        .run(pool)
        .await
        .map_err(|error| StoreError::Config(format!("migrating the database: {error}")))
}
