//! The order of the panel's rows. Pure.

use crate::job::{Job, JobId, JobState, Timestamp, in_order_of};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Rows drawn of one group; the page of all jobs has the rest.
const LONGEST_GROUP: usize = 100;
/// Finished rows drawn.
const LONGEST_FINISHED: usize = 30;
/// The order of running jobs is mended when one stands behind another that will be done this
/// much later: estimates waver, and rows that trade places each second cannot be clicked.
const OVERTAKE_SECONDS: f64 = 1.5;

/// The groups of the panel, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    Running,
    Paused,
    Queued,
    Finished,
}

/// One line of the panel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Row {
    Head(Group),
    Job(JobId),
    /// So many more of a group are not drawn.
    More(Group, usize),
}

/// The lines of the panel, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// The queued jobs, the next one first.
    pub queue: Vec<JobId>,
}

impl Rows {
    /// Running ones in the order given, then paused and queued ones, oldest first, then finished
    /// ones, newest first.
    pub fn of<'a>(jobs: impl Iterator<Item = &'a Job>, running: &[JobId]) -> Self {
        let (mut paused, mut queued, mut finished) = (Vec::new(), Vec::new(), Vec::new());
        for job in jobs {
            match job.state {
                JobState::Running => {}
                JobState::Paused => paused.push(job),
                JobState::Queued => queued.push(job),
                _ => finished.push(job),
            }
        }
        in_order_of(|job| job.created_at, &mut paused);
        in_order_of(|job| job.created_at, &mut queued);
        in_order_of(Job::ended_at, &mut finished);
        finished.reverse();
        let ids = |jobs: Vec<&Job>| jobs.iter().map(|job| job.job_id.clone()).collect();
        let queue: Vec<_> = ids(queued);
        let mut rows = Vec::new();
        for (group, jobs, longest) in [
            (Group::Running, running.to_vec(), LONGEST_GROUP),
            (Group::Paused, ids(paused), LONGEST_GROUP),
            (Group::Queued, queue.clone(), LONGEST_GROUP),
            (Group::Finished, ids(finished), LONGEST_FINISHED),
        ] {
            if jobs.is_empty() {
                continue;
            }
            let hidden = jobs.len().saturating_sub(longest);
            rows.push(Row::Head(group));
            rows.extend(jobs.into_iter().take(longest).map(Row::Job));
            if hidden > 0 {
                rows.push(Row::More(group, hidden));
            }
        }
        Self { rows, queue }
    }

    /// How many wait before a queued job.
    pub fn ahead(&self, id: &JobId) -> Option<usize> {
        self.queue.iter().position(|one| one == id)
    }
}

/// When a running job will be done: from its estimate of what remains, else from what was
/// expected of it at submission; the far end of time when nobody knows.
pub fn done_at(job: &Job) -> f64 {
    let left = job.eta_seconds.or_else(|| {
        job.estimate_seconds
            .map(|all| (all - job.elapsed_seconds).max(0.0))
    });
    left.map_or(f64::INFINITY, |left| {
        job.last_updated_at.seconds_since(Timestamp::default()) + left
    })
}

/// Puts the running jobs in order, soonest done first, and keeps the order that there is where
/// it is nearly as good.
pub fn settle_running(running: &mut Vec<JobId>, jobs: &HashMap<JobId, Arc<Job>>) {
    let runs = |id: &JobId| jobs.get(id).filter(|job| job.state == JobState::Running);
    let mut order: Vec<Place> = (running.drain(..))
        .filter_map(|id| runs(&id).map(|job| (done_at(job), job.started_at, id)))
        .collect();
    let mut late = f64::NEG_INFINITY;
    let wrong = order.iter().any(|(end, ..)| {
        let overtakes = end + OVERTAKE_SECONDS < late;
        late = late.max(*end);
        overtakes
    });
    if wrong {
        order.sort_unstable_by(sooner);
    }
    let here: HashSet<_> = order.iter().map(|(.., id)| id.clone()).collect();
    let mut new: Vec<Place> = (jobs.values())
        .filter(|job| job.state == JobState::Running && !here.contains(&job.job_id))
        .map(|job| (done_at(job), job.started_at, job.job_id.clone()))
        .collect();
    new.sort_unstable_by(sooner);
    for place in new {
        let at = (order.iter().position(|(end, ..)| *end > place.0)).unwrap_or(order.len());
        order.insert(at, place);
    }
    running.extend(order.into_iter().map(|(.., id)| id));
}

/// When a running job will be done, when it began, and which it is.
type Place = (f64, Option<Timestamp>, JobId);

fn sooner(a: &Place, b: &Place) -> Ordering {
    (a.0.total_cmp(&b.0)).then_with(|| (a.1, &a.2).cmp(&(b.1, &b.2)))
}
