//! The rows of the panel.

use crate::job::{Job, JobId, JobState, in_order_of};

/// Maximum number of rows of one group; the page of all jobs has the rest.
const MAX_GROUP: usize = 100;
/// Maximum number of rows of finished jobs.
const MAX_FINISHED: usize = 30;

/// The groups of the panel, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowGroup {
    Running,
    Paused,
    Queued,
    Finished,
}

/// One row of the panel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PanelRow {
    Heading(RowGroup),
    Job(JobId),
    /// The number of jobs of a group that have no row.
    More(RowGroup, usize),
}

/// The rows of the panel, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PanelRows {
    pub rows: Vec<PanelRow>,
    /// The queued jobs, the next one first.
    pub queue: Vec<JobId>,
}

impl PanelRows {
    /// Running jobs in the order given, then paused and queued ones, oldest first, then finished ones, newest
    /// first.
    pub fn new<'a>(jobs: impl Iterator<Item = &'a Job>, running: &[JobId]) -> Self {
        let (mut paused, mut queued, mut finished) = (Vec::new(), Vec::new(), Vec::new());
        for job in jobs {
            match job.state {
                JobState::Running => {}
                JobState::Paused => paused.push(job),
                JobState::Queued => queued.push(job),
                JobState::Completed | JobState::Failed | JobState::Cancelled => finished.push(job),
            }
        }
        in_order_of(|job| job.created_at, &mut paused);
        in_order_of(|job| job.created_at, &mut queued);
        in_order_of(Job::ended_at, &mut finished);
        finished.reverse();
        let ids = |jobs: Vec<&Job>| jobs.iter().map(|job| job.job_id.clone()).collect();
        let queue: Vec<_> = ids(queued);
        let mut rows = Vec::new();
        for (group, jobs, max) in [
            (RowGroup::Running, running.to_vec(), MAX_GROUP),
            (RowGroup::Paused, ids(paused), MAX_GROUP),
            (RowGroup::Queued, queue.clone(), MAX_GROUP),
            (RowGroup::Finished, ids(finished), MAX_FINISHED),
        ] {
            if jobs.is_empty() {
                continue;
            }
            let hidden = jobs.len().saturating_sub(max);
            rows.push(PanelRow::Heading(group));
            rows.extend(jobs.into_iter().take(max).map(PanelRow::Job));
            if hidden > 0 {
                rows.push(PanelRow::More(group, hidden));
            }
        }
        Self { rows, queue }
    }

    /// The number of jobs ahead of a queued one; none for a job that is not queued.
    pub fn jobs_ahead(&self, id: &JobId) -> Option<usize> {
        self.queue.iter().position(|queued| queued == id)
    }
}
