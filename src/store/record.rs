//! A job's row, and what a rule decides to write to it.

use super::error::RuleError;
use crate::job::{Eta, Failure, Job, JobResult, JobState, LogLine, Text, Timestamp};
use crate::live::Cursor;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Component, Path};

/// A job as it is stored: what everyone sees, and what only the queue needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Increases in the order of submission; 0 before the insert.
    pub number: i64,
    pub studio: String,
    /// The number of its latest change in the studio; 0 before the insert.
    pub change: Cursor,
    pub job: Job,
    /// No worker claims it; its owner reports on it.
    pub external: bool,
    pub eta: Eta,
    /// When the latest report came, without heartbeats.
    pub reported_at: Option<Timestamp>,
    pub artifact: Option<Artifact>,
    pub lease: Option<Lease>,
    /// Leases lost since the latest checkpoint.
    pub leases_lost: u32,
    /// The `seq` of the next log line.
    pub next_log: u64,
}

/// A worker's hold on a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    pub worker: String,
    pub token: String,
    pub until: Timestamp,
    /// Seconds from a report or heartbeat to the new `until`.
    pub seconds: u32,
}

/// Where a job's artifact is, for the handler that serves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Its name in the artifacts folder, chosen by us.
    pub file: Option<String>,
    /// A link in place of a file, from an external worker.
    pub href: Option<String>,
    pub media_type: String,
    pub bytes: u64,
    pub download_name: String,
    /// What the kind records about the result, such as a story's number of words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
}

impl Artifact {
    /// Its name in the artifacts folder; none for a link. We choose the names, and a name on a damaged row that would
    /// lead outside the folder is not returned.
    #[must_use]
    pub fn own_file(&self) -> Option<&str> {
        let file = self.file.as_deref()?;
        let mut parts = Path::new(file).components();
        let is_plain = matches!(
            (parts.next(), parts.next()),
            (Some(Component::Normal(_)), None)
        );
        is_plain.then_some(file)
    }
}

/// A job to insert.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRecord {
    pub record: Record,
    pub input: Value,
    pub key: Option<IdempotencyKey>,
}

/// An idempotency key, and the hash of the request that it came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    pub key: String,
    pub body_hash: Vec<u8>,
}

/// How a past attempt ended.
#[derive(Debug, Clone, PartialEq)]
pub struct PastAttempt {
    pub attempt: u32,
    pub state: JobState,
    pub started_at: Option<Timestamp>,
    pub finished_at: Timestamp,
    pub elapsed_seconds: f64,
    pub result: Option<JobResult>,
    pub failure: Option<Failure>,
    pub failure_text: Option<Text>,
    /// The whole job at the end of the attempt; none for attempts that ended before version 4 of the schema.
    pub job: Option<Box<Job>>,
}

/// How much of a row a rule changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowChange {
    #[default]
    None,
    /// Only what people do not see, such as the end of a lease: the change number and the version stay.
    Internal,
    /// What people see: the row gets the next change number and version.
    Visible,
}

/// What a rule decided, besides the fields that it set on the record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Effects {
    pub row: RowChange,
    /// Lines to append; their `seq` is set already.
    pub log: Vec<LogLine>,
    pub checkpoint: CheckpointChange,
    /// An attempt to add to the history.
    pub past: Option<PastAttempt>,
}

/// What a rule does with a job's checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CheckpointChange {
    #[default]
    Keep,
    Replace(Value),
    Delete,
}

impl Effects {
    /// A change that people see, and nothing else.
    #[must_use]
    pub fn visible() -> Self {
        Self {
            row: RowChange::Visible,
            ..Self::default()
        }
    }
}

/// A rule: reads a row and changes it, or fails. It runs inside the writer's transaction, so the row cannot change
/// in between.
pub type ChangeRule = Box<dyn FnOnce(&mut Record) -> Result<Effects, RuleError> + Send>;

#[cfg(test)]
mod tests {
    use super::Artifact;

    #[test]
    fn a_file_never_leads_out_of_its_folder() {
        for (file, is_ours) in [
            ("scene_1.1.mp4", true),
            ("../secret", false),
            ("/etc/passwd", false),
            ("a/b", false),
            ("..", false),
            ("", false),
        ] {
            let artifact = Artifact {
                file: Some(file.to_owned()),
                href: None,
                media_type: "video/mp4".to_owned(),
                bytes: 0,
                download_name: "a".to_owned(),
                details: None,
            };
            assert_eq!(artifact.own_file().is_some(), is_ours, "{file}");
        }
    }
}
