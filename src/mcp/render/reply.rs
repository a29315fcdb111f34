//! An answer of a tool: text, structured content with the same facts, and links.

use super::output::{JobOutput, ReadyJob};
use super::text::TextRenderer;
use crate::job::Job;
use rmcp::model::{CallToolResult, ContentBlock, Resource};
use serde::Serialize;
use serde_json::Value;

pub struct ToolReply {
    pub text: String,
    pub data: Value,
    pub links: Vec<Resource>,
    /// The job that the answer is about: it needs no ready notice.
    pub about: Option<Box<Job>>,
}

impl ToolReply {
    pub fn new(text: String, data: &impl Serialize) -> Self {
        Self {
            text,
            // Serializing an output cannot fail.
            data: serde_json::to_value(data).unwrap_or_default(),
            links: Vec::new(),
            about: None,
        }
    }

    /// An answer about a job, with a link to its result.
    pub fn about(job: Job, text: String, data: &impl Serialize) -> Self {
        Self {
            links: result_link(&job).into_iter().collect(),
            about: Some(Box::new(job)),
            ..Self::new(text, data)
        }
    }

    /// The current state of a job.
    pub fn job(renderer: &TextRenderer, output: &JobOutput) -> Self {
        Self::about(output.job.clone(), renderer.job(&output.job), output)
    }

    /// Adds the notices of jobs that became ready.
    pub fn with_ready_notice(mut self, renderer: &TextRenderer, ready: &[Job]) -> Self {
        if ready.is_empty() {
            return self;
        }
        self.text.push_str("\n\n");
        self.text.push_str(&renderer.ready_notice(ready));
        if let Value::Object(fields) = &mut self.data {
            let ready: Vec<_> = ready.iter().map(ReadyJob::from).collect();
            let ready = serde_json::to_value(ready).unwrap_or_default();
            fields.insert("becameReady".to_owned(), ready);
        }
        self
    }

    pub fn into_result(self) -> CallToolResult {
        let mut content = vec![ContentBlock::text(self.text)];
        content.extend(self.links.into_iter().map(ContentBlock::ResourceLink));
        let mut result = CallToolResult::success(content);
        result.structured_content = Some(self.data);
        result
    }
}

/// The resource that holds the result of a job.
fn result_link(job: &Job) -> Option<Resource> {
    let result = job.result.as_ref()?;
    let link = Resource::new(&result.uri, format!("Result of {}", job.name))
        .with_mime_type(&result.media_type)
        .with_size(result.bytes);
    Some(link)
}
