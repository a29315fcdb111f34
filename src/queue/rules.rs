//! What may happen to a job, as pure functions on its row. The time is passed in.

pub mod command;
pub mod lease;
pub mod report;

use crate::i18n::{self, JobMessage, Lang, Translate};
use crate::job::{Action, Eta, JobId, JobState, NextAction, Timestamp};
use crate::routes;
use crate::store::{Effects, Record, RuleError};
use serde_json::json;

/// The result of a rule.
pub type Decision = Result<Effects, RuleError>;

/// A next action for a job, with its page.
fn next_action(action: Action, id: &JobId, page: String) -> NextAction {
    NextAction {
        action,
        label: i18n::job::action(action).get(Lang::En).to_owned(),
        href: page,
        tool: routes::tool_for(action).to_owned(),
        arguments: json!({ "job_id": id.as_str() }),
    }
}

/// Advances the row to `now`: counts the running time up and the remaining time down.
///
/// Each change is at least 1 ms later than the one before, even if the clock has not moved.
fn advance(record: &mut Record, now: Timestamp) {
    let last = record.job.last_updated_at;
    let now = now.max(Timestamp(last.0 + 1));
    if record.job.state == JobState::Running {
        let millis = (record.job.elapsed_seconds * 1000.0).round();
        record.job.elapsed_seconds = (millis + (now.seconds_since(last) * 1000.0).round()) / 1000.0;
        estimate_remaining(record);
    }
    record.job.last_updated_at = now;
}

/// Updates the remaining time from the latest sample.
fn estimate_remaining(record: &mut Record) {
    let since = record.job.elapsed_seconds - record.eta.elapsed;
    record.job.eta_seconds = record
        .eta
        .remaining()
        .map(|seconds| (seconds - since).max(0.0));
}

/// Sets the job to running. Its estimate starts over, since earlier progress does not show the speed of this run.
fn run(record: &mut Record, now: Timestamp) {
    let job = &mut record.job;
    job.state = JobState::Running;
    job.started_at.get_or_insert(job.last_updated_at);
    job.eta_seconds = None;
    if job.progress == Some(0.0) {
        job.progress = None;
    }
    record.eta = Eta {
        progress: job.progress.unwrap_or(0.0),
        elapsed: job.elapsed_seconds,
        ..Eta::default()
    };
    record.reported_at = Some(now);
}

/// Queues the job, in the same attempt.
fn wait(record: &mut Record) {
    let job = &mut record.job;
    job.state = JobState::Queued;
    job.wanted = None;
    job.stalled = false;
    job.progress = job.progress.or(Some(0.0));
    record.lease = None;
}

/// Pauses the job until somebody resumes it.
fn pause(record: &mut Record) {
    record.job.state = JobState::Paused;
    record.job.wanted = None;
    record.job.stalled = false;
}

/// Ends the job: completed, failed or cancelled.
fn end(record: &mut Record, state: JobState) {
    let job = &mut record.job;
    job.state = state;
    job.wanted = None;
    job.stalled = false;
    job.eta_seconds = None;
    job.finished_at = Some(job.last_updated_at);
    record.lease = None;
}

/// Queues the next attempt. Its progress and times start over; the caller decides whether the checkpoint stays.
fn next_attempt(record: &mut Record) {
    wait(record);
    let job = &mut record.job;
    job.attempt += 1;
    job.progress = Some(0.0);
    job.elapsed_seconds = 0.0;
    job.eta_seconds = None;
    job.started_at = None;
    job.finished_at = None;
    job.current_step = Some(JobMessage::Initializing.english());
    job.step_text = Some(JobMessage::Initializing.text());
    record.eta = Eta::default();
}
