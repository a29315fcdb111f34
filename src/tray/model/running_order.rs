//! The order of running jobs.

use super::times::{duration, since};
use crate::job::{Job, JobId, JobState, Timestamp};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

/// Estimates fluctuate, and rows that swap places every second cannot be clicked. So the order changes only when a job
/// is behind one that will be done at least this much later.
const OVERTAKE: Duration = Duration::from_millis(1_500);

/// The running jobs, the one that will be done first at the front.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunningOrder(Vec<JobId>);

impl RunningOrder {
    pub fn ids(&self) -> &[JobId] {
        &self.0
    }

    /// Updates the order from the current jobs, and keeps the current order if it is almost right. Returns whether
    /// anything changed.
    pub fn update(&mut self, jobs: &HashMap<JobId, Arc<Job>>) -> bool {
        let before = std::mem::take(&mut self.0);
        let running = |id: &JobId| jobs.get(id).filter(|job| job.state == JobState::Running);
        let mut order: Vec<_> = before
            .iter()
            .filter_map(running)
            .map(RankedJob::new)
            .collect();
        if needs_sorting(&order) {
            order.sort_unstable_by(RankedJob::by_end);
        }
        let known: HashSet<_> = order.iter().map(|job| job.id.clone()).collect();
        let mut new: Vec<_> = (jobs.values())
            .filter(|job| job.state == JobState::Running && !known.contains(&job.job_id))
            .map(RankedJob::new)
            .collect();
        new.sort_unstable_by(RankedJob::by_end);
        for job in new {
            let later = |other: &RankedJob| other.done_at > job.done_at;
            let index = order.iter().position(later).unwrap_or(order.len());
            order.insert(index, job);
        }
        self.0 = order.into_iter().map(|job| job.id).collect();
        self.0 != before
    }
}

/// Whether a job is behind one that will be done clearly later.
fn needs_sorting(order: &[RankedJob]) -> bool {
    let mut latest = Duration::ZERO;
    order.iter().any(|job| {
        let overtakes = job.done_at.saturating_add(OVERTAKE) < latest;
        latest = latest.max(job.done_at);
        overtakes
    })
}

struct RankedJob {
    /// Since 1970; [`Duration::MAX`] if unknown.
    done_at: Duration,
    started_at: Option<Timestamp>,
    id: JobId,
}

impl RankedJob {
    fn new(job: &Arc<Job>) -> Self {
        Self {
            done_at: done_at(job),
            started_at: job.started_at,
            id: job.job_id.clone(),
        }
    }

    fn by_end(&self, other: &Self) -> Ordering {
        (self.done_at, self.started_at, &self.id).cmp(&(other.done_at, other.started_at, &other.id))
    }
}

/// When a running job will be done: by its remaining time, else by the estimate from its submission.
fn done_at(job: &Job) -> Duration {
    let expected = || Some(job.estimate_seconds? - job.elapsed_seconds);
    let remaining = job.eta_seconds.or_else(expected);
    remaining.map_or(Duration::MAX, |remaining| {
        since(Timestamp::default(), job.last_updated_at).saturating_add(duration(remaining))
    })
}
