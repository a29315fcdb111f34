//! A job's row, and what a rule decides to do with it.

use super::StoreError;
use crate::job::{Eta, Failure, Job, JobResult, JobState, LogLine, Text, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Component, Path};

/// A job as it is kept: what everyone sees, and what only the queue needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// In the order of submission; 0 before it is inserted.
    pub number: i64,
    pub studio: String,
    pub job: Job,
    /// No worker claims it; its owner reports it.
    pub external: bool,
    pub eta: Eta,
    /// When the latest report came that was no heartbeat.
    pub reported_at: Option<Timestamp>,
    pub artifact: Option<Artifact>,
    pub lease: Option<Lease>,
    /// Leases lost since the latest checkpoint.
    pub leases_lost: u32,
    /// The `seq` of the next log line.
    pub next_log: u64,
}

/// Who holds a job, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    pub worker: String,
    pub token: String,
    pub until: Timestamp,
    /// What a heartbeat extends it by.
    pub seconds: u32,
}

/// Where a job's artifact lies, for the door that serves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Its name under the artifacts folder, chosen by us.
    pub file: Option<String>,
    /// A link instead, from a worker of the user's own.
    pub href: Option<String>,
    pub media_type: String,
    pub bytes: u64,
    pub download_name: String,
}

impl Artifact {
    /// Its name under the artifacts folder, where it lies there. Names of files are ours; that they lead
    /// nowhere else holds even if a row says otherwise.
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
    pub key: Option<Key>,
}

/// An idempotency key, and the hash of what was asked with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
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
    /// All of the job as it stood then; none of attempts from before it was kept.
    pub job: Option<Box<Job>>,
}

/// How much of a row a rule changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Write {
    /// Nothing.
    #[default]
    Nothing,
    /// Only what nobody sees, such as the end of a lease: no number, no version.
    Quiet,
    /// What people see: the next change number and version.
    Change,
}

/// What a rule decided, beside the fields that it set on the record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Effects {
    pub write: Write,
    /// Lines to append; their `seq` is set already.
    pub log: Vec<LogLine>,
    /// `Some(None)` forgets the checkpoint.
    pub checkpoint: Option<Option<Value>>,
    /// An attempt that goes to the history.
    pub past: Option<PastAttempt>,
}

impl Effects {
    /// People see a change.
    #[must_use]
    pub fn change() -> Self {
        Self {
            write: Write::Change,
            ..Self::default()
        }
    }
}

/// Why a rule refused; nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleError {
    /// The state, or the key's earlier body, forbids it.
    Conflict(JobState),
    KeyReused,
    LeaseRequired,
    LeaseLost,
    NotFound,
}

impl From<RuleError> for StoreError {
    fn from(refusal: RuleError) -> Self {
        Self::Rule(refusal)
    }
}

/// A rule: looks at a row and changes it, or refuses. It runs where writes are in line, so what
/// it sees is what it changes.
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
            };
            assert_eq!(artifact.own_file().is_some(), is_ours, "{file}");
        }
    }
}
