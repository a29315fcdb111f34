//! Which jobs an island is about.

use crate::job::{Job, JobId};
use serde::{Deserialize, Serialize};

/// A selection of the tray's jobs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    All,
    /// The jobs of a kind.
    Kind(String),
    /// The jobs that refer to something, such as `scene:ID`.
    Ref(String),
    Job(JobId),
}

impl About {
    /// Whether a job is one of them.
    pub fn covers(&self, job: &Job) -> bool {
        match self {
            Self::All => true,
            Self::Kind(kind) => job.kind == *kind,
            Self::Ref(to) => job.refs.contains(to),
            Self::Job(id) => job.job_id == *id,
        }
    }
}
