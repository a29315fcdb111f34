//! The store on SQLite: readers in a pool, one writer beside them.

use super::StoreError;
use super::writer::Writer;
use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::time::Duration;

/// Every step of the schema, oldest first. A released step never changes: its checksum is in each database.
static MIGRATIONS: Migrator = sqlx::migrate!();
/// The first version with the fix for the corruption of a WAL that is reset.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// How long a write waits for another process's lock before it answers "unavailable".
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// Reads that run side by side.
const READERS: u32 = 4;

/// Jobs and what they refer to, on SQLite, in a file or in memory.
pub struct Sqlite {
    readers: SqlitePool,
    writer: Writer,
}

impl Sqlite {
    /// Opens `sqlite:PATH` (made when missing, with its folder) or a fresh `memory:`.
    pub async fn open(url: &str, data_dir: &Path) -> Result<Self, StoreError> {
        let (writers, readers) = if matches!(url, "memory:" | "sqlite::memory:") {
            let pool = one_connection().connect_with(in_memory()).await?;
            (pool.clone(), pool)
        } else {
            let options = on_file(url, data_dir)?;
            let writers = one_connection().connect_with(options.clone()).await?;
            let readers = unchecked(READERS).connect_lazy_with(options);
            (writers, readers)
        };
        check_version(&writers).await?;
        migrate(&writers).await?;
        Ok(Self {
            readers,
            writer: Writer::start(writers),
        })
    }

    /// Connections to read with. In memory it is the writer's own connection: never hold one
    /// while waiting for [`Writer::write`].
    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// The one connection that writes.
    pub(in crate::store) fn writer(&self) -> &Writer {
        &self.writer
    }
}

/// A pool that does not ask each connection whether it lives: a file does not hang up.
fn unchecked(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
}

/// One connection that is never reaped: in memory, the data would go with it.
fn one_connection() -> SqlitePoolOptions {
    unchecked(1)
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

fn on_file(url: &str, data_dir: &Path) -> Result<SqliteConnectOptions, StoreError> {
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
