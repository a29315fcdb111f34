//! Jobs, their logs and who has seen them.

mod page;
mod read;
mod row;
mod sqlite;
mod tray;
mod write;

use super::record::{ChangeRule, Key, NewRecord, PastAttempt, Record};
use super::writer::Announce;
use super::{Caller, StoreError};
use crate::job::{Job, JobId, JobState, LogLine, Scope, Timestamp};
use crate::live::Cursor;
use async_trait::async_trait;
use serde_json::Value;

/// Which jobs a page holds, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct PageQuery {
    pub studio: String,
    /// Only this user's.
    pub owner: Option<String>,
    pub states: Vec<JobState>,
    pub kind: Option<String>,
    pub reference: Option<String>,
    /// The last job of the page before.
    pub before: Option<(Timestamp, JobId)>,
    pub limit: u32,
}

/// What a tray shows, at a change number.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub cursor: Cursor,
    pub jobs: Vec<Job>,
    /// Which of the finished ones the user has seen.
    pub seen: Vec<JobId>,
}

/// A job as its latest change left it.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    pub at: Cursor,
    pub job: Job,
}

/// A claimed row, with what its worker needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub record: Record,
    pub input: Value,
    pub checkpoint: Option<Value>,
}

/// What a job still needs of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub id: JobId,
    /// It waits, runs or is paused.
    pub active: bool,
    /// The finished file that its row names.
    pub file: Option<String>,
}

/// Jobs that the system must look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// The lease ended at or before this time.
    Expired(Timestamp),
    /// Held by a worker of a process of this machine.
    Local,
    /// Running, and the latest report came at or before this time.
    Silent(Timestamp),
}

/// The jobs' part of the store.
#[async_trait]
pub trait JobStore {
    /// Who is told after each commit, before the callers; only the first one given counts.
    fn announce_to(&self, announce: Announce);

    /// Inserts a job, or gives the one that its idempotency key made before.
    async fn insert(&self, new: NewRecord) -> Result<Job, StoreError>;

    /// The job that a key made, where its body was the same.
    async fn by_key(&self, caller: &Caller, key: &Key) -> Result<Option<Job>, StoreError>;

    /// Lets a rule change a row: a guarded write, its number and its version in one transaction.
    /// `studio` none: any (a lease token is proof enough).
    async fn change(
        &self,
        studio: Option<&str>,
        id: &JobId,
        rule: ChangeRule,
    ) -> Result<Record, StoreError>;

    /// Lets a rule take the oldest queued job of these kinds.
    async fn take(
        &self,
        studio: Option<&str>,
        kinds: &[String],
        rule: ChangeRule,
    ) -> Result<Option<Taken>, StoreError>;

    async fn record(&self, studio: &str, id: &JobId) -> Result<Option<Record>, StoreError>;

    async fn input(&self, studio: &str, id: &JobId) -> Result<Option<Value>, StoreError>;

    async fn page(&self, query: PageQuery) -> Result<Vec<Job>, StoreError>;

    /// All active jobs, and at most `limit` of those finished at or after `since`.
    async fn shown(
        &self,
        caller: &Caller,
        scope: Scope,
        since: Timestamp,
        limit: u32,
    ) -> Result<Shown, StoreError>;

    /// At most `limit` visible jobs with a change above the cursor, oldest change first, and
    /// the studio's latest change in the same view of the rows.
    async fn changed_since(
        &self,
        caller: &Caller,
        scope: Scope,
        cursor: Cursor,
        limit: u32,
    ) -> Result<(Cursor, Vec<Changed>), StoreError>;

    /// Lines with a `seq` above `after`; none for an unknown job.
    async fn logs(
        &self,
        studio: &str,
        id: &JobId,
        after: u64,
        limit: u32,
    ) -> Result<Option<Vec<LogLine>>, StoreError>;

    /// The last lines, in order; none for an unknown job.
    async fn last_logs(
        &self,
        studio: &str,
        id: &JobId,
        limit: u32,
    ) -> Result<Option<Vec<LogLine>>, StoreError>;

    /// The caller's jobs of which they want to hear in any case that completed or failed at or after
    /// `since`, latest first.
    async fn wished(
        &self,
        caller: &Caller,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError>;

    /// Of which of their jobs' latest ends, at or after `since`, an assistant told the caller.
    async fn told(&self, caller: &Caller, since: Timestamp) -> Result<Vec<JobId>, StoreError>;

    /// Notes that an assistant told the caller how these jobs ended.
    async fn mark_told(&self, caller: &Caller, ids: &[JobId]) -> Result<(), StoreError>;

    /// How past attempts ended, oldest first.
    async fn history(&self, studio: &str, id: &JobId) -> Result<Vec<PastAttempt>, StoreError>;

    /// Notes which ends the user has seen; gives back those that are jobs of the studio.
    async fn mark_seen(&self, caller: &Caller, ids: &[JobId]) -> Result<Vec<JobId>, StoreError>;

    /// Jobs of every studio that the system must look at, 1,000 at most.
    async fn due(&self, due: Due) -> Result<Vec<JobId>, StoreError>;

    /// How these jobs stand; those that are not kept here are left out.
    async fn standings(&self, ids: &[JobId]) -> Result<Vec<Standing>, StoreError>;

    /// Forgets the idempotency keys, of every studio, of jobs made before a time; how many.
    async fn forget_keys(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// Forgets every job; for tests alone.
    async fn clear(&self) -> Result<(), StoreError>;
}
