//! The one door through which jobs change.
//!
//! Pages, REST, server functions and workers all call [`Queue`]; it checks, asks the store for a
//! guarded write, and wakes whoever watches the studio after the commit.

mod catalogue;
mod requests;

pub use crate::store::Caller;
pub use catalogue::{Catalogue, KindSpec, Prepared};
pub use requests::{
    Artifact, Changes, Claim, ClaimRequest, JobFilter, NewJob, NewLogLine, NewResult, Report,
    Reporter,
};

use crate::job::{Job, JobId, JobPage, JobState, LogPage, Notify, Scope, Summary};
use crate::live::{Cursor, Snapshot};
use crate::store::{Store, StoreError};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{Notify as Wake, broadcast, watch};

/// Why a request was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    #[error("{field}: {problem}")]
    Invalid { field: String, problem: String },
    #[error("no such job")]
    NotFound,
    #[error("a job that is {state} cannot do that", state = .0.as_str())]
    Conflict(JobState),
    #[error("this job is leased: send its Lease-Token")]
    LeaseRequired,
    #[error("the lease was lost to a later claim")]
    LeaseLost,
    #[error("the idempotency key was used with another body")]
    KeyReused,
    #[error("a request with this idempotency key is still in flight")]
    KeyInFlight,
    #[error("the store cannot write now: {0}")]
    Unavailable(String),
}

/// The one door to jobs; cheap to clone.
#[derive(Clone)]
pub struct Queue {
    #[allow(dead_code)]
    store: Arc<dyn Store>,
    catalogue: Catalogue,
    work_arrived: Arc<Wake>,
}

#[allow(clippy::unused_async, unused_variables, clippy::unused_self)]
impl Queue {
    /// The queue on an open store, with the kinds that this program can do.
    pub async fn open(store: Arc<dyn Store>, catalogue: Catalogue) -> Result<Self, StoreError> {
        Ok(Self {
            store,
            catalogue,
            work_arrived: Arc::default(),
        })
    }

    /// A queue on a fresh `memory:` store, for tests and trials.
    pub async fn in_memory(catalogue: Catalogue) -> Result<Self, StoreError> {
        let store = crate::store::open("memory:", Path::new("")).await?;
        Self::open(store, catalogue).await
    }

    /// Makes a job and returns at once.
    pub async fn submit(&self, caller: &Caller, new: NewJob) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// Any job of the caller's studio.
    pub async fn get(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// The validated input of a job.
    pub async fn input(&self, caller: &Caller, id: &JobId) -> Result<Value, QueueError> {
        Err(not_yet())
    }

    /// A page of jobs, newest first.
    pub async fn list(&self, caller: &Caller, filter: JobFilter) -> Result<JobPage, QueueError> {
        Err(not_yet())
    }

    /// The tray's numbers.
    pub async fn summary(&self, caller: &Caller, scope: Scope) -> Result<Summary, QueueError> {
        Err(not_yet())
    }

    /// Pauses a queued or external job at once; a running one at its next checkpoint.
    pub async fn pause(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// Lets a paused job go on, or takes back a pause that was not honoured yet.
    pub async fn resume(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// Ends a job: at once, or at its worker's next checkpoint.
    pub async fn cancel(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// Makes the next attempt of a failed or cancelled job.
    pub async fn retry(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// When the owner wants to hear of the job's end.
    pub async fn set_notify(
        &self,
        caller: &Caller,
        id: &JobId,
        notify: Notify,
    ) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// The user has seen how these jobs ended.
    pub async fn mark_seen(&self, caller: &Caller, ids: &[JobId]) -> Result<(), QueueError> {
        Err(not_yet())
    }

    /// Log lines after a cursor, in order.
    pub async fn logs(
        &self,
        caller: &Caller,
        id: &JobId,
        after: u64,
        limit: u32,
    ) -> Result<LogPage, QueueError> {
        Err(not_yet())
    }

    /// Where the finished work lies.
    pub async fn artifact(&self, caller: &Caller, id: &JobId) -> Result<Artifact, QueueError> {
        Err(not_yet())
    }

    /// Takes a report; an empty one is a heartbeat that extends the lease and changes no version.
    pub async fn report(
        &self,
        by: Reporter<'_>,
        id: &JobId,
        report: Report,
    ) -> Result<Job, QueueError> {
        Err(not_yet())
    }

    /// Gives the oldest waiting job of these kinds to a worker.
    pub async fn claim(&self, request: ClaimRequest) -> Result<Option<Claim>, QueueError> {
        Ok(None)
    }

    /// Jobs whose lease expired: queued again, their wish applied, or failed as `worker_lost`.
    pub async fn rescue(&self) -> Result<u32, QueueError> {
        Ok(0)
    }

    /// At start: takes back at once what the previous process's workers held.
    pub async fn release_all(&self) -> Result<u32, QueueError> {
        Ok(0)
    }

    /// Marks running jobs without a report for 30 s.
    pub async fn mark_stalled(&self) -> Result<u32, QueueError> {
        Ok(0)
    }

    /// Woken when something may be claimable, or a wish was made.
    #[must_use]
    pub fn work_arrived(&self) -> Arc<Wake> {
        Arc::clone(&self.work_arrived)
    }

    /// The studio's latest change. Register before reading, so that nothing falls in between.
    #[must_use]
    pub fn watch(&self, studio: &str) -> watch::Receiver<Cursor> {
        watch::channel(0).1
    }

    /// Ends that the user saw in another tab.
    #[must_use]
    pub fn watch_seen(&self, caller: &Caller) -> broadcast::Receiver<Vec<JobId>> {
        broadcast::channel(1).1
    }

    /// All that a tray shows.
    pub async fn snapshot(&self, caller: &Caller, scope: Scope) -> Result<Snapshot, QueueError> {
        Err(not_yet())
    }

    /// What changed since a cursor, or a new start where the cursor is of no use.
    pub async fn changes(
        &self,
        caller: &Caller,
        scope: Scope,
        epoch: &str,
        cursor: Cursor,
    ) -> Result<Changes, QueueError> {
        Err(not_yet())
    }

    /// The kinds that this program can do.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Forgets every job; for tests alone.
    pub async fn clear(&self) -> Result<(), QueueError> {
        Ok(())
    }
}

fn not_yet() -> QueueError {
    QueueError::Unavailable("not built yet".to_owned())
}
