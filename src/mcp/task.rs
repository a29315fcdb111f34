//! Jobs as tasks of the protocol's extension (SEP-2663). A task is one attempt of a job, and lies where the
//! job does: on the disk before its id is given away, after a restart as before it.

use super::Mcp;
use super::answer::{Answer, JobAnswer, poll_after_seconds};
use super::refusal::Refused;
use super::telling::Telling;
use crate::job::{Job, JobId, JobState};
use crate::queue::{Caller, PastAttempt};
use rmcp::model::{
    CallToolResult, CreateTaskResult, DetailedTask, ErrorData, GetTaskResult, JsonObject, Task,
    TaskPayload, TaskStatus,
};
use serde_json::Value;

/// The task that a call which started a job is answered with, and what became ready meanwhile. A repeated
/// call may find it ended.
pub fn created(mcp: &Mcp, job: &Job, news: Option<&str>) -> CreateTaskResult {
    let words = Telling::new(&mcp.shared.site).job(job);
    let words = [Some(words.as_str()), news].into_iter().flatten();
    let words = mcp.naming.text(&words.collect::<Vec<_>>().join("\n\n"));
    let status = match job.state {
        JobState::Queued | JobState::Running | JobState::Paused => TaskStatus::Working,
        JobState::Cancelled => TaskStatus::Cancelled,
        JobState::Completed | JobState::Failed => TaskStatus::Completed,
    };
    CreateTaskResult::new(task_of(job, job.attempt, status).with_status_message(words))
}

/// A task as it stands. One that ended stays as it ended, whatever becomes of the job.
pub async fn get(mcp: &Mcp, caller: &Caller, task: &str) -> Result<GetTaskResult, ErrorData> {
    let (job, attempt) = find(mcp, caller, task).await?;
    let telling = Telling::new(&mcp.shared.site);
    let job = match past(mcp, caller, &job, attempt).await? {
        Some(past) => as_it_ended(job, past),
        None => job,
    };
    let payload = match job.state {
        JobState::Queued | JobState::Running | JobState::Paused => TaskPayload::Working,
        JobState::Cancelled => TaskPayload::Cancelled,
        JobState::Completed | JobState::Failed => {
            let answer = Answer::job(&telling, &JobAnswer::of(job.clone()));
            let mut result = mcp.naming.result(answer.into_result());
            // A task fails by an error of the protocol alone; work that failed is a result that says so.
            result.is_error = Some(job.state == JobState::Failed);
            TaskPayload::Completed {
                result: object(&result),
            }
        }
    };
    let said = mcp.naming.text(&telling.job(&job));
    let task = task_of(&job, attempt, payload.status()).with_status_message(said);
    Ok(GetTaskResult::new(DetailedTask::new(task, payload)))
}

/// Ends a task's job. One that has ended stays as it is, which is no error.
pub async fn cancel(mcp: &Mcp, caller: &Caller, task: &str) -> Result<(), ErrorData> {
    let (job, attempt) = find(mcp, caller, task).await?;
    let is_over = !job.state.is_active() || past(mcp, caller, &job, attempt).await?.is_some();
    if is_over {
        return Ok(());
    }
    // An attempt that fails and is retried right here would be cancelled with the next one: a person who
    // retries and one who cancels in the same instant want different things anyway.
    match mcp.shared.queue.cancel(caller, &job.job_id).await {
        // It ended between the two looks.
        Ok(_) | Err(crate::queue::QueueError::Conflict(_)) => Ok(()),
        Err(error) => Err(Refused::of_job(error, job.job_id.as_str(), None).into_error()),
    }
}

/// Our tasks never ask anything, so that no answer is awaited; a task that is unknown is still an error.
pub async fn update(mcp: &Mcp, caller: &Caller, task: &str) -> Result<(), ErrorData> {
    find(mcp, caller, task).await.map(drop)
}

/// The job of a task and the attempt that it is.
async fn find(mcp: &Mcp, caller: &Caller, task: &str) -> Result<(Job, u32), ErrorData> {
    let unknown = || ErrorData::invalid_params("There is no such task.", None);
    let (id, attempt) = task.rsplit_once('.').ok_or_else(unknown)?;
    let id = JobId::parse(id).map_err(|_| unknown())?;
    let digits = attempt.bytes().all(|byte| byte.is_ascii_digit()) && !attempt.starts_with('0');
    let attempt: u32 = attempt
        .parse()
        .ok()
        .filter(|_| digits)
        .ok_or_else(unknown)?;
    let job = match mcp.shared.queue.get(caller, &id).await {
        Ok(job) => job,
        Err(crate::queue::QueueError::NotFound) => return Err(unknown()),
        Err(error) => return Err(Refused::from(error).into_error()),
    };
    if attempt > job.attempt {
        return Err(unknown());
    }
    Ok((job, attempt))
}

/// How an earlier attempt ended. A lost lease ends none: the next attempt goes on with the same work.
async fn past(
    mcp: &Mcp,
    caller: &Caller,
    job: &Job,
    attempt: u32,
) -> Result<Option<PastAttempt>, ErrorData> {
    if attempt == job.attempt {
        return Ok(None);
    }
    let history = mcp.shared.queue.history(caller, &job.job_id).await;
    let history = history.map_err(|error| Refused::from(error).into_error())?;
    Ok(history
        .into_iter()
        .find(|past| past.attempt >= attempt && !past.state.is_active()))
}

/// The job as an earlier attempt left it; of one from before all of it was kept, what the history tells.
fn as_it_ended(job: Job, past: PastAttempt) -> Job {
    if let Some(job) = past.job {
        return *job;
    }
    Job {
        state: past.state,
        wanted: None,
        eta_seconds: None,
        elapsed_seconds: past.elapsed_seconds,
        attempt: past.attempt,
        started_at: past.started_at,
        finished_at: Some(past.finished_at),
        last_updated_at: past.finished_at,
        // What the history does not keep, and what the next attempt moves.
        progress: None,
        current_step: None,
        step_text: None,
        stalled: false,
        next_action: None,
        failure: past.failure,
        failure_text: past.failure_text,
        result: past.result,
        ..job
    }
}

fn task_of(job: &Job, attempt: u32, status: TaskStatus) -> Task {
    let id = format!("{}.{attempt}", job.job_id);
    let task = Task::new(
        id,
        status,
        job.created_at.to_string(),
        job.last_updated_at.to_string(),
    );
    match poll_after_seconds(job) {
        Some(seconds) => task.with_poll_interval_ms(u64::from(seconds) * 1000),
        None => task,
    }
}

fn object(result: &CallToolResult) -> JsonObject {
    match serde_json::to_value(result) {
        Ok(Value::Object(object)) => object,
        // Nothing of ours fails to be written.
        _ => JsonObject::new(),
    }
}
