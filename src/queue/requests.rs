//! The requests to the queue, and its answers.

use crate::job::{Failure, Job, JobState, Notify, Scope, Stream, Text, Timestamp};
use crate::live::{Cursor, Snapshot};
use crate::store::{Caller, JobChange};
use serde_json::Value;

/// A job to submit.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    pub kind: String,
    pub name: Option<String>,
    pub input: Value,
    pub notify: Notify,
    pub refs: Vec<String>,
    pub external: bool,
    /// At most 255 bytes; the same key and body make one job for a user, for 24 h.
    pub idempotency_key: Option<String>,
}

impl NewJob {
    /// A job of a kind with this input, and defaults for everything else.
    #[must_use]
    pub fn new(kind: &str, input: Value) -> Self {
        Self {
            kind: kind.to_owned(),
            name: None,
            input,
            notify: Notify::Default,
            refs: Vec::new(),
            external: false,
            idempotency_key: None,
        }
    }
}

/// Which jobs a list holds. Newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct JobFilter {
    pub scope: Scope,
    pub states: Vec<JobState>,
    pub kind: Option<String>,
    pub reference: Option<String>,
    /// `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// 1 to 200.
    pub limit: u32,
}

/// What a worker or an external job's owner reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// The new state: completed, failed, paused, running or cancelled; queued releases the job.
    pub state: Option<JobState>,
    pub progress: Option<f64>,
    pub step: Option<String>,
    pub step_text: Option<Text>,
    pub log: Vec<NewLogLine>,
    pub result: Option<NewResult>,
    pub failure: Option<Failure>,
    pub failure_text: Option<Text>,
    /// What a resumed run needs to continue; stored with the job and returned with the next claim.
    pub checkpoint: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLogLine {
    pub stream: Stream,
    pub text: String,
    pub at: Option<Timestamp>,
}

/// A finished artifact. `file` is its name in the artifacts folder, chosen by us; none if an external
/// worker gives only a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewResult {
    pub file: Option<String>,
    pub media_type: String,
    pub bytes: u64,
    /// A name for a download, such as `scene-3.mp4`.
    pub download_name: Option<String>,
    pub page: Option<String>,
    pub href: Option<String>,
    /// What the kind records about it; not part of the job that clients see.
    pub details: Option<Value>,
}

/// Who claims a job, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRequest {
    /// None: any studio (the built-in worker); some: jobs of that studio only (a worker over HTTP).
    pub studio: Option<String>,
    pub kinds: Vec<String>,
    pub worker: String,
    pub ttl_seconds: u32,
}

/// A claimed job, and the token that every report about it carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    pub job: Job,
    pub studio: String,
    pub input: Value,
    pub checkpoint: Option<Value>,
    pub lease_token: String,
    pub expires_at: Timestamp,
}

/// What a subscriber gets for its cursor.
#[derive(Debug, Clone, PartialEq)]
pub enum Changes {
    /// Every visible job changed since, up to `cursor`, the oldest change first; empty when there is none.
    Since {
        cursor: Cursor,
        jobs: Vec<JobChange>,
    },
    /// The cursor is of another epoch, ahead of the studio, or more than 500 changed jobs behind: start over.
    Restart(Snapshot),
}

/// Who reports on a job, and by what right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reporter<'a> {
    /// A worker of this process, by its lease token.
    Lease(&'a str),
    /// A worker over HTTP, by its lease token, on a job of its studio.
    LeaseOf(&'a Caller, &'a str),
    /// The owner of an external job, which has no lease.
    Owner(&'a Caller),
}
