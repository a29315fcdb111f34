//! Reports of external workers, and of the owners of external jobs.

use crate::job::{Failure, FailureCode, Job, JobState, Stream, Timestamp};
use crate::queue::{NewLogLine, NewResult, Report, Reporter};
use crate::routes::LEASE_TOKEN;
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::body::Json;
use crate::web::job_path::JobPath;
use crate::web::request_header::text_header;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReportBody {
    state: Option<JobState>,
    progress: Option<f64>,
    current_step: Option<String>,
    log: Option<Vec<LogLineBody>>,
    result: Option<ResultBody>,
    failure: Option<FailureBody>,
    checkpoint: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogLineBody {
    stream: Option<Stream>,
    text: String,
    at: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ResultBody {
    href: Option<String>,
    page: Option<String>,
    media_type: Option<String>,
    bytes: Option<u64>,
    download_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailureBody {
    code: String,
    summary: String,
    retryable: Option<bool>,
    fix: Option<String>,
}

/// A report carries the token of its lease; the owner of an external job needs none.
pub async fn report(
    State(state): State<WebState>,
    JobPath(id): JobPath,
    headers: HeaderMap,
    Json(body): Json<ReportBody>,
) -> Result<axum::Json<Job>, ApiError> {
    let token = text_header(&headers, LEASE_TOKEN)?;
    let by = match &token {
        Some(token) => Reporter::LeaseOf(&state.local, token),
        None => Reporter::Owner(&state.local),
    };
    let job = state.queue.report(by, &id, body.into()).await?;
    Ok(axum::Json(job))
}

impl From<ReportBody> for Report {
    fn from(body: ReportBody) -> Self {
        let log = body.log.unwrap_or_default();
        Self {
            state: body.state,
            progress: body.progress,
            step: body.current_step,
            step_text: None,
            log: log.into_iter().map(LogLineBody::into).collect(),
            result: body.result.map(ResultBody::into),
            failure: body.failure.map(FailureBody::into),
            failure_text: None,
            checkpoint: body.checkpoint,
        }
    }
}

impl From<LogLineBody> for NewLogLine {
    fn from(line: LogLineBody) -> Self {
        Self {
            stream: line.stream.unwrap_or(Stream::Stdout),
            text: line.text,
            at: line.at,
        }
    }
}

impl From<ResultBody> for NewResult {
    fn from(result: ResultBody) -> Self {
        Self {
            // A client never names a file of the server.
            file: None,
            media_type: result
                .media_type
                .unwrap_or_else(|| "application/octet-stream".to_owned()),
            bytes: result.bytes.unwrap_or(0),
            download_name: result.download_name,
            page: result.page,
            href: result.href,
            details: None,
        }
    }
}

impl From<FailureBody> for Failure {
    fn from(failure: FailureBody) -> Self {
        let known = FailureCode::parse(&failure.code);
        Self {
            retryable: failure
                .retryable
                .unwrap_or_else(|| known.is_some_and(FailureCode::retryable)),
            // The queue fills in the fix of the failure code if there is none.
            fix: failure.fix.unwrap_or_default(),
            code: failure.code,
            summary: failure.summary,
            fix_text: None,
        }
    }
}
