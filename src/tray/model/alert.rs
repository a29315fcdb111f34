//! The end of a job that is to be announced.

use crate::job::{Job, JobState};
use std::sync::Arc;

/// The end of one of the user's own jobs, to be announced once.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    pub job: Arc<Job>,
}

/// Whether a job in this state calls for its user's attention. A cancelled job never alerts.
pub fn alerts(state: JobState) -> bool {
    matches!(state, JobState::Completed | JobState::Failed)
}

/// Identifies an alert, equally in every tab: job, attempt and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertId(String);

impl AlertId {
    /// The id of the end that a job has come to.
    pub fn of(job: &Job) -> Self {
        let (id, attempt, state) = (&job.job_id, job.attempt, job.state.as_str());
        Self(format!("{id}.{attempt}.{state}"))
    }

    /// An id that another tab sent, or that the browser's storage holds.
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}
