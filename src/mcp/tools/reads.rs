//! Tools that read one job: its status, its log, its result.

use super::arguments::{DEFAULT_LINES, LogsArguments, job_id};
use super::artifact;
use super::call::ToolCall;
use super::error::{ToolError, ToolErrorCode};
use crate::job::{JobId, JobState};
use crate::mcp::render::output::{JobOutput, LogsOutput, ResultOutput};
use crate::mcp::render::reply::ToolReply;
use crate::mcp::render::text;
use crate::queue::QueueError;
use crate::routes;

/// Maximum number of log lines in a status.
const STATUS_LINES: u32 = 20;

pub async fn status(call: &ToolCall<'_>, id: &JobId) -> Result<ToolReply, ToolError> {
    let queue = &call.context.queue;
    let job = queue.get(call.caller, id).await.map_err(of_job(id))?;
    let logs = queue.last_logs(call.caller, id, STATUS_LINES).await?;
    let output = JobOutput {
        logs_next: Some(logs.next),
        logs: Some(logs.lines),
        ..JobOutput::from(job)
    };
    Ok(ToolReply::job(&call.context.renderer(), &output))
}

pub async fn logs(call: &ToolCall<'_>, arguments: LogsArguments) -> Result<ToolReply, ToolError> {
    let id = job_id(&arguments.job_id)?;
    let after = arguments.after.unwrap_or(0);
    let limit = arguments.limit.unwrap_or(DEFAULT_LINES);
    let queue = &call.context.queue;
    let job = queue.get(call.caller, &id).await.map_err(of_job(&id))?;
    let page = queue.logs(call.caller, &id, after, limit).await;
    let page = page.map_err(of_job(&id))?;
    let mut text = text::log(&page.lines);
    if text.is_empty() {
        text = format!("“{}” has no log lines after {after}.", job.name);
    }
    let output = LogsOutput {
        lines: page.lines,
        next: page.next,
        state: job.state,
    };
    Ok(ToolReply {
        about: Some(Box::new(job)),
        ..ToolReply::new(text, &output)
    })
}

pub async fn result(call: &ToolCall<'_>, id: &JobId) -> Result<ToolReply, ToolError> {
    let job = call.context.queue.get(call.caller, id).await;
    let job = job.map_err(of_job(id))?;
    let renderer = call.context.renderer();
    if job.state != JobState::Completed {
        let message = format!("There is no result. {}", renderer.job(&job));
        return Err(ToolError::new(ToolErrorCode::NoResult, message).about(job));
    }
    let beginning = artifact::read_text(call.context, call.caller, id).await?;
    let page = match &job.next_action {
        Some(next) => renderer.link(&next.href),
        None => renderer.link(&routes::job_page(id)),
    };
    let result = job.result.as_ref();
    let output = ResultOutput {
        job_id: id.clone(),
        name: job.name.clone(),
        media_type: result.map(|result| result.media_type.clone()),
        bytes: result.map(|result| result.bytes),
        uri: result.map(|result| result.uri.clone()),
        href: result.map(|result| renderer.link(&result.href)),
        page,
        truncated: beginning.as_ref().is_some_and(|text| text.truncated),
        text: beginning.map(|text| text.text),
    };
    let mut text = renderer.job(&job);
    if let Some(content) = &output.text {
        text = format!("{text}\n\n{content}");
    }
    if output.truncated {
        text.push_str("\n\n(This is only the beginning; the resource has all of it.)");
    }
    Ok(ToolReply::about(job, text, &output))
}

fn of_job(id: &JobId) -> impl Fn(QueueError) -> ToolError {
    |error| ToolError::of_job(error, id.as_str(), None)
}
