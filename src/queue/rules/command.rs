//! The commands (pause, resume, cancel, retry), and when the owner is alerted.
//!
//! A job without a lease changes at once. A running job with a lease gets a requested state, which its worker honours.

use super::{Decision, advance, end, next_attempt, run, wait};
use crate::job::{JobState, Notify, RequestedState, Timestamp};
use crate::store::{CheckpointChange, Effects, PastAttempt, Record, RuleError};

/// Stops a job until it is resumed.
pub fn pause(record: &mut Record, now: Timestamp) -> Decision {
    match record.job.state {
        // A pause does not replace a pending cancel.
        JobState::Running if record.job.wanted.is_some() => Ok(Effects::default()),
        JobState::Running if record.lease.is_some() => {
            Ok(request(record, now, RequestedState::Paused))
        }
        JobState::Running | JobState::Queued => {
            advance(record, now);
            super::pause(record);
            Ok(Effects::visible())
        }
        other => Err(RuleError::Conflict(other)),
    }
}

/// Continues a paused job, or withdraws a pause that the worker has not honoured yet.
pub fn resume(record: &mut Record, now: Timestamp) -> Decision {
    match (record.job.state, record.job.wanted) {
        (JobState::Running, Some(RequestedState::Paused)) => {
            advance(record, now);
            record.job.wanted = None;
        }
        (JobState::Paused, _) => {
            advance(record, now);
            // A worker that still holds the lease is waiting, and continues the job.
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
            Ok(request(record, now, RequestedState::Cancelled))
        }
        JobState::Running | JobState::Queued | JobState::Paused => {
            advance(record, now);
            end(record, JobState::Cancelled);
            Ok(Effects::visible())
        }
        other => Err(RuleError::Conflict(other)),
    }
}

/// Starts the next attempt of a failed or cancelled job; the past one goes to the history.
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
        // The checkpoint of the failed attempt may be the reason for its failure.
        checkpoint: CheckpointChange::Delete,
        ..Effects::visible()
    })
}

/// Sets when the owner is alerted. A completed job cannot end again, so it does not change.
pub fn notify(record: &mut Record, now: Timestamp, notify: Notify) -> Effects {
    if record.job.notify == notify || record.job.state == JobState::Completed {
        return Effects::default();
    }
    advance(record, now);
    record.job.notify = notify;
    Effects::visible()
}

fn request(record: &mut Record, now: Timestamp, requested: RequestedState) -> Effects {
    advance(record, now);
    record.job.wanted = Some(requested);
    Effects::visible()
}
