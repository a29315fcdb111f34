//! Which jobs count towards the overall progress.

use super::{Job, JobState, Timestamp};

/// Active jobs, plus finished jobs whose runs overlap, directly or through other jobs, with an active one. Empty when
/// no job is active.
///
/// It depends on the jobs alone, so every subscriber computes the same batch.
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

/// Sorts jobs by one of their times, earliest first; jobs with equal times are sorted by id.
///
/// Not generic: each instance of a sort is large code, and the browser only sorts jobs.
pub fn in_order_of(time: fn(&Job) -> Timestamp, jobs: &mut [&Job]) {
    jobs.sort_unstable_by(|a, b| (time(a), &a.job_id).cmp(&(time(b), &b.job_id)));
}

/// When a job's activity began. For a later attempt this is not the submission, which started the first attempt.
fn begin(job: &Job) -> Timestamp {
    if job.attempt <= 1 {
        return job.created_at;
    }
    match job.state {
        JobState::Queued => job.last_updated_at,
        _ => job.started_at.unwrap_or(job.last_updated_at),
    }
}
