//! The only write path for jobs.
//!
//! Pages, REST, server functions, MCP and workers all call [`Queue`]. It checks the request, asks the store for a
//! guarded write, and wakes the studio's subscribers after the commit.
//!
//! # Layout
//! - `requests`: the requests and their answers; `limits`: the limits of each request
//! - `registry`: the kinds of job
//! - `submit`, `claims` (and reports, and lost leases), `changes` (snapshots), `completed` (what kinds have made): the
//!   calls that are more than a line
//! - `rules`: what may happen to a job, as pure functions on its row
//! - `broadcast`: wakes the subscribers; `subscription`: follows a studio's changes
//! - `artifacts`: opens the files that jobs have made

mod artifacts;
mod broadcast;
mod changes;
mod claims;
mod completed;
mod limits;
mod registry;
mod requests;
mod rules;
mod submit;
mod subscription;

pub use crate::store::{Artifact, Caller, CompletedJob, Items, JobChange, JobFiles, PastAttempt};
pub use artifacts::{Artifacts, FoundArtifact};
pub use claims::LOCAL_WORKER;
pub use registry::{Collection, KindRegistry, KindSpec, Prepared, Preparing};
pub use requests::{
    Changes, Claim, ClaimRequest, JobFilter, NewJob, NewLogLine, NewResult, Report, Reporter,
};
pub use subscription::{POLL, Subscription, Update};

use crate::job::{Job, JobId, JobPage, JobState, LogPage, Notify, Scope, Timestamp};
use crate::live::Message;
use crate::store::{ChangeRule, EndMark, JobQuery, LogRange, Record, RuleError, Store, StoreError};
use crate::validation::{FieldError, Format, Rule, Unit};
use broadcast::Broadcasts;
use rules::{Decision, command};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::Notify as Wake;
use uuid::Uuid;

/// Maximum number of jobs that one call of [`Queue::ready_notices`] returns.
const READY_NOTICES: u32 = 1000;

/// Gives the current time; tests pass their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Why a request was rejected. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    #[error(transparent)]
    Invalid(#[from] FieldError),
    #[error("no such job")]
    NotFound,
    #[error("not possible while the job is {state}", state = .0.as_str())]
    Conflict(JobState),
    #[error("this job is leased: send its Lease-Token")]
    LeaseRequired,
    #[error("the lease was lost to a later claim")]
    LeaseLost,
    #[error("the idempotency key was used with another body")]
    KeyReused,
    #[error("the store cannot write now: {0}")]
    Unavailable(String),
}

impl From<StoreError> for QueueError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Rule(RuleError::Conflict(state)) => Self::Conflict(state),
            StoreError::Rule(RuleError::KeyReused) => Self::KeyReused,
            StoreError::Rule(RuleError::LeaseRequired) => Self::LeaseRequired,
            StoreError::Rule(RuleError::LeaseLost) => Self::LeaseLost,
            StoreError::Rule(RuleError::NotFound) => Self::NotFound,
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Reads and changes jobs; cheap to clone.
#[derive(Clone)]
pub struct Queue {
    store: Arc<dyn Store>,
    kinds: KindRegistry,
    broadcasts: Arc<Broadcasts>,
    work_arrived: Arc<Wake>,
    /// Identifies this run of the server, see [`Queue::changes`].
    epoch: Arc<str>,
    clock: Clock,
}

impl Queue {
    /// The queue on an open store, with the kinds that this program can run. A store has one queue.
    #[expect(clippy::unused_async, reason = "another backend may have to await")]
    pub async fn open(store: Arc<dyn Store>, kinds: KindRegistry) -> Result<Self, StoreError> {
        Ok(Self::with_clock(store, kinds, Arc::new(system_time)))
    }

    /// A queue on a fresh `memory:` store, for tests and trials.
    pub async fn in_memory(kinds: KindRegistry) -> Result<Self, StoreError> {
        let store = crate::store::open("memory:", Path::new("")).await?;
        Self::open(store, kinds).await
    }

    /// A queue with its own clock, for tests that depend on time.
    #[must_use]
    pub fn with_clock(store: Arc<dyn Store>, kinds: KindRegistry, clock: Clock) -> Self {
        let broadcasts = Arc::new(Broadcasts::default());
        let subscribers = Arc::clone(&broadcasts);
        store.on_commit(Box::new(move |studio, cursor| {
            subscribers.publish(studio, cursor);
        }));
        Self {
            store,
            kinds,
            broadcasts,
            work_arrived: Arc::default(),
            epoch: Uuid::now_v7().simple().to_string().into(),
            clock,
        }
    }

    /// The kinds that this program can run.
    #[must_use]
    pub fn kinds(&self) -> &KindRegistry {
        &self.kinds
    }

    /// A job of the caller's studio, whoever owns it.
    pub async fn get(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        Ok(self.record_of(caller, id).await?.job)
    }

    /// The validated input of a job.
    pub async fn input(&self, caller: &Caller, id: &JobId) -> Result<Value, QueueError> {
        let input = self.store.input(&caller.studio, id).await?;
        input.ok_or(QueueError::NotFound)
    }

    /// A page of jobs, newest first.
    pub async fn list(&self, caller: &Caller, filter: JobFilter) -> Result<JobPage, QueueError> {
        let limit = filter.limit;
        if !(1..=limits::MAX_PAGE).contains(&limit) {
            return limits::invalid(
                "limit",
                Rule::Range {
                    min: 1.0,
                    max: limits::MAX_PAGE.into(),
                },
            );
        }
        let before = filter.cursor.as_deref().map(read_cursor).transpose()?;
        let mut jobs = self
            .store
            .jobs(JobQuery {
                studio: caller.studio.clone(),
                owner: (filter.scope == Scope::Mine).then(|| caller.user.clone()),
                states: filter.states,
                kind: filter.kind,
                reference: filter.reference,
                before,
                limit: limit + 1,
            })
            .await?;
        let more = jobs.len() > limit as usize;
        jobs.truncate(limit as usize);
        let next_cursor = jobs.last().filter(|_| more).map(cursor_at);
        Ok(JobPage { jobs, next_cursor })
    }

    /// Pauses a queued or external job at once; a running one at its next checkpoint.
    pub async fn pause(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        self.command(caller, id, command::pause).await
    }

    /// Continues a paused job, or withdraws a pause that the worker has not honoured yet.
    pub async fn resume(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        self.command(caller, id, command::resume).await
    }

    /// Ends a job: at once, or at its worker's next checkpoint.
    pub async fn cancel(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        self.command(caller, id, command::cancel).await
    }

    /// Starts the next attempt of a failed or cancelled job.
    pub async fn retry(&self, caller: &Caller, id: &JobId) -> Result<Job, QueueError> {
        self.command(caller, id, command::retry).await
    }

    /// Sets when the owner is alerted about the job's end.
    pub async fn set_notify(
        &self,
        caller: &Caller,
        id: &JobId,
        notify: Notify,
    ) -> Result<Job, QueueError> {
        self.command(caller, id, move |record, now| {
            Ok(command::notify(record, now, notify))
        })
        .await
    }

    /// Records that the user has seen how these jobs ended.
    pub async fn mark_seen(&self, caller: &Caller, ids: &[JobId]) -> Result<(), QueueError> {
        if ids.len() > limits::MAX_PAGE as usize {
            return limits::invalid(
                "jobIds",
                Rule::TooLong {
                    max: limits::MAX_PAGE as usize,
                    unit: Unit::Entries,
                },
            );
        }
        let seen = self.store.mark(caller, EndMark::Seen, ids).await?;
        if !seen.is_empty() {
            self.broadcasts
                .send_to_user(caller, Message::Seen { job_ids: seen });
        }
        Ok(())
    }

    /// Log lines after a cursor, in order.
    pub async fn logs(
        &self,
        caller: &Caller,
        id: &JobId,
        after: u64,
        limit: u32,
    ) -> Result<LogPage, QueueError> {
        if !(1..=limits::MAX_LOG_PAGE).contains(&limit) {
            return limits::invalid(
                "limit",
                Rule::Range {
                    min: 1.0,
                    max: limits::MAX_LOG_PAGE.into(),
                },
            );
        }
        let lines = self
            .store
            .logs(&caller.studio, id, LogRange::After(after), limit)
            .await?;
        let lines = lines.ok_or(QueueError::NotFound)?;
        let next = lines.last().map_or(after, |line| line.seq);
        Ok(LogPage { lines, next })
    }

    /// The last log lines, in order.
    pub async fn last_logs(
        &self,
        caller: &Caller,
        id: &JobId,
        limit: u32,
    ) -> Result<LogPage, QueueError> {
        let lines = self
            .store
            .logs(&caller.studio, id, LogRange::Last, limit)
            .await?;
        let lines = lines.ok_or(QueueError::NotFound)?;
        let next = lines.last().map_or(0, |line| line.seq);
        Ok(LogPage { lines, next })
    }

    /// The caller's jobs whose `notify` is always and that completed or failed at or after `since`, latest first; at
    /// most 1,000.
    pub async fn ready_notices(
        &self,
        caller: &Caller,
        since: Timestamp,
    ) -> Result<Vec<Job>, QueueError> {
        Ok(self
            .store
            .ended_with_notify_always(caller, since, READY_NOTICES)
            .await?)
    }

    /// The caller's jobs that ended at or after `since` and whose end an assistant announced.
    pub async fn acknowledged(
        &self,
        caller: &Caller,
        since: Timestamp,
    ) -> Result<Vec<JobId>, QueueError> {
        Ok(self.store.announced(caller, since).await?)
    }

    /// Records that an assistant announced to the caller how these jobs ended.
    pub async fn acknowledge(&self, caller: &Caller, ids: &[JobId]) -> Result<(), QueueError> {
        self.store.mark(caller, EndMark::Announced, ids).await?;
        Ok(())
    }

    /// How past attempts ended, oldest first.
    pub async fn history(
        &self,
        caller: &Caller,
        id: &JobId,
    ) -> Result<Vec<PastAttempt>, QueueError> {
        Ok(self.store.history(&caller.studio, id).await?)
    }

    /// Where the result is stored.
    pub async fn artifact(&self, caller: &Caller, id: &JobId) -> Result<Artifact, QueueError> {
        let artifact = self.record_of(caller, id).await?.artifact;
        artifact.ok_or(QueueError::NotFound)
    }

    /// Notified when a job may be claimable, or a pause or cancel was requested.
    #[must_use]
    pub fn work_arrived(&self) -> Arc<Wake> {
        Arc::clone(&self.work_arrived)
    }

    /// Deletes every job. For tests only.
    pub async fn clear(&self) -> Result<(), QueueError> {
        Ok(self.store.clear().await?)
    }

    async fn record_of(&self, caller: &Caller, id: &JobId) -> Result<Record, QueueError> {
        let record = self.store.record(&caller.studio, id).await?;
        record.ok_or(QueueError::NotFound)
    }

    async fn command(
        &self,
        caller: &Caller,
        id: &JobId,
        rule: impl FnOnce(&mut Record, Timestamp) -> Decision + Send + 'static,
    ) -> Result<Job, QueueError> {
        let rule = self.timed(rule);
        let record = self.store.change(Some(&caller.studio), id, rule).await?;
        self.wake();
        Ok(record.job)
    }

    /// A rule that reads the clock when the store runs it, so that times follow the order of writes.
    fn timed(
        &self,
        rule: impl FnOnce(&mut Record, Timestamp) -> Decision + Send + 'static,
    ) -> ChangeRule {
        let clock = Arc::clone(&self.clock);
        Box::new(move |record| rule(record, clock()))
    }

    /// Wakes every waiting worker, and the next one that waits.
    fn wake(&self) {
        self.work_arrived.notify_waiters();
        self.work_arrived.notify_one();
    }

    /// The server's time.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

fn system_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |since| since.as_millis());
    Timestamp(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// The cursor after the last job of a page. Clients treat it as opaque.
fn cursor_at(job: &Job) -> String {
    format!("{:x}.{}", job.created_at.0, job.job_id)
}

fn read_cursor(cursor: &str) -> Result<(Timestamp, JobId), QueueError> {
    let parts = cursor.split_once('.').and_then(|(time, id)| {
        let time = i64::from_str_radix(time, 16).ok()?;
        Some((Timestamp(time), JobId::parse(id).ok()?))
    });
    match parts {
        Some(parts) => Ok(parts),
        None => limits::invalid(
            "cursor",
            Rule::Format {
                format: Format::Cursor,
            },
        ),
    }
}
