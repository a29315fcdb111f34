//! Tools that command a job: cancel, pause, resume, retry, and notify its owner when it is ready.

use super::call::ToolCall;
use super::error::ToolError;
use crate::job::{Job, JobId, Notify};
use crate::mcp::render::output::{JobOutput, poll_after};
use crate::mcp::render::reply::ToolReply;
use crate::mcp::render::tool::Tool;
use crate::mcp::render::uri::job_uri;
use crate::queue::QueueError;

pub async fn cancel(call: &ToolCall<'_>, id: &JobId) -> Result<ToolReply, ToolError> {
    let commanded = call.context.queue.cancel(call.caller, id).await;
    Ok(call.job(job_of(commanded, Tool::Cancel, id)?))
}

pub async fn pause(call: &ToolCall<'_>, id: &JobId) -> Result<ToolReply, ToolError> {
    let commanded = call.context.queue.pause(call.caller, id).await;
    Ok(call.job(job_of(commanded, Tool::Pause, id)?))
}

pub async fn resume(call: &ToolCall<'_>, id: &JobId) -> Result<ToolReply, ToolError> {
    let commanded = call.context.queue.resume(call.caller, id).await;
    Ok(call.job(job_of(commanded, Tool::Resume, id)?))
}

pub async fn retry(call: &ToolCall<'_>, id: &JobId) -> Result<ToolReply, ToolError> {
    let commanded = call.context.queue.retry(call.caller, id).await;
    Ok(call.job(job_of(commanded, Tool::Retry, id)?))
}

/// Records that the person wants to be notified, and tells the client what to expect.
pub async fn notify(call: &ToolCall<'_>, id: &JobId) -> Result<ToolReply, ToolError> {
    let queue = &call.context.queue;
    let commanded = queue.set_notify(call.caller, id, Notify::Always).await;
    let job = job_of(commanded, Tool::Notify, id)?;
    let expect = match poll_after(&job) {
        None => "It has already ended: tell the person now.".to_owned(),
        Some(wait) => format!(
            "Recorded: the person will be notified when “{}” ends. The page shows a toast, and plays a sound or \
             shows a desktop notification if the person turned these on. This server cannot start a turn of this \
             conversation: call get_job_status again in {} s, or call wait_for_job. Once the job has ended, the \
             next answer of any tool reports it. A client that subscribes to {} is notified of each change.",
            job.name,
            wait.as_secs(),
            job_uri(id),
        ),
    };
    let text = format!("{expect}\n{}", call.context.renderer().job(&job));
    let output = JobOutput {
        expect: Some(expect),
        ..JobOutput::from(job.clone())
    };
    Ok(ToolReply::about(job, text, &output))
}

fn job_of(commanded: Result<Job, QueueError>, tool: Tool, id: &JobId) -> Result<Job, ToolError> {
    commanded.map_err(|error| ToolError::of_job(error, id.as_str(), Some(tool)))
}
