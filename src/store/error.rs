//! Why the store rejects a call. Nothing was written.

use crate::job::JobState;

#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A full disk, or a locked or unreachable database: trying again later can help.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// A row that this program cannot have written, or a statement that the database rejects.
    #[error("the store is corrupt: {0}")]
    Corrupt(String),
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// The URL, the data directory or the database itself cannot be used.
    #[error("{0}")]
    Config(String),
}

/// Why a rule rejects a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error("not possible while the job is {}", .0.as_str())]
    Conflict(JobState),
    #[error("the idempotency key was used with another body")]
    KeyReused,
    #[error("the job is leased to a worker")]
    LeaseRequired,
    #[error("the lease was lost")]
    LeaseLost,
    #[error("no such job")]
    NotFound,
}
