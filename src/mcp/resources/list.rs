//! The resources and templates that are listed.

use crate::job::{JobState, Scope};
use crate::mcp::context::McpContext;
use crate::mcp::render::uri::{
    JOB_TEMPLATE, LOGS_TEMPLATE, PLAYBOOK, RESULT_TEMPLATE, TYPES, job_uri,
};
use crate::mcp::tools::error::ToolError;
use crate::queue::{Caller, JobFilter};
use rmcp::model::{ListResourcesResult, Resource, ResourceTemplate};

/// Jobs per page. Each job is listed once; the templates lead to its result and log.
const PAGE_SIZE: u32 = 50;

/// The two texts first, then the caller's jobs, newest first.
pub async fn list(
    context: &McpContext,
    caller: &Caller,
    cursor: Option<String>,
) -> Result<ListResourcesResult, ToolError> {
    let is_first_page = cursor.is_none();
    let filter = JobFilter {
        scope: Scope::Mine,
        cursor,
        limit: PAGE_SIZE,
        ..JobFilter::default()
    };
    let page = context.queue.list(caller, filter).await?;
    let mut resources = if is_first_page { texts() } else { Vec::new() };
    resources.extend(page.jobs.iter().map(|job| {
        let description = format!("A {} job: {}", job.kind, job.state.as_str());
        Resource::new(job_uri(&job.job_id), job.name.clone())
            .with_description(description)
            .with_mime_type("application/json")
    }));
    let mut result = ListResourcesResult::with_all_items(resources);
    result.next_cursor = page.next_cursor;
    Ok(result)
}

fn texts() -> Vec<Resource> {
    vec![
        Resource::new(PLAYBOOK, "Playbook")
            .with_description(
                "How to start, follow and finish jobs for a person, and what to do when one fails.",
            )
            .with_mime_type("text/markdown"),
        Resource::new(TYPES, "Kinds of job")
            .with_description(
                "Each kind, the tool that starts it, the schema of its input, and whether it is available.",
            )
            .with_mime_type("application/json"),
    ]
}

pub fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(JOB_TEMPLATE, "Job")
            .with_description("A job as get_job_status returns it, without its log.")
            .with_mime_type("application/json"),
        ResourceTemplate::new(RESULT_TEMPLATE, "Result of a job").with_description(
            "What a completed job made: text as text, other media as bytes, a large result as a link.",
        ),
        ResourceTemplate::new(LOGS_TEMPLATE, "Log of a job")
            .with_description("The last 1000 lines, each with its time and stream.")
            .with_mime_type("text/plain"),
    ]
}

/// The states of the jobs that a template applies to; none if there is no such template. Empty: all states.
pub fn states_for(template: &str) -> Option<&'static [JobState]> {
    match template {
        JOB_TEMPLATE | LOGS_TEMPLATE => Some(&[]),
        RESULT_TEMPLATE => Some(&[JobState::Completed]),
        _ => None,
    }
}
