//! What a tool is given, read field by field: an error names the field and says what to do.

use super::refusal::Refused;
use crate::job::{JobId, JobState, Notify, Scope};
use rmcp::model::JsonObject;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Seconds that one call waits at most: clients stop waiting for an answer after 45 to 300.
pub const LONGEST_WAIT: f64 = 30.0;

/// The one job that most tools are about.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Of {
    /// The job's id, as the tool that started it returned it.
    pub job_id: String,
}

/// A wait.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// The job's id, as the tool that started it returned it.
    pub job_id: String,
    /// Seconds to wait at most, up to 30, which is also the default.
    #[schemars(range(min = 0, max = 30))]
    pub timeout_seconds: Option<f64>,
}

/// A part of a log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    /// The job's id, as the tool that started it returned it.
    pub job_id: String,
    /// Lines after this number: the next of the answer before; 0 or nothing begins at the first line.
    #[schemars(range(min = 0))]
    pub after: Option<u64>,
    /// Lines at most, 1 to 1000; 200 unless given.
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<u32>,
}

/// A page of jobs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Whose jobs: mine (default) or those of the whole studio.
    pub scope: Option<Scope>,
    /// Only jobs in one of these states.
    pub state: Option<States>,
    /// Only jobs of this kind, such as scene or story.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Only jobs that belong to this, such as story:ID or scene:ID.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// The nextCursor of the page before.
    pub cursor: Option<String>,
    /// Jobs at most, 1 to 100; 20 unless given.
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<u32>,
}

/// A page of what jobs are made of.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The nextCursor of the page before.
    pub cursor: Option<String>,
    /// At most so many, 1 to 100; 20 unless given.
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<u32>,
}

/// One state, or a list of them: assistants give either.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a state or a list of them: queued, running, paused, completed, failed, cancelled"
)]
pub enum States {
    One(JobState),
    More(Vec<JobState>),
}

impl States {
    pub fn list(self) -> Vec<JobState> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

/// The start of a job; the kind's own input is looked at by the kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// What the work is made from.
    pub input: Option<Value>,
    /// A name for people, 200 characters at most; left out, a good one is made from the input.
    #[schemars(length(max = 200))]
    pub name: Option<String>,
    /// When the person wants to hear of the end: default (as in their settings), always, failures or never.
    pub notify: Option<Notify>,
    /// Any text of your own for this piece of work, 255 bytes at most: the same key and input, given again
    /// within 24 hours, start no second job.
    #[schemars(length(min = 1, max = 255))]
    pub idempotency_key: Option<String>,
}

/// Reads arguments; the error names the field.
pub fn read<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, Refused> {
    serde_path_to_error::deserialize(Value::Object(arguments)).map_err(|error| {
        let path = error.path().to_string();
        let problem = error.into_inner().to_string();
        Refused::invalid(if path == "." { "" } else { &path }, problem)
    })
}

/// Reads a job's id. What is no id names no job: the answer is that of an unknown one.
pub fn job_id(text: &str) -> Result<JobId, Refused> {
    JobId::parse(text.trim()).map_err(|_| Refused::no_such_job(text))
}
