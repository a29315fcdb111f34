//! Reports of workers over HTTP, and of the owners of external jobs.

use super::job_id::Named;
use super::jobs::text_header;
use crate::job::{Failure, FailureCode, Job, JobState, Stream, Timestamp};
use crate::queue::{NewLogLine, NewResult, Report, Reporter};
use crate::routes::LEASE_TOKEN;
use crate::web::WebState;
use crate::web::body::Json;
use crate::web::problem::ApiError;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reported {
    state: Option<JobState>,
    progress: Option<f64>,
    current_step: Option<String>,
    log: Option<Vec<Line>>,
    result: Option<Made>,
    failure: Option<Failed>,
    checkpoint: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    stream: Option<Stream>,
    text: String,
    at: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Made {
    href: Option<String>,
    page: Option<String>,
    media_type: Option<String>,
    bytes: Option<u64>,
    download_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Failed {
    code: String,
    summary: String,
    retryable: Option<bool>,
    fix: Option<String>,
}

/// A report carries the token of the lease that it is made under; the owner of an external job
/// needs none.
pub async fn report(
    State(state): State<WebState>,
    Named(id): Named,
    headers: HeaderMap,
    Json(reported): Json<Reported>,
) -> Result<axum::Json<Job>, ApiError> {
    let token = text_header(&headers, LEASE_TOKEN)?;
    let by = match &token {
        Some(token) => Reporter::LeaseOf(&state.local, token),
        None => Reporter::Owner(&state.local),
    };
    let job = state.queue.report(by, &id, reported.into()).await?;
    Ok(axum::Json(job))
}

impl From<Reported> for Report {
    fn from(reported: Reported) -> Self {
        let log = reported.log.unwrap_or_default();
        Self {
            state: reported.state,
            progress: reported.progress,
            step: reported.current_step,
            step_text: None,
            log: log.into_iter().map(Line::into).collect(),
            result: reported.result.map(Made::into),
            failure: reported.failure.map(Failed::into),
            failure_text: None,
            checkpoint: reported.checkpoint,
        }
    }
}

impl From<Line> for NewLogLine {
    fn from(line: Line) -> Self {
        Self {
            stream: line.stream.unwrap_or(Stream::Stdout),
            text: line.text,
            at: line.at,
        }
    }
}

impl From<Made> for NewResult {
    fn from(made: Made) -> Self {
        Self {
            // A file of ours is never named from outside.
            file: None,
            media_type: made
                .media_type
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
            bytes: made.bytes.unwrap_or(0),
            download_name: made.download_name,
            page: made.page,
            href: made.href,
        }
    }
}

impl From<Failed> for Failure {
    fn from(failed: Failed) -> Self {
        let known = FailureCode::parse(&failed.code);
        Self {
            retryable: failed
                .retryable
                .unwrap_or_else(|| known.is_some_and(FailureCode::retryable)),
            // The queue puts the code's own where there is none.
            fix: failed.fix.unwrap_or_default(),
            code: failed.code,
            summary: failed.summary,
            fix_text: None,
        }
    }
}
