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

/// Progress over a batch, weighted by expected work: 0 to 1; none when none of its jobs is active.
///
/// A job that failed or was cancelled leaves the batch: its work is neither done nor still to be done. A completion
/// moves the progress only by what was expected to remain of that job.
#[must_use]
pub fn overall_progress<'a>(batch: impl IntoIterator<Item = &'a Job>) -> Option<f64> {
    let (mut done, mut all, mut active) = (0.0, 0.0, false);
    for job in batch {
        let part = match job.state {
            JobState::Completed => 1.0,
            JobState::Failed | JobState::Cancelled => continue,
            JobState::Queued | JobState::Running | JobState::Paused => job.progress.unwrap_or(0.0),
        };
        let work = job.estimate_seconds.unwrap_or(UNKNOWN_WORK).max(1.0);
        active |= job.state.is_active();
        done += work * part;
        all += work;
    }
    active.then(|| done / all)
}

#[cfg(test)]
mod tests {
    use super::overall_progress;
    use crate::job::sample::job;
    use crate::job::{Job, JobState};

    fn with(number: u32, state: JobState, estimate: f64, progress: f64) -> Job {
        Job {
            estimate_seconds: Some(estimate),
            progress: Some(progress),
            ..job(number, state)
        }
    }

    #[track_caller]
    fn check(jobs: &[Job], expected: Option<f64>) {
        let progress = overall_progress(jobs);
        let is_equal = match (progress, expected) {
            (Some(progress), Some(expected)) => (progress - expected).abs() < 1e-9,
            (progress, expected) => progress == expected,
        };
        assert!(is_equal, "{progress:?}, not {expected:?}");
    }

    #[test]
    fn a_failed_or_cancelled_job_leaves_the_batch() {
        use JobState::{Cancelled, Failed, Running};
        let two = || [with(1, Running, 60.0, 0.05), with(2, Running, 60.0, 0.05)];
        check(&two(), Some(0.05));
        for ended in [Failed, Cancelled] {
            let mut jobs = two().to_vec();
            jobs.push(with(3, ended, 30.0, 0.9));
            check(&jobs, Some(0.05));
        }
        check(&[with(1, Failed, 60.0, 0.5)], None);
    }

    #[test]
    fn a_completion_moves_it_by_what_remained_of_that_job() {
        use JobState::{Completed, Queued, Running};
        let queued = with(2, Queued, 300.0, 0.0);
        check(
            &[with(1, Running, 100.0, 0.9), queued.clone()],
            Some(90.0 / 400.0),
        );
        check(
            &[with(1, Completed, 100.0, 1.0), queued],
            Some(100.0 / 400.0),
        );
        check(&[with(1, Completed, 100.0, 1.0)], None);
    }
}
