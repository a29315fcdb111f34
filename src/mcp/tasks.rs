//! Jobs as tasks of the protocol's extension (SEP-2663).
//!
//! A task is one attempt of a job. It is read from the job's row or its history, so it is on disk before its id is
//! returned, and is the same after a restart.

use super::context::McpContext;
use super::render::output::{JobOutput, poll_after};
use super::render::reply::ToolReply;
use super::tools::error::ToolError;
use crate::job::{Job, JobId, JobState};
use crate::queue::{Caller, PastAttempt, QueueError};
use rmcp::model::{
    CallToolResult, CreateTaskResult, DetailedTask, ErrorData, GetTaskResult, JsonObject, Task,
    TaskPayload, TaskStatus,
};
use serde_json::Value;

/// The answer to a call that started a job. A repeated call may find a job that has ended.
pub fn created(context: &McpContext, job: &Job, ready_notice: Option<String>) -> CreateTaskResult {
    let mut text = context.renderer().job(job);
    if let Some(notice) = ready_notice {
        text = format!("{text}\n\n{notice}");
    }
    let status = match job.state {
        JobState::Queued | JobState::Running | JobState::Paused => TaskStatus::Working,
        JobState::Cancelled => TaskStatus::Cancelled,
        JobState::Completed | JobState::Failed => TaskStatus::Completed,
    };
    let task = task_of(job, job.attempt, status);
    CreateTaskResult::new(task.with_status_message(context.names.text(&text)))
}

/// The current state of a task. A task that has ended never changes, whatever happens to its job.
pub async fn get(
    context: &McpContext,
    caller: &Caller,
    task: &str,
) -> Result<GetTaskResult, ErrorData> {
    let (job, attempt) = find(context, caller, task).await?;
    let job = match past_attempt(context, caller, &job, attempt).await? {
        Some(past) => job_after(job, past),
        None => job,
    };
    let renderer = context.renderer();
    let text = context.names.text(&renderer.job(&job));
    let payload = match job.state {
        JobState::Queued | JobState::Running | JobState::Paused => TaskPayload::Working,
        JobState::Cancelled => TaskPayload::Cancelled,
        JobState::Completed | JobState::Failed => {
            let reply = ToolReply::job(&renderer, &JobOutput::from(job.clone()));
            let mut result = context.names.result(reply.into_result());
            // A failed task is one whose call failed in the protocol. A job that failed is a completed task whose
            // result is an error.
            result.is_error = Some(job.state == JobState::Failed);
            TaskPayload::Completed {
                result: as_object(&result),
            }
        }
    };
    let task = task_of(&job, attempt, payload.status()).with_status_message(text);
    Ok(GetTaskResult::new(DetailedTask::new(task, payload)))
}

/// Cancels a task's job. Cancelling a task that has ended is not an error and changes nothing.
pub async fn cancel(context: &McpContext, caller: &Caller, task: &str) -> Result<(), ErrorData> {
    let (job, attempt) = find(context, caller, task).await?;
    let has_ended = !job.state.is_active()
        || past_attempt(context, caller, &job, attempt)
            .await?
            .is_some();
    if has_ended {
        return Ok(());
    }
    // If the attempt fails and is retried between these two calls, the next attempt is cancelled. A retry and a cancel
    // at the same instant conflict in any case.
    match context.queue.cancel(caller, &job.job_id).await {
        // It ended between the two calls.
        Ok(_) | Err(QueueError::Conflict(_)) => Ok(()),
        Err(error) => Err(ToolError::of_job(error, job.job_id.as_str(), None).into()),
    }
}

/// Accepts and ignores input for a task, since our tasks never ask for any. An unknown task is still an error.
pub async fn update(context: &McpContext, caller: &Caller, task: &str) -> Result<(), ErrorData> {
    find(context, caller, task).await.map(drop)
}

/// The job of a task, and the attempt that the task is.
async fn find(context: &McpContext, caller: &Caller, task: &str) -> Result<(Job, u32), ErrorData> {
    let unknown = || ErrorData::invalid_params("There is no such task.", None);
    let (id, attempt) = parse_task_id(task).ok_or_else(unknown)?;
    let job = match context.queue.get(caller, &id).await {
        Ok(job) => job,
        Err(QueueError::NotFound) => return Err(unknown()),
        Err(error) => return Err(ToolError::from(error).into()),
    };
    if attempt > job.attempt {
        return Err(unknown());
    }
    Ok((job, attempt))
}

fn task_id(job: &JobId, attempt: u32) -> String {
    format!("{job}.{attempt}")
}

/// Parses only what [`task_id`] writes: a number with a sign or a leading zero is rejected.
fn parse_task_id(task: &str) -> Option<(JobId, u32)> {
    let (id, attempt) = task.rsplit_once('.')?;
    let (id, attempt) = (JobId::parse(id).ok()?, attempt.parse().ok()?);
    (attempt > 0 && task_id(&id, attempt) == task).then_some((id, attempt))
}

/// How an earlier attempt ended. A lost lease does not end a task: the next attempt continues the same work.
async fn past_attempt(
    context: &McpContext,
    caller: &Caller,
    job: &Job,
    attempt: u32,
) -> Result<Option<PastAttempt>, ToolError> {
    if attempt == job.attempt {
        return Ok(None);
    }
    let history = context.queue.history(caller, &job.job_id).await?;
    Ok(history
        .into_iter()
        .find(|past| past.attempt >= attempt && !past.state.is_active()))
}

/// The job as an earlier attempt left it. Old rows of the history have only some of its fields.
fn job_after(job: Job, past: PastAttempt) -> Job {
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
        // The history does not have these, and the next attempt changes them.
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
    let task = Task::new(
        task_id(&job.job_id, attempt),
        status,
        job.created_at.to_string(),
        job.last_updated_at.to_string(),
    );
    match poll_after(job) {
        Some(wait) => task.with_poll_interval_ms(wait.as_secs() * 1000),
        None => task,
    }
}

fn as_object(result: &CallToolResult) -> JsonObject {
    match serde_json::to_value(result) {
        Ok(Value::Object(object)) => object,
        // A result always serializes to an object.
        _ => JsonObject::new(),
    }
}
