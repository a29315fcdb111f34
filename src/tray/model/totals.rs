//! The totals of the button.

use super::batch::Batch;
use crate::job::{Job, JobId, JobState, Summary};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Counts jobs by state. `seen` are the jobs whose end the user has seen.
pub fn totals(jobs: &HashMap<JobId, Arc<Job>>, seen: &HashSet<JobId>, batch: &Batch) -> Summary {
    let mut totals = Summary {
        progress: batch.progress(jobs),
        ..Summary::default()
    };
    for job in jobs.values() {
        let unseen = u32::from(!seen.contains(&job.job_id));
        match job.state {
            JobState::Running => totals.running += 1,
            JobState::Queued => totals.queued += 1,
            JobState::Paused => totals.paused += 1,
            JobState::Failed => totals.failed_unseen += unseen,
            JobState::Completed => totals.ready_unseen += unseen,
            JobState::Cancelled => {}
        }
    }
    totals
}

/// Whole percent, rounded down, so that a running job never shows 100 %. 0.29 gives 29, although it is slightly less in
/// binary.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what is shown"
)]
pub fn whole_percent(progress: f64) -> u8 {
    (progress * 100.0 + 1e-9).clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests {
    use super::whole_percent;

    #[test]
    fn percent_is_rounded_down() {
        for (progress, percent) in [(0.0, 0), (0.29, 29), (0.734, 73), (0.999, 99), (1.0, 100)] {
            assert_eq!(whole_percent(progress), percent, "{progress}");
        }
    }
}
