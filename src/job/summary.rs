//! The tray's totals.

use super::{Job, JobId, JobState, batch};
use serde::{Deserialize, Serialize};

/// Expected seconds of a job without an estimate.
const UNKNOWN_WORK: f64 = 60.0;

/// What the tray's button shows.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    pub running: u32,
    pub queued: u32,
    pub paused: u32,
    /// Failed and not yet seen by the user.
    pub failed_unseen: u32,
    /// Completed and not yet seen by the user.
    pub ready_unseen: u32,
    /// Overall progress, 0 to 1; none when nothing is active.
    pub progress: Option<f64>,
}

impl Summary {
    /// The totals of a snapshot: `seen` are the finished jobs that the user has seen.
    #[must_use]
    pub fn of(jobs: &[Job], seen: &[JobId]) -> Self {
        let mut summary = Self::default();
        for job in jobs {
            match job.state {
                JobState::Running => summary.running += 1,
                JobState::Queued => summary.queued += 1,
                JobState::Paused => summary.paused += 1,
                JobState::Failed if !seen.contains(&job.job_id) => summary.failed_unseen += 1,
                JobState::Completed if !seen.contains(&job.job_id) => summary.ready_unseen += 1,
                JobState::Failed | JobState::Completed | JobState::Cancelled => {}
            }
        }
        summary.progress = overall_progress(batch(jobs));
        summary
    }
}

/// Progress over a batch, weighted by expected work: 0 to 1.
///
/// A job that ended counts as done, so that the progress does not fall when a job fails or is cancelled.
#[must_use]
pub fn overall_progress<'a>(batch: impl IntoIterator<Item = &'a Job>) -> Option<f64> {
    let (mut done, mut all, mut active) = (0.0, 0.0, false);
    for job in batch {
        let work = job.estimate_seconds.unwrap_or(UNKNOWN_WORK).max(1.0);
        let part = match job.state {
            JobState::Completed | JobState::Failed | JobState::Cancelled => 1.0,
            _ => job.progress.unwrap_or(0.0),
        };
        active |= job.state.is_active();
        done += work * part;
        all += work;
    }
    active.then(|| done / all)
}
