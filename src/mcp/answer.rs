//! What comes back from a tool: structured, with its schema, and a copy in words.

use super::telling::Telling;
use crate::job::{Job, JobId, JobState, LogLine};
use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Resource};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde::Serialize;
use serde_json::Value;

/// A job, and what an assistant does next with it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobAnswer {
    #[serde(flatten)]
    pub job: Job,
    /// Seconds to wait before asking again; null once the job has ended.
    pub poll_after_seconds: Option<u32>,
    /// The resource with the result, once there is one.
    pub result_resource: Option<String>,
    /// The last log lines, of `get_job_status` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs: Option<Vec<LogLine>>,
    /// What to give `get_job_logs` as `after` to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs_next: Option<u64>,
    /// How this client hears of the end, of `notify_when_ready` alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<String>,
}

/// A page of jobs.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct JobsAnswer {
    pub jobs: Vec<Job>,
    /// Give it as `cursor` for the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// A part of a log.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LogsAnswer {
    pub lines: Vec<LogLine>,
    /// Give it as `after` to read on.
    pub next: u64,
    /// Of the job, so that one knows whether more can come.
    pub state: JobState,
}

/// What a completed job made.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResultAnswer {
    pub job_id: JobId,
    pub name: String,
    /// Null where the job completed without a result.
    pub media_type: Option<String>,
    pub bytes: Option<u64>,
    /// The resource that holds it.
    pub uri: Option<String>,
    /// Where a program downloads it.
    pub href: Option<String>,
    /// The page that shows it to a person.
    pub page: String,
    /// The text itself, where it is text.
    pub text: Option<String>,
    /// The text goes on; the resource and the link have all of it.
    pub truncated: bool,
}

/// Scenes that a job can be made of.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScenesAnswer {
    pub scenes: Vec<SceneAnswer>,
    /// Give it as `cursor` for the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// One scene.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SceneAnswer {
    /// What `start_scene_job` takes as `sceneId`.
    pub id: String,
    pub name: String,
    /// Of the scene within its character's.
    pub number: u32,
    pub character: String,
    pub description: String,
    pub seconds: f64,
}

/// A job of which the person wanted to hear, and which has ended since.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ready {
    pub job_id: JobId,
    pub name: String,
    pub state: JobState,
    /// The tool to call next, with this `job_id`.
    pub tool: String,
}

impl Ready {
    pub fn of(job: &Job) -> Self {
        let tool = match &job.next_action {
            Some(next) => next.tool.clone(),
            None => "get_job_status".to_owned(),
        };
        Self {
            job_id: job.job_id.clone(),
            name: job.name.clone(),
            state: job.state,
            tool,
        }
    }
}

impl JobAnswer {
    pub fn of(job: Job) -> Self {
        Self {
            poll_after_seconds: poll_after_seconds(&job),
            result_resource: job.result.as_ref().map(|result| result.uri.clone()),
            job,
            logs: None,
            logs_next: None,
            expect: None,
        }
    }
}

/// Seconds after which a job is worth asking for again: sooner where its end is near, none once it ended.
pub fn poll_after_seconds(job: &Job) -> Option<u32> {
    const SOONEST: f64 = 1.0;
    const LATEST: f64 = 30.0;
    match job.state {
        JobState::Queued => Some(2),
        JobState::Paused => Some(30),
        JobState::Running => {
            let left = job.eta_seconds.or(job.estimate_seconds).unwrap_or(10.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 1 and 30"
            )]
            let wait = (left / 4.0).clamp(SOONEST, LATEST).ceil() as u32;
            Some(wait)
        }
        JobState::Completed | JobState::Failed | JobState::Cancelled => None,
    }
}

/// An answer on its way: what it holds, in words and as data.
pub struct Answer {
    pub words: String,
    pub data: Value,
    pub links: Vec<Resource>,
}

impl Answer {
    pub fn new(words: String, data: &impl Serialize) -> Self {
        Self {
            words,
            // Nothing that we answer with fails to be written as JSON.
            data: serde_json::to_value(data).unwrap_or_default(),
            links: Vec::new(),
        }
    }

    /// A job, in words and as data, with a link to its result.
    pub fn job(telling: &Telling, answer: &JobAnswer) -> Self {
        let words = telling.job(&answer.job);
        let links = result_link(&answer.job).into_iter().collect();
        Self {
            links,
            ..Self::new(words, answer)
        }
    }

    /// Adds what became ready since this assistant was last told.
    pub fn with_news(mut self, telling: &Telling, ready: &[Job]) -> Self {
        if ready.is_empty() {
            return self;
        }
        self.words.push_str("\n\n");
        self.words.push_str(&telling.news(ready));
        if let Value::Object(fields) = &mut self.data {
            let ready: Vec<_> = ready.iter().map(Ready::of).collect();
            fields.insert(
                "becameReady".to_owned(),
                serde_json::to_value(ready).unwrap_or_default(),
            );
        }
        self
    }

    pub fn into_result(self) -> CallToolResult {
        let mut content = vec![ContentBlock::text(self.words)];
        content.extend(self.links.into_iter().map(ContentBlock::ResourceLink));
        let mut result = CallToolResult::success(content);
        result.structured_content = Some(self.data);
        result
    }
}

/// Where a client reads the result of a job.
pub fn result_link(job: &Job) -> Option<Resource> {
    let result = job.result.as_ref()?;
    let link = Resource::new(&result.uri, format!("Result of {}", job.name))
        .with_mime_type(&result.media_type)
        .with_size(result.bytes);
    Some(link)
}

/// The schema of an answer or of arguments, whole in itself: not every client follows references.
pub fn schema_of<T: JsonSchema>() -> JsonObject {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(|schema: &mut schemars::Schema| {
        // Formats such as uint32 are Rust's own; strict readers refuse what they do not know.
        let known = schema
            .get("format")
            .is_none_or(|format| format == "date-time");
        if !known {
            schema.remove("format");
        }
    })
    .transform(&mut schema);
    schema.remove("title");
    match schema.to_value() {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// The same for an answer, any of which may tell what became ready.
pub fn output_schema_of<T: JsonSchema>() -> JsonObject {
    let mut schema = schema_of::<T>();
    let ready = Value::Object(schema_of::<Vec<Ready>>());
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("becameReady".to_owned(), ready);
    }
    schema
}
