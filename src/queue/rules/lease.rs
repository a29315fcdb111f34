//! Who holds a job, and what happens when its worker is gone.

use super::{Decision, advance, end, next_action, next_attempt, pause, run};
use crate::i18n::{JobMessage, Translate, new_failure};
use crate::job::{Action, FailureCode, JobState, RequestedState, Timestamp};
use crate::routes;
use crate::store::{Effects, Lease, Record, RowChange, RuleError};

/// A job fails after this many lost leases without a checkpoint between them.
const MAX_LOST_LEASES: u32 = 3;

/// A worker claims a queued job, with a token of its own.
pub fn claim(record: &mut Record, now: Timestamp, lease: Lease) -> Decision {
    if record.job.state != JobState::Queued || record.external {
        return Err(RuleError::Conflict(record.job.state));
    }
    advance(record, now);
    run(record, now);
    record.lease = Some(lease);
    Ok(Effects::visible())
}

/// The lease ended without a last report. The requested state is applied; without one, the next attempt is
/// queued, or the job fails after [`MAX_LOST_LEASES`] lost leases.
pub fn lost(record: &mut Record, now: Timestamp) -> Effects {
    if record.lease.is_none() {
        return Effects::default();
    }
    if record.job.state != JobState::Running {
        // A paused job loses no work: the next worker claims it once it is resumed.
        record.lease = None;
        return Effects {
            row: RowChange::Internal,
            ..Effects::default()
        };
    }
    advance(record, now);
    record.leases_lost += 1;
    match record.job.wanted {
        Some(RequestedState::Cancelled) => end(record, JobState::Cancelled),
        Some(RequestedState::Paused) => {
            pause(record);
            record.lease = None;
        }
        None if record.leases_lost >= MAX_LOST_LEASES => give_up(record),
        None => next_attempt(record),
    }
    Effects::visible()
}

/// Marks a running job as stalled if its latest report came at or before `silent_since`.
pub fn stalled(record: &mut Record, now: Timestamp, silent_since: Timestamp) -> Effects {
    let silent = record.job.state == JobState::Running
        && !record.job.stalled
        && record.reported_at.is_some_and(|at| at <= silent_since);
    if !silent {
        return Effects::default();
    }
    advance(record, now);
    record.job.stalled = true;
    Effects::visible()
}

/// Whether a lease has ended.
#[must_use]
pub fn expired(record: &Record, now: Timestamp) -> bool {
    record
        .lease
        .as_ref()
        .is_some_and(|lease| lease.until <= now)
}

fn give_up(record: &mut Record) {
    end(record, JobState::Failed);
    let job = &mut record.job;
    let message = JobMessage::WorkerLost;
    job.failure = Some(new_failure(FailureCode::WorkerLost, message.english()));
    job.failure_text = Some(message.text());
    let page = routes::job_page(&job.job_id);
    job.next_action = Some(next_action(Action::Retry, &job.job_id, page));
}
