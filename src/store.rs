//! Stores jobs and what they refer to. All SQL is in here.
//!
//! # Layout
//! - `jobs`, `studio`: what a backend does, as traits, with the types that they take and return
//! - `record`: a job's row, and what a rule decides to write to it
//! - `caller`, `items`, `error`: who asks, a part of a list, and why the store rejects a call
//! - `sqlite`: the backend on SQLite

mod caller;
mod error;
mod items;
mod jobs;
mod record;
#[cfg(test)]
mod sample;
mod sqlite;
pub mod studio;
#[cfg(test)]
mod tests;

pub use caller::Caller;
pub use error::{RuleError, StoreError};
pub use items::Items;
pub use jobs::JobStore;
pub use jobs::{CompletedJob, JobChange, JobFiles, JobSnapshot};
pub(crate) use jobs::{CompletedQuery, Due, EndMark, JobQuery, LogRange};
pub use record::{Artifact, PastAttempt};
pub(crate) use record::{
    ChangeRule, CheckpointChange, Effects, IdempotencyKey, Lease, NewRecord, Record, RowChange,
};
pub use studio::StudioStore;

use sqlite::Sqlite;
use std::path::Path;
use std::sync::Arc;

/// A whole backend.
pub trait Store: JobStore + StudioStore + Send + Sync {}

impl<S: JobStore + StudioStore + Send + Sync> Store for S {}

/// Opens the store of a URL: `sqlite:PATH`, which is created with its folder when it is missing, or `memory:`.
///
/// # Errors
/// [`StoreError::Config`] when the URL or the data directory cannot be used, or the database was written by a later
/// version of this program.
pub async fn open(url: &str, data_dir: &Path) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(Sqlite::open(url, data_dir).await?))
}
