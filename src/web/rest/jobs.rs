//! Jobs: submit, list, show and command them.

use crate::job::{Job, JobId, JobPage, JobState, LogPage, Notify, Scope, is_kind};
use crate::queue::{JobFilter, NewJob};
use crate::routes::{IDEMPOTENCY_KEY, job_resource};
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::body::Json;
use crate::web::etag;
use crate::web::job_path::JobPath;
use crate::web::query::Params;
use crate::web::request_header::text_header;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// The default and the largest page of jobs.
const DEFAULT_JOBS: u32 = 50;
const MAX_JOBS: u32 = 200;
/// The default and the largest page of log lines.
const DEFAULT_LINES: u32 = 200;
const MAX_LINES: u32 = 1000;
/// `Retry-After` of an active job.
const RETRY_AFTER_SECONDS: u32 = 1;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Submission {
    #[serde(rename = "type")]
    kind: String,
    name: Option<String>,
    input: Option<Value>,
    notify: Option<Notify>,
    refs: Option<Vec<String>>,
    external: Option<bool>,
}

pub async fn submit(
    State(state): State<WebState>,
    headers: HeaderMap,
    Json(body): Json<Submission>,
) -> Result<Response, ApiError> {
    let new = NewJob {
        kind: body.kind,
        name: body.name,
        input: body.input.unwrap_or_else(|| json!({})),
        notify: body.notify.unwrap_or_default(),
        refs: body.refs.unwrap_or_default(),
        external: body.external.unwrap_or_default(),
        idempotency_key: text_header(&headers, IDEMPOTENCY_KEY)?,
    };
    let job = state.queue.submit(&state.local, new).await?;
    let location = job_resource(&job.job_id);
    let mut response = (StatusCode::ACCEPTED, axum::Json(&job)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
    if let Ok(location) = HeaderValue::try_from(location) {
        headers.insert(header::LOCATION, location);
    }
    Ok(response)
}

pub async fn list(
    State(state): State<WebState>,
    params: Params,
) -> Result<axum::Json<JobPage>, ApiError> {
    params.only(&["scope", "state", "type", "ref", "cursor", "limit"])?;
    let kind = params.text("type")?;
    if kind.is_some_and(|kind| !is_kind(kind)) {
        return Err(ApiError::bad_request("type", "is not a kind of job"));
    }
    let filter = JobFilter {
        scope: params.one_of::<Scope>("scope")?.unwrap_or_default(),
        states: params.some_of::<JobState>("state")?,
        kind: kind.map(str::to_owned),
        reference: params.text("ref")?.map(str::to_owned),
        cursor: params.text("cursor")?.map(str::to_owned),
        limit: params.limit(DEFAULT_JOBS, MAX_JOBS)?,
    };
    let page = state.queue.list(&state.local, filter).await;
    page.map(axum::Json)
        .map_err(|error| ApiError::from(error).in_query())
}

pub async fn show(
    State(state): State<WebState>,
    JobPath(id): JobPath,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let job = state.queue.get(&state.local, &id).await?;
    let tag = format!("\"{}.{}\"", job.attempt, job.version);
    let mut response = etag::with_etag(&headers, &tag, axum::Json(&job).into_response());
    if job.state.is_active() {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
    }
    Ok(response)
}

/// A command that needs only the id of the job.
macro_rules! command {
    ($($name:ident)*) => {$(
        pub async fn $name(
            State(state): State<WebState>,
            JobPath(id): JobPath,
        ) -> Result<axum::Json<Job>, ApiError> {
            Ok(axum::Json(state.queue.$name(&state.local, &id).await?))
        }
    )*};
}

command! { pause resume cancel retry }

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotifyBody {
    notify: Notify,
}

pub async fn notify(
    State(state): State<WebState>,
    JobPath(id): JobPath,
    Json(body): Json<NotifyBody>,
) -> Result<axum::Json<Job>, ApiError> {
    let job = state.queue.set_notify(&state.local, &id, body.notify).await;
    Ok(axum::Json(job?))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeenBody {
    job_ids: Vec<JobId>,
}

pub async fn seen(
    State(state): State<WebState>,
    Json(body): Json<SeenBody>,
) -> Result<StatusCode, ApiError> {
    state.queue.mark_seen(&state.local, &body.job_ids).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn logs(
    State(state): State<WebState>,
    JobPath(id): JobPath,
    params: Params,
) -> Result<axum::Json<LogPage>, ApiError> {
    params.only(&["after", "limit"])?;
    let after = params.number("after", 0..=i64::MAX as u64)?.unwrap_or(0);
    let limit = params.limit(DEFAULT_LINES, MAX_LINES)?;
    let page = state.queue.logs(&state.local, &id, after, limit).await;
    page.map(axum::Json)
        .map_err(|error| ApiError::from(error).in_query())
}
