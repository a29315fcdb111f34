//! The in-process worker: claims jobs, runs their handlers, keeps their leases.
//!
//! # Layout
//! - [`runtime`]: claims queued jobs up to the limit, and shuts down in order
//! - [`runner`]: one claimed job, from its claim to its end
//! - [`context`]: a run as its handler sees it; [`pending`]: log lines and progress that are not reported yet
//! - [`lease`]: the right to report on a job
//! - [`artifacts`]: unfinished and finished files on disk
//! - [`rescuer`]: returns lost jobs to the queue; [`sweeper`]: deletes orphan files
//! - [`pruner`]: deletes old idempotency keys

mod artifacts;
mod context;
mod lease;
mod pending;
mod pruner;
mod rescuer;
mod runner;
mod runtime;
mod sweeper;

pub use runtime::Worker;

use crate::i18n::Translate;
use crate::job::{FailureCode, JobId, Stream, Text};
use futures::future::BoxFuture;
use serde_json::Value;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Runs the jobs of a kind in this process. The [`crate::queue`] side of the kind (schema, name, estimate)
/// is its `KindSpec`.
pub trait JobHandler: Send + Sync {
    /// Runs a job. It calls [`JobContext::checkpoint`] at least once a second, and returns at once if that returns
    /// an error. A later run gets the last checkpoint, unless the job was retried.
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>>;
    /// The jobs for which the handler keeps something alive between two runs, such as a suspended process.
    fn held_jobs(&self) -> Vec<JobId> {
        Vec::new()
    }
    /// Releases what the handler keeps alive for a job, which has ended or no longer exists.
    fn release(&self, _job: &JobId) {}
}

/// What a handler can ask of the worker during a run.
pub trait JobContext: Send + Sync {
    fn job(&self) -> &JobId;
    fn studio(&self) -> &str;
    /// The validated input.
    fn input(&self) -> &Value;
    /// The last checkpoint of an interrupted run. The finished file may be gone from the scratch folder, because the
    /// worker moved it before the interruption: then the handler makes it again.
    fn resume_from(&self) -> Option<&Value>;
    /// The job's own folder for unfinished work. It survives a restart and is removed when the job ends.
    fn scratch(&self) -> &Path;
    /// Adds a line to the job's log; cheap to call often.
    fn log(&self, stream: Stream, line: &str);
    /// Reports progress, 0 to 1, and the step; cheap to call often.
    fn progress(&self, progress: f64, step: &dyn Translate);
    /// Reports the step alone, for jobs that do not know their progress.
    fn step(&self, _step: &dyn Translate) {}
    /// Saves what a later run needs to continue, if there is a `state`.
    ///
    /// # Errors
    /// [`Stop::Requested`] when a pause or cancel was requested, the lease was lost, or the process is shutting
    /// down. [`Stop::Failed`] when the queue does not accept the state.
    fn checkpoint(&self, state: Option<Value>) -> BoxFuture<'_, Result<(), Stop>>;
    /// Whether [`JobContext::checkpoint`] would stop the run. It does not block, and any thread may call it.
    fn wants_stop(&self) -> bool;
    /// Whether it would stop the run for a pause. Then a later run in this process can continue with what the
    /// handler keeps alive.
    fn pauses(&self) -> bool {
        false
    }
}

/// What a run made: a file in its scratch folder, which the worker moves to the artifacts folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    pub file: PathBuf,
    /// The extension without its dot, such as `mp4`.
    pub extension: &'static str,
    pub media_type: &'static str,
    /// A name for a download.
    pub download_name: String,
    /// What the kind records about it for its own pages, as JSON. Keep it small: it is stored in the job's row.
    pub details: Option<Value>,
}

/// Why a run ended without a result.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The run was asked to stop: for a pause or cancel, a lost lease or a shutdown. The worker knows which.
    #[error("stopped at a checkpoint")]
    Requested,
    /// The job failed.
    #[error("{summary}")]
    Failed {
        code: FailureCode,
        summary: String,
        text: Option<Text>,
    },
}

impl Stop {
    /// A failure with one of our own texts.
    pub fn failed(code: FailureCode, message: &impl Translate) -> Self {
        Self::Failed {
            code,
            summary: message.english(),
            text: Some(message.text()),
        }
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        let code = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                FailureCode::OutOfSpace
            }
            _ => FailureCode::Internal,
        };
        Self::Failed {
            code,
            summary: error.to_string(),
            text: None,
        }
    }
}

/// The handler of each kind.
#[derive(Clone, Default)]
pub struct JobHandlers(HashMap<&'static str, Arc<dyn JobHandler>>);

impl JobHandlers {
    /// Adds the handler of a kind.
    pub fn add(&mut self, kind: &'static str, runner: Arc<dyn JobHandler>) {
        self.0.insert(kind, runner);
    }

    fn get(&self, kind: &str) -> Option<Arc<dyn JobHandler>> {
        self.0.get(kind).cloned()
    }

    fn iter(&self) -> impl Iterator<Item = &Arc<dyn JobHandler>> {
        self.0.values()
    }

    fn kinds(&self) -> Vec<String> {
        self.0.keys().map(|&kind| kind.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Stop;
    use crate::job::FailureCode;
    use std::io::ErrorKind;

    #[test]
    fn every_kind_of_full_disk_says_that_there_is_no_space() {
        for (kind, expected) in [
            (ErrorKind::StorageFull, FailureCode::OutOfSpace),
            (ErrorKind::QuotaExceeded, FailureCode::OutOfSpace),
            (ErrorKind::FileTooLarge, FailureCode::OutOfSpace),
            (ErrorKind::PermissionDenied, FailureCode::Internal),
        ] {
            let stop = Stop::from(std::io::Error::from(kind));
            assert!(
                matches!(stop, Stop::Failed { code, .. } if code == expected),
                "{kind}"
            );
        }
    }
}
