//! The MCP server, tested with the real client of rmcp over real connections.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

mod errors;
mod resources;
mod tasks;
mod tools;
mod waiting;

use jobtray::i18n::new_failure;
use jobtray::job::{FailureCode, JobId, JobState};
use jobtray::queue::{Report, Reporter};
use testkit::server::Server;

async fn report(server: &Server, id: &str, report: Report) {
    let id = JobId::parse(id).unwrap();
    let reporter = Reporter::Owner(&server.me);
    server.queue.report(reporter, &id, report).await.unwrap();
}

fn state(state: JobState) -> Report {
    Report {
        state: Some(state),
        ..Report::default()
    }
}

fn failure() -> Report {
    Report {
        failure: Some(new_failure(FailureCode::OutOfSpace, "The disk is full.")),
        ..state(JobState::Failed)
    }
}

/// Submits an external job, which the test reports on.
async fn job(server: &Server, name: &str) -> String {
    let job = server.external(&server.me, name).await;
    job.job_id.to_string()
}

async fn running(server: &Server, name: &str) -> String {
    let id = job(server, name).await;
    report(server, &id, state(JobState::Running)).await;
    id
}
