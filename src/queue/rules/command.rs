//! What people ask for: pause, resume, cancel, retry, and when to be told.
//!
//! Who waits or has no lease obeys at once; a leased job gets a wish that its worker honours.

use super::{Decision, advance, end, next_attempt, run, wait};
use crate::job::{JobState, Notify, RequestedState, Timestamp};
use crate::store::{CheckpointChange, Effects, PastAttempt, Record, RuleError};

/// Stops a job until it is resumed.
pub fn pause(record: &mut Record, now: Timestamp) -> Decision {
    match record.job.state {
        // A cancel that is on its way is not taken back by a pause.
        JobState::Running if record.job.wanted.is_some() => Ok(Effects::default()),
        JobState::Running if record.lease.is_some() => {
            Ok(want(record, now, RequestedState::Paused))
        }
        JobState::Running | JobState::Queued => {
            advance(record, now);
            super::pause(record);
            Ok(Effects::visible())
        }
        other => Err(RuleError::Conflict(other)),
    }
}

/// Lets a paused job go on, or takes back a pause that was not honoured yet.
pub fn resume(record: &mut Record, now: Timestamp) -> Decision {
    match (record.job.state, record.job.wanted) {
        (JobState::Running, Some(RequestedState::Paused)) => {
            advance(record, now);
            record.job.wanted = None;
        }
        (JobState::Paused, _) => {
            advance(record, now);
            // Its worker waits, and goes on where it still holds the lease.
            if record.lease.as_ref().is_some_and(|lease| lease.until > now) {
                run(record, now);
            } else {
                wait(record);
            }
        }
        (other, _) => return Err(RuleError::Conflict(other)),
    }
    Ok(Effects::visible())
}

/// Ends a job.
pub fn cancel(record: &mut Record, now: Timestamp) -> Decision {
    match record.job.state {
        JobState::Running if record.job.wanted == Some(RequestedState::Cancelled) => {
            Ok(Effects::default())
        }
        JobState::Running if record.lease.is_some() => {
            Ok(want(record, now, RequestedState::Cancelled))
        }
        JobState::Running | JobState::Queued | JobState::Paused => {
            advance(record, now);
            end(record, JobState::Cancelled);
            Ok(Effects::visible())
        }
        other => Err(RuleError::Conflict(other)),
    }
}

/// Makes the next attempt of a failed or cancelled job; the past one goes to the history.
pub fn retry(record: &mut Record, now: Timestamp) -> Decision {
    let job = &record.job;
    if !matches!(job.state, JobState::Failed | JobState::Cancelled) {
        return Err(RuleError::Conflict(job.state));
    }
    let past = PastAttempt {
        attempt: job.attempt,
        state: job.state,
        started_at: job.started_at,
        finished_at: job.finished_at.unwrap_or(job.last_updated_at),
        elapsed_seconds: job.elapsed_seconds,
        result: job.result.clone(),
        failure: job.failure.clone(),
        failure_text: job.failure_text.clone(),
        job: Some(Box::new(job.clone())),
    };
    advance(record, now);
    next_attempt(record);
    let job = &mut record.job;
    job.failure = None;
    job.failure_text = None;
    job.result = None;
    job.next_action = None;
    record.artifact = None;
    record.leases_lost = 0;
    Ok(Effects {
        past: Some(past),
        // What the failed attempt left may be why it failed.
        checkpoint: CheckpointChange::Delete,
        ..Effects::visible()
    })
}

/// When the owner wants to hear of the end. A completed job has none to come, and stays as it is.
pub fn notify(record: &mut Record, now: Timestamp, notify: Notify) -> Effects {
    if record.job.notify == notify || record.job.state == JobState::Completed {
        return Effects::default();
    }
    advance(record, now);
    record.job.notify = notify;
    Effects::visible()
}

fn want(record: &mut Record, now: Timestamp, wish: RequestedState) -> Effects {
    advance(record, now);
    record.job.wanted = Some(wish);
    Effects::visible()
}
