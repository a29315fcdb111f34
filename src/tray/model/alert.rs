//! The end of a job that is to be announced.

use crate::job::{Job, JobState};
use std::sync::Arc;

/// The end of one of the user's own jobs, to be announced once.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub job: Arc<Job>,
}

/// Whether a job that reaches this state alerts. A cancelled job never does.
pub fn alerts(state: JobState) -> bool {
    matches!(state, JobState::Completed | JobState::Failed)
}

/// Identifies an alert by job, attempt and state, so that it has the same id in every tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertId(String);

impl AlertId {
    /// The alert id of an ended job.
    pub fn of(job: &Job) -> Self {
        let (id, attempt, state) = (&job.job_id, job.attempt, job.state.as_str());
        Self(format!("{id}.{attempt}.{state}"))
    }

    /// An id from another tab or from the browser's storage.
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
