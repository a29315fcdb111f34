//! A job in the form that polling clients of an older interface read.

use crate::job::{Job, JobResult, JobState, Timestamp};
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::job_path::JobPath;
use axum::extract::State;
use serde::Serialize;

#[derive(Serialize)]
pub struct PolledJob {
    job_id: String,
    status: &'static str,
    progress: PolledProgress,
    error_message: Option<String>,
    result: Option<JobResult>,
    created: Timestamp,
    updated: Timestamp,
}

#[derive(Serialize)]
struct PolledProgress {
    current: u32,
    total: u32,
    percentage: f64,
}

pub async fn show(
    State(state): State<WebState>,
    JobPath(id): JobPath,
) -> Result<axum::Json<PolledJob>, ApiError> {
    let job = state.queue.get(&state.local, &id).await?;
    Ok(axum::Json(job.into()))
}

impl From<Job> for PolledJob {
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
            progress: PolledProgress {
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
