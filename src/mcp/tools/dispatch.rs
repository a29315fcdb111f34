//! Maps each tool to its function. All of them return at once, except the one that waits.

use super::arguments::{read, read_job_id};
use super::call::ToolCall;
use super::error::ToolError;
use super::{commands, lists, reads, wait};
use crate::mcp::render::reply::ToolReply;
use crate::mcp::render::tool::Tool;
use rmcp::model::{CallToolResult, JsonObject};

/// Calls a tool.
pub async fn call(call: &ToolCall<'_>, tool: Tool, arguments: JsonObject) -> CallToolResult {
    let outcome = dispatch(call, tool, arguments).await;
    call.finish(outcome).await
}

async fn dispatch(
    call: &ToolCall<'_>,
    tool: Tool,
    arguments: JsonObject,
) -> Result<ToolReply, ToolError> {
    match tool {
        Tool::Status => reads::status(call, &read_job_id(arguments)?).await,
        Tool::List => lists::jobs(call, read(arguments)?).await,
        Tool::Wait => wait::wait(call, read(arguments)?).await,
        Tool::Logs => reads::logs(call, read(arguments)?).await,
        Tool::Result => reads::result(call, &read_job_id(arguments)?).await,
        Tool::Notify => commands::notify(call, &read_job_id(arguments)?).await,
        Tool::Cancel => commands::cancel(call, &read_job_id(arguments)?).await,
        Tool::Pause => commands::pause(call, &read_job_id(arguments)?).await,
        Tool::Resume => commands::resume(call, &read_job_id(arguments)?).await,
        Tool::Retry => commands::retry(call, &read_job_id(arguments)?).await,
        Tool::Scenes => lists::scenes(call, read(arguments)?).await,
    }
}
