//! The tools there are: their names, and what an assistant reads of them before it calls one.

use super::answer::{
    JobAnswer, JobsAnswer, LogsAnswer, ResultAnswer, ScenesAnswer, output_schema_of, schema_of,
};
use super::arguments::{Follow, Lines, List, Of, Page};
use super::start;
use crate::queue::{KindRegistry, KindSpec};
use rmcp::model::{JsonObject, Tool as Described, ToolAnnotations};
use schemars::JsonSchema;
use std::sync::Arc;

/// The tools that do not depend on the kinds of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Status,
    List,
    Wait,
    Logs,
    Result,
    Notify,
    Cancel,
    Pause,
    Resume,
    Retry,
    Scenes,
}

/// What a name stands for.
pub enum Called {
    Start(Arc<dyn KindSpec>),
    Fixed(Tool),
}

/// What calling a tool does to the world.
#[derive(Debug, Clone, Copy)]
enum Effect {
    Reads,
    /// It changes something, and doing it twice is doing it once.
    Settles,
    /// It takes something away.
    Ends,
    /// It starts something, each time.
    Begins,
    /// The same, of work that may change what lies outside of this server.
    ReachesOut,
}

impl Tool {
    pub const ALL: [Self; 11] = [
        Self::Status,
        Self::List,
        Self::Wait,
        Self::Logs,
        Self::Result,
        Self::Notify,
        Self::Cancel,
        Self::Pause,
        Self::Resume,
        Self::Retry,
        Self::Scenes,
    ];

    /// The name with underscores, which every client takes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "get_job_status",
            Self::List => "list_jobs",
            Self::Wait => "wait_for_job",
            Self::Logs => "get_job_logs",
            Self::Result => "get_job_result",
            Self::Notify => "notify_when_ready",
            Self::Cancel => "cancel_job",
            Self::Pause => "pause_job",
            Self::Resume => "resume_job",
            Self::Retry => "retry_job",
            Self::Scenes => "list_scenes",
        }
    }

    /// The dotted name, which is answered too.
    pub const fn dotted(self) -> &'static str {
        match self {
            Self::Status => "jobs.getStatus",
            Self::List => "jobs.list",
            Self::Wait => "jobs.wait",
            Self::Logs => "jobs.getLogs",
            Self::Result => "jobs.getResult",
            Self::Notify => "jobs.notifyWhenReady",
            Self::Cancel => "jobs.cancel",
            Self::Pause => "jobs.pause",
            Self::Resume => "jobs.resume",
            Self::Retry => "jobs.retry",
            Self::Scenes => "studio.listScenes",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Status => "Status of a job",
            Self::List => "List jobs",
            Self::Wait => "Wait for a job",
            Self::Logs => "Log of a job",
            Self::Result => "Result of a job",
            Self::Notify => "Tell me when ready",
            Self::Cancel => "Cancel a job",
            Self::Pause => "Pause a job",
            Self::Resume => "Resume a job",
            Self::Retry => "Retry a job",
            Self::Scenes => "List scenes",
        }
    }

    const fn effect(self) -> Effect {
        match self {
            Self::Status | Self::List | Self::Wait | Self::Logs | Self::Result | Self::Scenes => {
                Effect::Reads
            }
            Self::Notify | Self::Pause | Self::Resume => Effect::Settles,
            Self::Cancel => Effect::Ends,
            Self::Retry => Effect::Begins,
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Status => {
                "Where a job of any kind stands: state, progress (0 to 1), current step, seconds left, failure, \
                 next action, and its last 20 log lines. Poll it after starting a job, and wait pollAfterSeconds \
                 before asking again; pollAfterSeconds is null once the job has ended. completed: call \
                 get_job_result. failed: tell the person failure.summary and failure.fix, and call retry_job only \
                 where failure.retryable is true. paused: it goes on after resume_job."
            }
            Self::List => {
                "Jobs, newest first, 20 a page unless limit says otherwise: what runs, what waits, what ended. Use \
                 it to find a job_id that you do not have. scope mine (default) or studio; filter by state or type; \
                 give nextCursor as cursor for the next page."
            }
            Self::Wait => {
                "Waits until a job has ended, at most timeout_seconds (30 at most), and returns its status; sends \
                 progress notifications to clients that ask for them. If it comes back with an active state, the \
                 work goes on: tell the person how far it is, then wait again or poll get_job_status."
            }
            Self::Logs => {
                "Log lines of a job while it runs and after, in order, with time and stream (stdout or stderr). \
                 Start with after 0, then give next as after to read on; fewer lines than limit means that this was \
                 the end so far."
            }
            Self::Result => {
                "What a completed job made: a short text stands in the answer, anything else comes as a link to the \
                 resource job://…/result and as the page for the person. A job that has not completed gives an \
                 error that says what to do instead."
            }
            Self::Notify => {
                "Records that the person wants to hear of this job's end, however short it was: the page then shows \
                 a toast, and plays a sound and a desktop notification where they switched these on. This server \
                 cannot start a conversation: the answer says when to ask again, and the next answer of any tool \
                 tells what became ready since."
            }
            Self::Cancel => {
                "Ends a job. A running one stops at its next checkpoint, within about a second; until then wanted is \
                 cancelled. Its work so far is lost; retry_job starts it again. Ask the person before you cancel."
            }
            Self::Pause => {
                "Lets a job rest: a waiting one at once, a running one at its next checkpoint, until resume_job."
            }
            Self::Resume => {
                "Lets a paused job go on, or takes back a pause that was not honoured yet. It may wait its turn first \
                 as a queued job; poll get_job_status as before."
            }
            Self::Retry => {
                "Starts a failed or cancelled job again, as its next attempt under the same job_id. Where \
                 failure.retryable is false, do first what failure.fix says, or it will fail again. A completed job \
                 cannot be retried: start a new one."
            }
            Self::Scenes => {
                "The studio's scenes, which scene jobs are made of: start_scene_job takes an id from here as \
                 input.sceneId. Give nextCursor as cursor for the next page."
            }
        }
    }

    fn input_schema(self) -> JsonObject {
        match self {
            Self::List => arguments_of::<List>(),
            Self::Wait => arguments_of::<Follow>(),
            Self::Logs => arguments_of::<Lines>(),
            Self::Scenes => arguments_of::<Page>(),
            _ => arguments_of::<Of>(),
        }
    }

    fn output_schema(self) -> JsonObject {
        match self {
            Self::List => output_schema_of::<JobsAnswer>(),
            Self::Logs => output_schema_of::<LogsAnswer>(),
            Self::Result => output_schema_of::<ResultAnswer>(),
            Self::Scenes => output_schema_of::<ScenesAnswer>(),
            _ => output_schema_of::<JobAnswer>(),
        }
    }
}

/// Every tool by its name with underscores, one that starts each kind of work first.
pub fn list(registry: &KindRegistry) -> Vec<Described> {
    let starts = (registry.iter()).map(|spec| Called::Start(Arc::clone(spec)));
    let fixed = Tool::ALL.into_iter().map(Called::Fixed);
    starts
        .chain(fixed)
        .map(|called| called.described())
        .collect()
}

/// The tool of a name, with underscores or dotted.
pub fn find(registry: &KindRegistry, name: &str) -> Option<Called> {
    // A name that assistants were taught before.
    let name = if name == "start_execute_script_job" {
        "start_script_job"
    } else {
        name
    };
    let fixed = (Tool::ALL.into_iter()).find(|tool| tool.name() == name || tool.dotted() == name);
    if let Some(tool) = fixed {
        return Some(Called::Fixed(tool));
    }
    let is_named = |spec: &&Arc<dyn KindSpec>| {
        let kind = spec.kind();
        start::name(kind) == name || start::dotted(kind) == name
    };
    registry.iter().find(is_named).cloned().map(Called::Start)
}

impl Called {
    /// What a client is told of it.
    fn described(&self) -> Described {
        match self {
            Self::Fixed(tool) => {
                let described =
                    Described::new(tool.name(), tool.description(), tool.input_schema());
                with(described, tool.title(), tool.effect(), tool.output_schema())
            }
            Self::Start(spec) => {
                let kind = spec.kind();
                let input = start::input_schema(spec.as_ref());
                let says = start::description(spec.as_ref());
                let described = Described::new(start::name(kind), says, input);
                let title = start::title(spec.as_ref());
                let effect = if spec.reaches_out() {
                    Effect::ReachesOut
                } else {
                    Effect::Begins
                };
                with(described, &title, effect, output_schema_of::<JobAnswer>())
            }
        }
    }
}

fn with(tool: Described, title: &str, effect: Effect, output: JsonObject) -> Described {
    let annotations = ToolAnnotations::new()
        .read_only(matches!(effect, Effect::Reads))
        .destructive(matches!(effect, Effect::Ends | Effect::ReachesOut))
        .idempotent(!matches!(effect, Effect::Begins | Effect::ReachesOut))
        // All else happens on this server.
        .open_world(matches!(effect, Effect::ReachesOut));
    tool.with_title(title)
        .with_annotations(annotations)
        .with_raw_output_schema(Arc::new(output))
}

/// The schema of what a tool is given.
fn arguments_of<T: JsonSchema>() -> JsonObject {
    let mut schema = schema_of::<T>();
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}
