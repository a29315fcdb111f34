//! A job for clients that know only commands: they ask every two seconds and stop at the end.

use super::job_id::Named;
use crate::job::{Job, JobResult, JobState, Timestamp};
use crate::web::WebState;
use crate::web::problem::ApiError;
use axum::extract::State;
use serde::Serialize;

#[derive(Serialize)]
pub struct Command {
    job_id: String,
    status: &'static str,
    progress: Progress,
    error_message: Option<String>,
    result: Option<JobResult>,
    created: Timestamp,
    updated: Timestamp,
}

#[derive(Serialize)]
struct Progress {
    current: u32,
    total: u32,
    percentage: f64,
}

pub async fn show(
    State(state): State<WebState>,
    Named(id): Named,
) -> Result<axum::Json<Command>, ApiError> {
    let job = state.queue.get(&state.local, &id).await?;
    Ok(axum::Json(job.into()))
}

impl From<Job> for Command {
    fn from(job: Job) -> Self {
        let percentage = job.progress.unwrap_or(0.0) * 100.0;
        let error_message = match job.state {
            JobState::Failed => job.failure.map(|failure| failure.summary),
            JobState::Cancelled => Some("The job was cancelled.".to_owned()),
            _ => None,
        };
        Self {
            job_id: job.job_id.to_string(),
            status: match job.state {
                JobState::Queued => "pending",
                JobState::Running | JobState::Paused => "processing",
                JobState::Completed => "completed",
                JobState::Failed | JobState::Cancelled => "error",
            },
            progress: Progress {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "0 to 100"
                )]
                current: percentage as u32,
                total: 100,
                percentage,
            },
            error_message,
            result: job.result,
            created: job.created_at,
            updated: job.last_updated_at,
        }
    }
}
