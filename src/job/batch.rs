//! Which jobs an overall progress is about.

use super::{Job, JobState, Timestamp};

/// The active jobs and those that finished since their owner was last idle: all whose time of
/// activity is linked to an active one's without a gap. Empty when nothing is active.
///
/// It is derived from the jobs alone, so that every watcher finds the same batch.
pub fn batch<'a>(jobs: impl IntoIterator<Item = &'a Job>) -> Vec<&'a Job> {
    let (mut batch, mut finished): (Vec<_>, Vec<_>) = jobs
        .into_iter()
        .partition::<Vec<_>, _>(|job| job.state.is_active());
    let Some(mut busy_since) = batch.iter().map(|job| begin(job)).min() else {
        return batch;
    };
    in_order_of(Job::ended_at, &mut finished);
    for job in finished.into_iter().rev() {
        if job.ended_at() < busy_since {
            break;
        }
        busy_since = busy_since.min(begin(job));
        batch.push(job);
    }
    batch
}

/// Puts jobs in the order of a time of theirs, earliest first; their ids decide between equals.
///
/// Not generic: a sort is large, and the browser's part needs one of jobs alone.
pub fn in_order_of(time: fn(&Job) -> Timestamp, jobs: &mut [&Job]) {
    jobs.sort_unstable_by(|a, b| (time(a), &a.job_id).cmp(&(time(b), &b.job_id)));
}

/// When a job's activity began. A later attempt does not count from the first one's submission.
fn begin(job: &Job) -> Timestamp {
    if job.attempt <= 1 {
        return job.created_at;
    }
    match job.state {
        JobState::Queued => job.last_updated_at,
        _ => job.started_at.unwrap_or(job.last_updated_at),
    }
}
