//! The jobs that count towards the overall progress.

use crate::job::{Job, JobId, batch, overall_progress};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The jobs that were active since the last moment without an active job.
///
/// A member stays until all are done, so that the end of one job does not remove others from the sum.
#[derive(Debug, Clone, Default)]
pub struct Batch(HashSet<JobId>);

impl Batch {
    /// Adds the jobs that belong to the active ones; without an active job, the batch is over.
    pub fn update(&mut self, jobs: &HashMap<JobId, Arc<Job>>) {
        let current = batch(jobs.values().map(|job| &**job));
        if current.is_empty() {
            self.0.clear();
        }
        self.0
            .extend(current.into_iter().map(|job| job.job_id.clone()));
    }

    /// Progress over all members, 0 to 1; none if no member is active.
    pub fn progress(&self, jobs: &HashMap<JobId, Arc<Job>>) -> Option<f64> {
        overall_progress(
            self.0
                .iter()
                .filter_map(|id| jobs.get(id).map(|job| &**job)),
        )
    }

    pub fn contains(&self, id: &JobId) -> bool {
        self.0.contains(id)
    }

    pub fn retain(&mut self, keep: impl Fn(&JobId) -> bool) {
        self.0.retain(keep);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}
