//! What a backend does with jobs, their logs, and the marks of ended jobs that a user has seen or that were announced.

use super::caller::Caller;
use super::error::StoreError;
use super::record::{ChangeRule, IdempotencyKey, NewRecord, PastAttempt, Record};
use crate::job::{Job, JobId, JobState, LogLine, Scope, Timestamp};
use crate::live::Cursor;
use async_trait::async_trait;
use serde_json::Value;

/// The job half of a backend.
#[async_trait]
pub trait JobStore {
    /// Calls `listener` after each commit, before the callers of its writes are answered; only the first listener
    /// counts.
    fn on_commit(&self, listener: CommitListener);

    /// Inserts a job, or returns the one that was created with its idempotency key.
    async fn insert(&self, new: NewRecord) -> Result<Job, StoreError>;

    /// The job that was created with a key, if any.
    ///
    /// # Errors
    /// [`RuleError::KeyReused`](super::RuleError::KeyReused) when the key came with another body.
    async fn find_by_key(
        &self,
        caller: &Caller,
        key: &IdempotencyKey,
    ) -> Result<Option<Job>, StoreError>;

    /// Lets a rule change a row. The guarded update, the change number and the version are one transaction.
    /// Without a `studio` the job may belong to any studio: a lease token is proof enough.
    async fn change(
        &self,
        studio: Option<&str>,
        id: &JobId,
        rule: ChangeRule,
    ) -> Result<Record, StoreError>;

    /// Lets a rule claim the oldest queued job of these kinds.
    async fn claim(
        &self,
        studio: Option<&str>,
        kinds: &[String],
        rule: ChangeRule,
    ) -> Result<Option<ClaimedJob>, StoreError>;

    async fn record(&self, studio: &str, id: &JobId) -> Result<Option<Record>, StoreError>;

    async fn input(&self, studio: &str, id: &JobId) -> Result<Option<Value>, StoreError>;

    /// A page of jobs, newest first.
    async fn jobs(&self, query: JobQuery) -> Result<Vec<Job>, StoreError>;

    /// Completed jobs of one kind that a worker of this program did, newest first.
    async fn completed(&self, query: CompletedQuery<'_>) -> Result<Vec<CompletedJob>, StoreError>;

    /// One such job.
    async fn completed_job(
        &self,
        studio: &str,
        kind: &str,
        id: &JobId,
    ) -> Result<Option<CompletedJob>, StoreError>;

    /// All active jobs, and at most `limit` of those that finished at or after `since`.
    async fn snapshot(
        &self,
        caller: &Caller,
        scope: Scope,
        since: Timestamp,
        limit: u32,
    ) -> Result<JobSnapshot, StoreError>;

    /// At most `limit` visible jobs with a change after the cursor, oldest change first, and the studio's latest
    /// change at the same moment.
    async fn changed_since(
        &self,
        caller: &Caller,
        scope: Scope,
        cursor: Cursor,
        limit: u32,
    ) -> Result<(Cursor, Vec<JobChange>), StoreError>;

    /// At most `limit` log lines in order; none for an unknown job.
    async fn logs(
        &self,
        studio: &str,
        id: &JobId,
        range: LogRange,
        limit: u32,
    ) -> Result<Option<Vec<LogLine>>, StoreError>;

    /// How past attempts ended, oldest first.
    async fn history(&self, studio: &str, id: &JobId) -> Result<Vec<PastAttempt>, StoreError>;

    /// The caller's jobs with `notify: always` that completed or failed at or after `since`, latest first.
    async fn ended_with_notify_always(
        &self,
        caller: &Caller,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError>;

    /// The caller's jobs whose latest end, at or after `since`, was announced to them.
    async fn announced(&self, caller: &Caller, since: Timestamp) -> Result<Vec<JobId>, StoreError>;

    /// Marks that the caller has seen how these jobs ended, or that it was announced to them. Returns the jobs that
    /// were marked.
    async fn mark(
        &self,
        caller: &Caller,
        mark: EndMark,
        ids: &[JobId],
    ) -> Result<Vec<JobId>, StoreError>;

    /// Jobs of every studio that are due, 1,000 at most; the next call finds the rest.
    async fn due(&self, due: Due) -> Result<Vec<JobId>, StoreError>;

    /// Which files these jobs, of any studio, still need; unknown jobs are left out.
    async fn job_files(&self, ids: &[JobId]) -> Result<Vec<JobFiles>, StoreError>;

    /// Deletes the idempotency keys, of every studio, of jobs created before a time; returns how many.
    async fn delete_keys(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// Deletes every job; for tests alone.
    async fn clear(&self) -> Result<(), StoreError>;
}

/// Called with a studio and its latest change number.
pub type CommitListener = Box<dyn Fn(&str, Cursor) + Send + Sync>;

/// Which jobs a page contains.
#[derive(Debug, Clone, PartialEq)]
pub struct JobQuery {
    pub studio: String,
    /// Only this user's.
    pub owner: Option<String>,
    /// Empty for all.
    pub states: Vec<JobState>,
    pub kind: Option<String>,
    pub reference: Option<String>,
    /// When the last job of the previous page was created, and its id.
    pub before: Option<(Timestamp, JobId)>,
    pub limit: u32,
}

/// Which completed jobs a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompletedQuery<'a> {
    pub studio: &'a str,
    pub kind: &'a str,
    /// Only those that refer to this, such as `scene:ID`.
    pub reference: Option<&'a str>,
    /// The id of the last job of the part before.
    pub after: Option<&'a str>,
    pub limit: u32,
}

/// A completed job as what it made.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct CompletedJob {
    pub id: JobId,
    pub name: String,
    pub owner_name: String,
    pub created_at: Timestamp,
    pub finished_at: Timestamp,
    /// The validated input.
    #[sqlx(json)]
    pub input: Value,
    /// Empty if a worker over HTTP completed it without a result.
    pub media_type: String,
    #[sqlx(try_from = "i64")]
    pub bytes: u64,
    /// What its kind recorded about the result; `null` if nothing.
    #[sqlx(json)]
    pub details: Value,
}

/// What a tray shows, at a change number.
#[derive(Debug, Clone, PartialEq)]
pub struct JobSnapshot {
    pub cursor: Cursor,
    pub jobs: Vec<Job>,
    /// Those of the finished jobs that the user has seen.
    pub seen: Vec<JobId>,
}

/// A job, and the number of its latest change.
#[derive(Debug, Clone, PartialEq)]
pub struct JobChange {
    pub at: Cursor,
    pub job: Job,
}

/// A claimed job, with what its worker needs.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedJob {
    pub record: Record,
    pub input: Value,
    pub checkpoint: Option<Value>,
}

/// Which part of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogRange {
    /// Lines whose `seq` is greater.
    After(u64),
    /// The end of the log.
    Last,
}

/// How a job's end became known to a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndMark {
    /// A page or a client showed it.
    Seen,
    /// An assistant announced it to the job's owner.
    Announced,
}

/// Which jobs the system has to act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Its lease ended at or before this time.
    LeaseExpired(Timestamp),
    /// It is leased to a worker whose name begins with this prefix.
    HeldBy(&'static str),
    /// It runs, is not marked as stalled, and its latest report came at or before this time.
    NoReportSince(Timestamp),
}

/// Which files a job still needs.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct JobFiles {
    pub id: JobId,
    /// It is queued, running or paused, so it needs its unfinished work.
    pub active: bool,
    /// The finished file that its row names.
    pub file: Option<String>,
}
