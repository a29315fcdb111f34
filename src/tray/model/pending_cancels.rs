//! Which jobs this page is cancelling, so that only this page offers to undo it.

use crate::job::{Job, JobId, JobState};

/// Jobs that the user asked to cancel in this page and that have not ended yet.
#[derive(Debug, Clone, Default)]
pub struct PendingCancels(Vec<JobId>);

impl PendingCancels {
    /// Records that the user asked to cancel a job.
    pub fn add(&mut self, id: &JobId) {
        if !self.0.contains(id) {
            self.0.push(id.clone());
        }
    }

    /// Forgets a request that the server rejected: a later cancel of the job comes from somewhere else.
    pub fn remove(&mut self, id: &JobId) {
        self.0.retain(|pending| pending != id);
    }

    /// Updates the list with the current state of a job. True if the job ended because this page cancelled it.
    pub fn settle(&mut self, job: &Job) -> bool {
        let pending = job.state.is_finished() && self.0.contains(&job.job_id);
        if pending {
            self.remove(&job.job_id);
        }
        pending && job.state == JobState::Cancelled
    }
}

#[cfg(test)]
mod tests {
    use super::PendingCancels;
    use crate::job::JobState::{Cancelled, Completed, Failed, Paused, Running};
    use crate::job::sample::job;

    #[test]
    fn a_cancel_is_this_pages_own_once() {
        let mut pending = PendingCancels::default();
        let id = job(1, Running).job_id;
        pending.add(&id);
        pending.add(&id);
        assert!(!pending.settle(&job(1, Paused)));
        assert!(!pending.settle(&job(2, Cancelled)));
        assert!(pending.settle(&job(1, Cancelled)));
        assert!(!pending.settle(&job(1, Cancelled)));
    }

    #[test]
    fn a_rejected_cancel_is_forgotten() {
        let mut pending = PendingCancels::default();
        let id = job(1, Running).job_id;
        pending.add(&id);
        pending.remove(&id);
        assert!(!pending.settle(&job(1, Cancelled)));
    }

    #[test]
    fn a_result_that_beats_the_cancel_settles_it() {
        for end in [Completed, Failed] {
            let mut pending = PendingCancels::default();
            pending.add(&job(1, Running).job_id);
            assert!(!pending.settle(&job(1, end)));
            assert!(!pending.settle(&job(1, Cancelled)), "{end:?}");
        }
    }
}
