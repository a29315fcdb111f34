//! Tools that list jobs, and the scenes that jobs can be started for.

use super::arguments::{DEFAULT_PAGE, ListArguments, PageArguments};
use super::call::ToolCall;
use super::error::ToolError;
use crate::i18n::{Lang, time};
use crate::job::{Job, JobState};
use crate::mcp::render::output::{JobsOutput, SceneOutput, ScenesOutput};
use crate::mcp::render::reply::ToolReply;
use crate::mcp::render::tool::next_tool;
use crate::queue::{JobFilter, QueueError};
use crate::studio::StudioError;
use crate::validation::{FieldError, Format, Rule};

pub async fn jobs(call: &ToolCall<'_>, arguments: ListArguments) -> Result<ToolReply, ToolError> {
    let filter = JobFilter {
        states: arguments.states()?,
        scope: arguments.scope.unwrap_or_default(),
        kind: arguments.kind,
        reference: arguments.reference,
        cursor: arguments.cursor,
        limit: arguments.limit.unwrap_or(DEFAULT_PAGE),
    };
    let page = call.context.queue.list(call.caller, filter).await?;
    let lines = page.jobs.iter().map(job_line);
    let text = bullets(lines).unwrap_or_else(|| "There are no such jobs.".to_owned());
    let output = JobsOutput {
        jobs: page.jobs,
        next_cursor: page.next_cursor,
    };
    Ok(ToolReply::new(text, &output))
}

pub async fn scenes(call: &ToolCall<'_>, arguments: PageArguments) -> Result<ToolReply, ToolError> {
    let limit = arguments.limit.unwrap_or(DEFAULT_PAGE);
    let studio = &call.context.studio;
    let cursor = arguments.cursor.as_deref();
    let page = studio.scenes(call.caller, None, cursor, limit).await;
    let page = page.map_err(of_studio)?;
    let scenes = page.items.into_iter().map(|scene| SceneOutput {
        id: scene.id,
        name: scene.title,
        number: scene.number,
        character: scene.character_name,
        description: scene.description,
        seconds: scene.seconds,
    });
    let output = ScenesOutput {
        scenes: scenes.collect(),
        next_cursor: page.next_cursor,
    };
    let lines = output.scenes.iter().map(|scene| {
        format!(
            "{}, scene {}: {} ({})",
            scene.character, scene.number, scene.name, scene.id
        )
    });
    let text = bullets(lines).unwrap_or_else(|| "There are no scenes.".to_owned());
    Ok(ToolReply::new(text, &output))
}

/// A list as text; none if it is empty.
fn bullets(lines: impl Iterator<Item = String>) -> Option<String> {
    let lines: Vec<_> = lines.map(|line| format!("- {line}")).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn job_line(job: &Job) -> String {
    let progress = match (job.state, job.progress) {
        (JobState::Running, Some(progress)) => format!(", {}", time::percent(Lang::En, progress)),
        _ => String::new(),
    };
    format!(
        "“{}”: {}{progress} ({}; next: {})",
        job.name,
        job.state.as_str(),
        job.job_id,
        next_tool(job)
    )
}

fn of_studio(error: StudioError) -> ToolError {
    match error {
        StudioError::Invalid(error) => error.into(),
        StudioError::NotFound => {
            let format = Format::Cursor;
            FieldError::new("cursor", Rule::Format { format }).into()
        }
        StudioError::Store(error) => QueueError::from(error).into(),
    }
}
