//! Where jobs and what they refer to are kept. All SQL lives here.
//!
//! # Layout
//! - `sqlite`: opens the database; readers in a pool, one writer beside them
//! - `writer`: the one task that writes: group commit
//! - `tx`: its transaction: savepoints, the numbers of changes
//! - `record`: a job's row, and what a rule decides to do with it
//! - `jobs`: jobs, their logs, who has seen them
//! - `system`: what reads across studios
//! - `studio`: characters, scenes and settings

mod jobs;
mod record;
mod sqlite;
pub mod studio;
mod system;
mod tx;
mod writer;

pub use jobs::{Changed, Due, JobStore, PageQuery, Shown, Standing, Taken};
pub use record::{
    Artifact, ChangeRule, Effects, Key, Lease, NewRecord, PastAttempt, Record, RuleError, Write,
};
pub use sqlite::Sqlite;
pub use studio::StudioStore;
pub use tx::Tx;
pub use writer::Announce;

use std::path::Path;
use std::sync::Arc;

/// Who asks: every query for a person names the studio, and for "mine" the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub studio: String,
    pub user: String,
    pub name: String,
}

/// Why the store could not do it. Nothing was written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Full disk, locked or unreachable database: trying again later can help.
    #[error("the store cannot be used now: {0}")]
    Unavailable(String),
    /// A row that this program cannot have written, or a statement that SQLite refuses.
    #[error("the store holds something unreadable: {0}")]
    Corrupt(String),
    /// A rule forbids it.
    #[error("refused: {0:?}")]
    Rule(RuleError),
    /// The URL or the data directory is of no use.
    #[error("{0}")]
    Config(String),
}

/// What SQLite answers when trying again later can help: the disk, a lock, the memory.
const PASSING: [i32; 9] = [5, 6, 7, 8, 9, 10, 13, 14, 15];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(|error| error.code()?.parse::<i32>().ok());
        match (code, &error) {
            (Some(code), _) if PASSING.contains(&(code & 0xff)) => {
                Self::Unavailable(error.to_string())
            }
            (None, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Corrupt(error.to_string()),
        }
    }
}

/// All that is kept.
pub trait Store: JobStore + StudioStore + Send + Sync {}

impl Store for Sqlite {}

/// Opens the store of a URL: `sqlite:PATH` or `memory:`.
pub async fn open(url: &str, data_dir: &Path) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(Sqlite::open(url, data_dir).await?))
}
