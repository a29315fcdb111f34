//! The structured content of answers. Doc comments here are the descriptions in the schemas that clients read.

use super::tool::next_tool;
use crate::job::{Job, JobId, JobState, LogLine};
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Duration;

/// A job, and when to ask for it again.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobOutput {
    #[serde(flatten)]
    pub job: Job,
    /// Seconds to wait before asking again; null once the job has ended.
    pub poll_after_seconds: Option<u64>,
    /// The resource that holds the result; null until there is one.
    pub result_resource: Option<String>,
    /// The last log lines; only from `get_job_status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs: Option<Vec<LogLine>>,
    /// Pass it to `get_job_logs` as `after` to get the following lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs_next: Option<u64>,
    /// How this client learns that the job has ended; only from `notify_when_ready`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<String>,
}

/// A page of jobs.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobsOutput {
    pub jobs: Vec<Job>,
    /// Pass it as `cursor` to get the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// A part of a log.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogsOutput {
    pub lines: Vec<LogLine>,
    /// Pass it as `after` to get the following lines.
    pub next: u64,
    /// The state of the job: once it has ended, no more lines come.
    pub state: JobState,
}

/// What a completed job made.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResultOutput {
    pub job_id: JobId,
    pub name: String,
    /// Null if the job completed without a result.
    pub media_type: Option<String>,
    pub bytes: Option<u64>,
    /// The resource that holds the result.
    pub uri: Option<String>,
    /// Where a program downloads the result.
    pub href: Option<String>,
    /// The page that shows the result to a person.
    pub page: String,
    /// The result itself, if it is text.
    pub text: Option<String>,
    /// Whether `text` is only the beginning; the resource and the link have the whole text.
    pub truncated: bool,
}

/// A page of scenes that jobs can be started for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScenesOutput {
    pub scenes: Vec<SceneOutput>,
    /// Pass it as `cursor` to get the next page; null on the last page.
    pub next_cursor: Option<String>,
}

/// A scene.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SceneOutput {
    /// Pass it as `sceneId` in the input of a job.
    pub id: String,
    pub name: String,
    /// The number of the scene among those of its character.
    pub number: u32,
    pub character: String,
    pub description: String,
    pub seconds: f64,
}

/// A job that has ended since the last answer, and about which the person asked to be notified.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReadyJob {
    pub job_id: JobId,
    pub name: String,
    pub state: JobState,
    /// The tool to call next, with this `job_id`.
    pub tool: String,
}

impl From<&Job> for ReadyJob {
    fn from(job: &Job) -> Self {
        Self {
            job_id: job.job_id.clone(),
            name: job.name.clone(),
            state: job.state,
            tool: next_tool(job).to_owned(),
        }
    }
}

impl From<Job> for JobOutput {
    fn from(job: Job) -> Self {
        Self {
            poll_after_seconds: poll_after(&job).map(|wait| wait.as_secs()),
            result_resource: job.result.as_ref().map(|result| result.uri.clone()),
            job,
            logs: None,
            logs_next: None,
            expect: None,
        }
    }
}

/// How long to wait before asking for a job again: less as its end comes near. None once it has ended.
pub fn poll_after(job: &Job) -> Option<Duration> {
    const QUEUED: Duration = Duration::from_secs(2);
    const MIN_WAIT: Duration = Duration::from_secs(1);
    const MAX_WAIT: Duration = Duration::from_secs(30);
    /// A running job whose remaining time is unknown.
    const UNKNOWN: Duration = Duration::from_secs(10);
    match job.state {
        JobState::Queued => Some(QUEUED),
        JobState::Paused => Some(MAX_WAIT),
        JobState::Running => {
            let left = job.eta_seconds.or(job.estimate_seconds);
            let left = left.unwrap_or(UNKNOWN.as_secs_f64());
            let wait = (left / 4.0).clamp(MIN_WAIT.as_secs_f64(), MAX_WAIT.as_secs_f64());
            Some(Duration::from_secs_f64(wait.ceil()))
        }
        JobState::Completed | JobState::Failed | JobState::Cancelled => None,
    }
}
