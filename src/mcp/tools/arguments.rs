//! The arguments of the tools. Doc comments here are the descriptions in the schemas that clients read.

use super::error::ToolError;
use crate::job::{JobId, JobState, Notify, Scope};
use crate::validation::{FieldError, Rule, read_fields};
use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// The longest time that one call waits: clients give up on an answer after 45 to 300 s.
pub const MAX_WAIT: Duration = Duration::from_secs(30);
/// Entries per page unless the client gives a limit.
pub const DEFAULT_PAGE: u32 = 20;
/// Log lines unless the client gives a limit.
pub const DEFAULT_LINES: u32 = 200;

/// The job that a tool is called for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobArguments {
    /// The job's id, from the tool that started it.
    pub job_id: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitArguments {
    /// The job's id, from the tool that started it.
    pub job_id: String,
    /// Maximum time to wait in seconds, 0 to 30; 30 by default.
    #[schemars(range(min = 0, max = 30))]
    pub timeout_seconds: Option<f64>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogsArguments {
    /// The job's id, from the tool that started it.
    pub job_id: String,
    /// Only lines after this number: `next` of the previous answer. 0 by default, for all lines.
    #[schemars(range(min = 0))]
    pub after: Option<u64>,
    /// Maximum number of lines to return, 1 to 1000; 200 by default.
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<u32>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListArguments {
    /// Whose jobs: mine (default) or those of the whole studio.
    pub scope: Option<Scope>,
    /// Only jobs in one of these states.
    #[schemars(with = "Option<States>")]
    state: Option<Value>,
    /// Only jobs of this kind: a `type` of the resource `jobs://types`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Only jobs that belong to this, such as `scene:ID`.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// `nextCursor` of the page before.
    pub cursor: Option<String>,
    /// Maximum number of jobs to return, 1 to 100; 20 by default.
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<u32>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageArguments {
    /// `nextCursor` of the page before.
    pub cursor: Option<String>,
    /// Maximum number of entries to return, 1 to 100; 20 by default.
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<u32>,
}

/// One state, or a list of states, since assistants send either.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
enum States {
    One(JobState),
    Several(Vec<JobState>),
}

impl ListArguments {
    pub fn states(&self) -> Result<Vec<JobState>, FieldError> {
        let Some(value) = &self.state else {
            return Ok(Vec::new());
        };
        match States::deserialize(value) {
            Ok(States::One(state)) => Ok(vec![state]),
            Ok(States::Several(states)) => Ok(states),
            Err(_) => {
                let allowed = JobState::ALL.map(|state| state.as_str().to_owned());
                Err(FieldError::new(
                    "state",
                    Rule::OneOf {
                        allowed: allowed.into(),
                    },
                ))
            }
        }
    }
}

/// What every start tool takes. The kind itself checks its input.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartArguments {
    /// What the job is made from.
    pub input: Option<Value>,
    /// A name for people, at most 200 characters; by default one is made from the input.
    #[schemars(length(max = 200))]
    pub name: Option<String>,
    /// When the person is notified of the job's end: default (as their settings say), always, failures (only if
    /// it fails) or never.
    pub notify: Option<Notify>,
    /// Any text of your own for this job, at most 255 bytes: the same key and input, given again within 24
    /// hours, start no second job.
    #[schemars(length(min = 1, max = 255))]
    pub idempotency_key: Option<String>,
}

/// Reads the arguments of a call.
pub fn read<T>(arguments: JsonObject) -> Result<T, FieldError>
where
    T: DeserializeOwned + JsonSchema,
{
    read_fields(Value::Object(arguments))
}

/// Reads a job's id. The error for a malformed id is the same as for an unknown job.
pub fn job_id(text: &str) -> Result<JobId, ToolError> {
    JobId::parse(text.trim()).map_err(|_| ToolError::no_such_job(text))
}

/// Reads the arguments of a tool that takes a job and nothing else.
pub fn read_job_id(arguments: JsonObject) -> Result<JobId, ToolError> {
    let JobArguments { job_id: text } = read(arguments)?;
    job_id(&text)
}
