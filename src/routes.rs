//! Names that several modules must agree on: paths, resources and tools that lead to a job.
//!
//! Each stands here once. What only one module serves and nobody else writes stands in that module.

use crate::job::{Action, JobId};

/// The page of a job, for people.
#[must_use]
pub fn job_page(id: &JobId) -> String {
    format!("/jobs/{id}")
}

/// The result of a job over REST.
#[must_use]
pub fn job_result(id: &JobId) -> String {
    format!("/api/v1/jobs/{id}/result")
}

/// The result of a job as an MCP resource.
#[must_use]
pub fn job_result_resource(id: &JobId) -> String {
    format!("job://{id}/result")
}

/// The MCP tool that carries out a next action.
#[must_use]
pub fn tool_for(action: Action) -> &'static str {
    match action {
        Action::Retry => "retry_job",
        Action::Fix => "get_job_logs",
        Action::Open | Action::Read | Action::Listen | Action::Watch | Action::Download => {
            "get_job_result"
        }
    }
}
