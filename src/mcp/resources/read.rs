//! The contents of a resource.

use crate::i18n::Lang;
use crate::job::{Job, JobId};
use crate::mcp::context::McpContext;
use crate::mcp::render::output::JobOutput;
use crate::mcp::render::text;
use crate::mcp::render::tool::start_tool;
use crate::mcp::render::uri::{JobPart, PLAYBOOK, TYPES, parse_job_uri};
use crate::mcp::tools::artifact;
use crate::mcp::tools::error::{ToolError, ToolErrorCode};
use crate::queue::{Artifact, Caller};
use crate::routes;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rmcp::model::{ErrorData, ReadResourceResult, ResourceContents};
use serde_json::{Value, json};

const PLAYBOOK_TEXT: &str = include_str!("../playbook.md");
/// Maximum number of log lines of one read; `get_job_logs` returns the others.
const LOG_LINES: u32 = 1000;
/// The largest result that is returned whole, in bytes; a larger one is a link. Clients hold it in memory, as base64.
const RESULT_BYTES: u64 = 4 * 1024 * 1024;

pub async fn read(
    context: &McpContext,
    caller: &Caller,
    uri: &str,
) -> Result<ReadResourceResult, ErrorData> {
    let contents = match uri {
        PLAYBOOK => ResourceContents::text(context.names.text(PLAYBOOK_TEXT), uri)
            .with_mime_type("text/markdown"),
        TYPES => as_json(context, uri, types(context)),
        _ => {
            let Some((id, part)) = parse_job_uri(uri) else {
                let message = "There is no such resource. The URIs are job://ID, job://ID/result, job://ID/logs, \
                     jobs://playbook and jobs://types.";
                let data = json!({ "uri": uri });
                return Err(ErrorData::resource_not_found(message, Some(data)));
            };
            read_job(context, caller, uri, &id, part).await?
        }
    };
    Ok(ReadResourceResult::new(vec![contents]))
}

async fn read_job(
    context: &McpContext,
    caller: &Caller,
    uri: &str,
    id: &JobId,
    part: JobPart,
) -> Result<ResourceContents, ToolError> {
    let job = context.queue.get(caller, id).await;
    let job = job.map_err(|error| ToolError::of_job(error, id.as_str(), None))?;
    match part {
        JobPart::Job => {
            let output = serde_json::to_value(JobOutput::from(job)).unwrap_or_default();
            Ok(as_json(context, uri, output))
        }
        JobPart::Logs => {
            let logs = context.queue.last_logs(caller, id, LOG_LINES).await?;
            Ok(ResourceContents::text(text::log(&logs.lines), uri))
        }
        JobPart::Result => result(context, caller, &job, uri).await,
    }
}

/// The whole result of a job, or a link to it.
async fn result(
    context: &McpContext,
    caller: &Caller,
    job: &Job,
    uri: &str,
) -> Result<ResourceContents, ToolError> {
    let Some(found) = artifact::find(context, caller, &job.job_id).await? else {
        let message = format!("There is no result. {}", context.renderer().job(job));
        return Err(ToolError::new(ToolErrorCode::NotFound, message));
    };
    let artifact = &found.artifact;
    if artifact.bytes > RESULT_BYTES {
        return Ok(result_link(context, job, artifact, uri));
    }
    let Some(bytes) = artifact::read(&found, RESULT_BYTES).await? else {
        return Ok(result_link(context, job, artifact, uri));
    };
    let media_type = artifact.media_type.clone();
    let contents = match String::from_utf8(bytes) {
        Ok(text) if artifact::is_text(&media_type) => ResourceContents::text(text, uri),
        Ok(text) => ResourceContents::blob(BASE64_STANDARD.encode(text), uri),
        Err(error) => ResourceContents::blob(BASE64_STANDARD.encode(error.into_bytes()), uri),
    };
    Ok(contents.with_mime_type(media_type))
}

/// A result that is too large for an answer, or that another server holds.
fn result_link(
    context: &McpContext,
    job: &Job,
    artifact: &Artifact,
    uri: &str,
) -> ResourceContents {
    let own = routes::job_result(&job.job_id);
    let href = artifact.href.as_ref().unwrap_or(&own);
    let href = context.renderer().link(href);
    let (media_type, bytes) = (&artifact.media_type, artifact.bytes);
    let text = format!("{href}\n\nDownload the result ({media_type}, {bytes} bytes) there.\n");
    ResourceContents::text(text, uri).with_mime_type("text/plain")
}

/// The kinds of job, for assistants.
fn types(context: &McpContext) -> Value {
    let kinds = context.queue.kinds().iter().map(|spec| {
        let reason = spec.available().err().map(|reason| reason.english);
        json!({
            "type": spec.kind(),
            "label": spec.label().get(Lang::En),
            "tool": start_tool(spec.kind()),
            "inputSchema": spec.input_schema(),
            "action": spec.action(),
            "available": reason.is_none(),
            "unavailableReason": reason,
        })
    });
    json!({ "types": kinds.collect::<Vec<_>>() })
}

fn as_json(context: &McpContext, uri: &str, mut value: Value) -> ResourceContents {
    context.names.value(&mut value);
    ResourceContents::text(value.to_string(), uri).with_mime_type("application/json")
}
