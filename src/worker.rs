//! The in-process worker: claims jobs, runs their kinds, keeps their leases.
//!
//! # Layout
//! - [`runtime`]: takes waiting jobs up to the limit, and ends in good order
//! - [`runner`]: one claimed job, from its claim to its end
//! - [`context`]: what a kind sees of it; [`pending`]: what is said but not yet reported
//! - [`lease`]: the right to report on a job
//! - [`artifacts`]: unfinished and finished files on disk
//! - [`rescuer`]: hands back what dead workers held; [`sweeper`]: removes what they left on disk
//! - [`pruner`]: forgets what is too old to matter

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

/// A kind of work that this process can do. Its [`crate::queue`] side (schema, name, estimate)
/// is its `KindSpec`.
pub trait JobHandler: Send + Sync {
    /// The work itself. It calls [`Context::checkpoint`] at least once a second and returns
    /// at once when that says stop; a run that starts again gets the last checkpoint.
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>>;
    /// The jobs of which it keeps something alive between two runs, such as a suspended process.
    fn kept(&self) -> Vec<JobId> {
        Vec::new()
    }
    /// One of those jobs ended, or is no longer known: what was kept of it goes.
    fn let_go(&self, _job: &JobId) {}
}

/// What a kind may ask of the worker while it runs.
pub trait Context: Send + Sync {
    fn job(&self) -> &JobId;
    fn studio(&self) -> &str;
    /// The validated input.
    fn input(&self) -> &Value;
    /// What the last run of this job left, where it was interrupted. A finished file may have been
    /// moved from the scratch folder before that: then it is made again.
    fn resume_from(&self) -> Option<&Value>;
    /// A folder of the job's own for unfinished work; it survives a restart and goes with the job's end.
    fn scratch(&self) -> &Path;
    /// Where a finished artifact of this name is to be put; the worker syncs and renames into it.
    fn log(&self, stream: Stream, line: &str);
    /// Progress, 0 to 1, and the step; cheap to call often.
    fn progress(&self, progress: f64, step: &dyn Translate);
    /// The step alone, for work that cannot say how far it is.
    fn step(&self, _step: &dyn Translate) {}
    /// Saves what a later run needs to go on, then says whether to go on: `Err(Stop::Requested)` when
    /// somebody paused or cancelled, the lease was lost, or the process is shutting down.
    fn checkpoint(&self, state: Option<Value>) -> BoxFuture<'_, Result<(), Stop>>;
    /// Whether [`Context::checkpoint`] would stop; free to call from a blocking thread.
    fn wants_stop(&self) -> bool;
    /// Whether it would stop for a pause: then a later run of this process may go on with what the
    /// kind keeps alive meanwhile.
    fn pauses(&self) -> bool {
        false
    }
}

/// What a kind made: a file in its scratch folder that the worker moves among the artifacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    pub file: PathBuf,
    /// With its dot-less ending: `mp4`, `md`.
    pub extension: &'static str,
    pub media_type: &'static str,
    /// A name for a download.
    pub download_name: String,
    /// What the kind records about it for its own pages, as JSON; small, for it stands in the job's row.
    pub details: Option<Value>,
}

/// Why a run ended without a result.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// The job was to be paused or cancelled, or the process shuts down: the worker knows which.
    #[error("stopped at a checkpoint")]
    Requested,
    /// The work failed.
    #[error("{summary}")]
    Failed {
        code: FailureCode,
        summary: String,
        text: Option<Text>,
    },
}

impl Stop {
    /// A failure, in a text of ours.
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

/// What does the work of each kind.
#[derive(Clone, Default)]
pub struct JobHandlers(HashMap<&'static str, Arc<dyn JobHandler>>);

impl JobHandlers {
    /// Takes on a kind.
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
