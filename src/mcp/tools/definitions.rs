//! The tools as clients list them, and the tool with a given name.

use super::arguments::{JobArguments, ListArguments, LogsArguments, PageArguments, WaitArguments};
use super::start;
use crate::mcp::render::output::{JobOutput, JobsOutput, LogsOutput, ResultOutput, ScenesOutput};
use crate::mcp::render::schema::{arguments_schema_of, output_schema_of};
use crate::mcp::render::tool::{Tool, dotted_start_tool, start_tool};
use crate::queue::{KindRegistry, KindSpec};
use rmcp::model::{JsonObject, Tool as ToolDefinition, ToolAnnotations};
use std::sync::Arc;

/// The tool that a name refers to.
pub enum NamedTool {
    /// Starts a job of this kind.
    Start(Arc<dyn KindSpec>),
    Fixed(Tool),
}

/// What a call changes, in the terms of the protocol's hints.
#[derive(Debug, Clone, Copy)]
enum Effect {
    ReadOnly,
    /// It changes something; a second call has no further effect.
    Idempotent,
    /// It deletes or ends something.
    Destructive,
    /// It adds something with each call.
    Additive,
    /// It starts a job that may change things outside this server.
    OpenWorld,
}

/// Every tool by its plain name, those that start jobs first.
pub fn list(registry: &KindRegistry) -> Vec<ToolDefinition> {
    let starts = registry.iter().map(|spec| start_definition(spec.as_ref()));
    let fixed = Tool::ALL.into_iter().map(fixed_definition);
    starts.chain(fixed).collect()
}

/// The tool with a name, plain or dotted.
pub fn find(registry: &KindRegistry, name: &str) -> Option<NamedTool> {
    let has_name = |tool: &Tool| tool.name() == name || tool.dotted_name() == name;
    if let Some(tool) = Tool::ALL.into_iter().find(has_name) {
        return Some(NamedTool::Fixed(tool));
    }
    let starts = |spec: &&Arc<dyn KindSpec>| {
        let kinds = [spec.kind()]
            .into_iter()
            .chain(spec.former_kinds().iter().copied());
        kinds
            .into_iter()
            .any(|kind| start_tool(kind) == name || dotted_start_tool(kind) == name)
    };
    registry.iter().find(starts).cloned().map(NamedTool::Start)
}

fn start_definition(spec: &dyn KindSpec) -> ToolDefinition {
    let definition = ToolDefinition::new(
        start_tool(spec.kind()),
        start::description(spec),
        start::input_schema(spec),
    );
    let effect = if spec.reaches_out() {
        Effect::OpenWorld
    } else {
        Effect::Additive
    };
    let output = output_schema_of::<JobOutput>();
    complete(definition, &start::title(spec), effect, output)
}

fn fixed_definition(tool: Tool) -> ToolDefinition {
    let definition = ToolDefinition::new(tool.name(), description(tool), input_schema(tool));
    complete(definition, title(tool), effect(tool), output_schema(tool))
}

fn complete(
    definition: ToolDefinition,
    title: &str,
    effect: Effect,
    output: JsonObject,
) -> ToolDefinition {
    let annotations = ToolAnnotations::new()
        .read_only(matches!(effect, Effect::ReadOnly))
        .destructive(matches!(effect, Effect::Destructive | Effect::OpenWorld))
        .idempotent(!matches!(effect, Effect::Additive | Effect::OpenWorld))
        // Everything else happens on this server.
        .open_world(matches!(effect, Effect::OpenWorld));
    definition
        .with_title(title)
        .with_annotations(annotations)
        .with_raw_output_schema(Arc::new(output))
}

const fn title(tool: Tool) -> &'static str {
    match tool {
        Tool::Status => "Status of a job",
        Tool::List => "List jobs",
        Tool::Wait => "Wait for a job",
        Tool::Logs => "Log of a job",
        Tool::Result => "Result of a job",
        Tool::Notify => "Notify me when ready",
        Tool::Cancel => "Cancel a job",
        Tool::Pause => "Pause a job",
        Tool::Resume => "Resume a job",
        Tool::Retry => "Retry a job",
        Tool::Scenes => "List scenes",
    }
}

const fn effect(tool: Tool) -> Effect {
    match tool {
        Tool::Status | Tool::List | Tool::Wait | Tool::Logs | Tool::Result | Tool::Scenes => {
            Effect::ReadOnly
        }
        Tool::Notify | Tool::Pause | Tool::Resume => Effect::Idempotent,
        Tool::Cancel => Effect::Destructive,
        Tool::Retry => Effect::Additive,
    }
}

const fn description(tool: Tool) -> &'static str {
    match tool {
        Tool::Status => {
            "Returns the status of a job of any kind: state, progress (0 to 1), current step, seconds left, failure, \
             next action, and the last 20 log lines. Poll it after you start a job, and wait pollAfterSeconds between \
             calls; pollAfterSeconds is null once the job has ended. completed: call get_job_result. failed: tell the \
             person failure.summary and failure.fix, and call retry_job only if failure.retryable is true. paused: \
             resume_job continues it."
        }
        Tool::List => {
            "Lists jobs, newest first, 20 per page unless you give a limit: running, waiting and ended ones. Use it to \
             find a job_id that you do not have. scope is mine (default) or studio; filter by state or type; pass \
             nextCursor as cursor to get the next page."
        }
        Tool::Wait => {
            "Waits until a job has ended, for timeout_seconds at most (30 by default, which is also the most), and \
             returns its status. Sends progress notifications to clients that ask for them. If the state is still \
             active when it returns, the job goes on: tell the person how far it is, then wait again or poll \
             get_job_status."
        }
        Tool::Logs => {
            "Returns log lines of a job, while it runs and afterwards, in order, each with its time and stream (stdout or \
             stderr). Start with after 0, then pass next as after to read on; fewer lines than limit means that there \
             are no more for now."
        }
        Tool::Result => {
            "Returns what a completed job made: a short text is part of the answer, anything else is a link to the \
             resource job://…/result and to a page for the person. If the job has not completed, the error says what \
             to do instead."
        }
        Tool::Notify => {
            "Records that the person wants to be notified when this job ends, however short it is: the page then shows a \
             toast, and plays a sound or shows a desktop notification if the person turned these on. This server \
             cannot start a conversation: the answer says when to ask again, and once the job has ended, the next \
             answer of any tool reports it."
        }
        Tool::Cancel => {
            "Cancels a job. A running job stops at its next checkpoint, within about a second; until then wanted is \
             cancelled. What it has done so far is lost; retry_job starts it again. Ask the person before you cancel."
        }
        Tool::Pause => {
            "Pauses a job until resume_job is called: a waiting job at once, a running one at its next checkpoint."
        }
        Tool::Resume => {
            "Resumes a paused job, or withdraws a pause that has not taken effect yet. The job may have to wait its turn \
             as queued first; poll get_job_status as before."
        }
        Tool::Retry => {
            "Starts a failed or cancelled job again, as its next attempt with the same job_id. If failure.retryable is \
             false, do what failure.fix says first, or it will fail again. A completed job cannot be retried: start a \
             new one."
        }
        Tool::Scenes => {
            "Lists the studio's scenes. A start tool whose input has a sceneId takes the id of one of them. Pass \
             nextCursor as cursor to get the next page."
        }
    }
}

fn input_schema(tool: Tool) -> JsonObject {
    match tool {
        Tool::List => arguments_schema_of::<ListArguments>(),
        Tool::Wait => arguments_schema_of::<WaitArguments>(),
        Tool::Logs => arguments_schema_of::<LogsArguments>(),
        Tool::Scenes => arguments_schema_of::<PageArguments>(),
        Tool::Status
        | Tool::Result
        | Tool::Notify
        | Tool::Cancel
        | Tool::Pause
        | Tool::Resume
        | Tool::Retry => arguments_schema_of::<JobArguments>(),
    }
}

fn output_schema(tool: Tool) -> JsonObject {
    match tool {
        Tool::List => output_schema_of::<JobsOutput>(),
        Tool::Logs => output_schema_of::<LogsOutput>(),
        Tool::Result => output_schema_of::<ResultOutput>(),
        Tool::Scenes => output_schema_of::<ScenesOutput>(),
        Tool::Status
        | Tool::Wait
        | Tool::Notify
        | Tool::Cancel
        | Tool::Pause
        | Tool::Resume
        | Tool::Retry => output_schema_of::<JobOutput>(),
    }
}
