//! What a worker or an external job's owner reports.

use super::{Decision, advance, end, estimate_remaining, lease, next_action, pause, run, wait};
use crate::i18n::{JobMessage, Translate, new_failure};
use crate::job::{Action, FailureCode, JobResult, JobState, LogLine, RequestedState, Timestamp};
use crate::queue::requests::{NewResult, Report};
use crate::routes;
use crate::store::{Artifact, CheckpointChange, Effects, Record, RowChange, RuleError};

/// What entitles the sender of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right {
    /// A lease token; `local` for a worker of this process, which stops when it pauses.
    Token { token: String, local: bool },
    /// The user who submitted the job.
    Owner(String),
}

/// The next action that a kind has for a completed job, and its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultAction {
    pub action: Action,
    pub page: String,
}

/// Applies a report, or rejects it as a whole.
pub fn report(
    record: &mut Record,
    now: Timestamp,
    right: &Right,
    report: Report,
    result_action: Option<ResultAction>,
) -> Decision {
    check_right(record, now, right)?;
    let state = record.job.state;
    if !state.is_active() {
        return Err(RuleError::Conflict(state));
    }
    if let Some(lease) = &mut record.lease {
        lease.until = Timestamp(now.0 + i64::from(lease.seconds) * 1000);
    }
    if report == Report::default() {
        return Ok(Effects {
            row: if record.lease.is_some() {
                RowChange::Internal
            } else {
                RowChange::None
            },
            ..Effects::default()
        });
    }
    // An external job pauses at once, so a report on a paused one was sent by a worker that has not noticed yet.
    if record.external && state == JobState::Paused && report.state != Some(JobState::Cancelled) {
        return Err(RuleError::Conflict(state));
    }
    let before = record.clone();
    advance(record, now);
    record.reported_at = Some(now);
    record.job.stalled = false;
    if record.external && state == JobState::Queued && report.state != Some(JobState::Cancelled) {
        run(record, now);
    }
    let mut effects = progress(record, &report, now);
    if let Some(to) = report.state {
        become_(record, to, now, right, report, result_action)?;
    }
    if !effects.log.is_empty() || shown_differs(&before, record) {
        effects.row = RowChange::Visible;
    } else {
        // A lower progress is ignored, and people do not see checkpoints.
        record.job = before.job;
        effects.row = RowChange::Internal;
    }
    Ok(effects)
}

fn check_right(record: &Record, now: Timestamp, right: &Right) -> Result<(), RuleError> {
    match right {
        Right::Token { token, .. } => {
            let held = record
                .lease
                .as_ref()
                .is_some_and(|lease| lease.token == *token);
            if held && !lease::expired(record, now) {
                Ok(())
            } else {
                Err(RuleError::LeaseLost)
            }
        }
        Right::Owner(_) if !record.external => Err(RuleError::LeaseRequired),
        Right::Owner(user) if *user != record.job.owner.id => Err(RuleError::NotFound),
        Right::Owner(_) => Ok(()),
    }
}

/// Applies the progress, step, log and checkpoint; the caller applies the state afterwards.
fn progress(record: &mut Record, report: &Report, now: Timestamp) -> Effects {
    let job = &mut record.job;
    if let Some(progress) = report.progress
        && job.progress.is_none_or(|known| progress >= known)
    {
        job.progress = Some(progress);
        if job.state == JobState::Running {
            record.eta = record.eta.sampled(progress, job.elapsed_seconds);
        }
    }
    if report.step.is_some() {
        job.current_step.clone_from(&report.step);
        job.step_text.clone_from(&report.step_text);
    }
    if job.state == JobState::Running {
        estimate_remaining(record);
    }
    if report.checkpoint.is_some() {
        record.leases_lost = 0;
    }
    let log = report
        .log
        .iter()
        .map(|line| {
            let seq = record.next_log;
            record.next_log += 1;
            LogLine {
                seq,
                at: line.at.unwrap_or(now),
                stream: line.stream,
                text: line.text.clone(),
            }
        })
        .collect();
    Effects {
        log,
        checkpoint: match &report.checkpoint {
            Some(checkpoint) => CheckpointChange::Replace(checkpoint.clone()),
            None => CheckpointChange::Keep,
        },
        ..Effects::default()
    }
}

fn become_(
    record: &mut Record,
    to: JobState,
    now: Timestamp,
    right: &Right,
    report: Report,
    result_action: Option<ResultAction>,
) -> Result<(), RuleError> {
    let from = record.job.state;
    let cancelling = record.job.wanted == Some(RequestedState::Cancelled);
    if from != to && !from.may_become(to, record.external) {
        return Err(RuleError::Conflict(from));
    }
    match to {
        // While a cancel is pending, any end but success counts as cancelled.
        JobState::Failed | JobState::Paused | JobState::Queued if cancelling => {
            end(record, JobState::Cancelled);
        }
        JobState::Running if from == JobState::Running => {}
        JobState::Running => run(record, now),
        JobState::Paused if from == JobState::Paused => {}
        JobState::Paused => {
            pause(record);
            // A worker of this process ends its run; a worker over HTTP may keep its lease and wait.
            if matches!(right, Right::Token { local: true, .. }) {
                record.lease = None;
            }
        }
        JobState::Queued if record.job.wanted == Some(RequestedState::Paused) => {
            pause(record);
            record.lease = None;
        }
        JobState::Queued => wait(record),
        JobState::Cancelled => end(record, JobState::Cancelled),
        JobState::Completed => complete(record, report.result, result_action),
        JobState::Failed => fail(record, report),
    }
    Ok(())
}

fn complete(record: &mut Record, result: Option<NewResult>, result_action: Option<ResultAction>) {
    end(record, JobState::Completed);
    let job = &mut record.job;
    job.progress = Some(1.0);
    let own_page = routes::job_page(&job.job_id);
    let result_action = result_action.filter(|_| !record.external && result.is_some());
    let given = result.as_ref().and_then(|result| result.page.clone());
    let page = given.clone().or_else(|| {
        result_action
            .as_ref()
            .map(|result_action| result_action.page.clone())
    });
    let action = result_action.map_or(Action::Open, |result_action| result_action.action);
    job.next_action = Some(next_action(
        action,
        &job.job_id,
        page.clone().unwrap_or(own_page),
    ));
    let Some(result) = result else { return };
    let served = routes::job_result(&job.job_id);
    // Without a file there is nothing to serve, so the worker's own link is used.
    let link = result
        .href
        .clone()
        .or_else(|| given.filter(|_| result.file.is_none()));
    job.result = Some(JobResult {
        href: link.unwrap_or(served),
        uri: routes::job_result_resource(&job.job_id),
        media_type: result.media_type.clone(),
        bytes: result.bytes,
        page,
    });
    record.artifact = Some(Artifact {
        download_name: result
            .download_name
            .unwrap_or_else(|| job.job_id.to_string()),
        file: result.file,
        href: result.href,
        media_type: result.media_type,
        bytes: result.bytes,
        details: result.details,
    });
}

fn fail(record: &mut Record, report: Report) {
    end(record, JobState::Failed);
    let job = &mut record.job;
    let unexplained = JobMessage::Unexplained;
    let (failure, text) = match report.failure {
        Some(failure) => (failure, report.failure_text),
        None => (
            new_failure(FailureCode::Internal, unexplained.english()),
            Some(unexplained.text()),
        ),
    };
    let action = if failure.retryable {
        Action::Retry
    } else {
        Action::Fix
    };
    let page = routes::job_page(&job.job_id);
    job.next_action = Some(next_action(action, &job.job_id, page));
    job.failure = Some(failure);
    job.failure_text = text;
}

/// Whether a report changed anything that people see, apart from the elapsed time.
fn shown_differs(before: &Record, after: &Record) -> bool {
    let (a, b) = (&before.job, &after.job);
    (a.state, a.wanted, a.progress, a.stalled) != (b.state, b.wanted, b.progress, b.stalled)
        || a.current_step != b.current_step
        || a.step_text != b.step_text
}
