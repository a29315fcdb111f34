//! Jobs: submit, list, show, act.

use super::job_id::Named;
use crate::job::{Job, JobId, JobPage, JobState, LogPage, Notify, Scope, is_kind};
use crate::queue::{JobFilter, NewJob};
use crate::routes::{IDEMPOTENCY_KEY, job_resource};
use crate::web::WebState;
use crate::web::body::Json;
use crate::web::fresh;
use crate::web::problem::ApiError;
use crate::web::query::Params;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// Jobs and log lines a page, unless asked otherwise, and at most.
const USUAL_JOBS: u32 = 50;
const MOST_JOBS: u32 = 200;
const USUAL_LINES: u32 = 200;
const MOST_LINES: u32 = 1000;
/// Seconds after which an active job is worth asking for again.
const ASK_AGAIN_SECONDS: u32 = 1;

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
    let place = job_resource(&job.job_id);
    let mut response = (StatusCode::ACCEPTED, axum::Json(&job)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(ASK_AGAIN_SECONDS));
    if let Ok(place) = HeaderValue::try_from(place) {
        headers.insert(header::LOCATION, place);
    }
    Ok(response)
}

/// A header that holds a short text. An error names it as given.
pub fn text_header(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, ApiError> {
    let mut values = headers.get_all(name).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return if headers.contains_key(name) {
            Err(ApiError::bad_request(name, "may be given once"))
        } else {
            Ok(None)
        };
    };
    match value.to_str() {
        Ok(text) if (1..=255).contains(&text.len()) => Ok(Some(text.to_owned())),
        _ => Err(ApiError::bad_request(
            name,
            "must have 1 to 255 visible ASCII characters",
        )),
    }
}

pub async fn list(
    State(state): State<WebState>,
    params: Params,
) -> Result<axum::Json<JobPage>, ApiError> {
    params.only(&["scope", "state", "type", "ref", "cursor", "limit"])?;
    let kind = params.text("type")?;
    if kind.is_some_and(|kind| !is_kind(kind)) {
        return Err(ApiError::bad_request("type", "is no kind of job"));
    }
    let filter = JobFilter {
        scope: params.one_of::<Scope>("scope")?.unwrap_or_default(),
        states: params.some_of::<JobState>("state")?,
        kind: kind.map(str::to_owned),
        reference: params.text("ref")?.map(str::to_owned),
        cursor: params.text("cursor")?.map(str::to_owned),
        limit: params.limit(USUAL_JOBS, MOST_JOBS)?,
    };
    let page = state.queue.list(&state.local, filter).await;
    page.map(axum::Json)
        .map_err(|error| ApiError::from(error).in_query())
}

pub async fn show(
    State(state): State<WebState>,
    Named(id): Named,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let job = state.queue.get(&state.local, &id).await?;
    let tag = format!("\"{}.{}\"", job.attempt, job.version);
    let mut response = fresh::tagged(&headers, &tag, axum::Json(&job).into_response());
    if job.state.is_active() {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(ASK_AGAIN_SECONDS));
    }
    Ok(response)
}

/// An action on a job that needs no more than its id.
macro_rules! action {
    ($($name:ident)*) => {$(
        pub async fn $name(
            State(state): State<WebState>,
            Named(id): Named,
        ) -> Result<axum::Json<Job>, ApiError> {
            Ok(axum::Json(state.queue.$name(&state.local, &id).await?))
        }
    )*};
}

action! { pause resume cancel retry }

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bell {
    notify: Notify,
}

pub async fn notify(
    State(state): State<WebState>,
    Named(id): Named,
    Json(bell): Json<Bell>,
) -> Result<axum::Json<Job>, ApiError> {
    let job = state.queue.set_notify(&state.local, &id, bell.notify).await;
    Ok(axum::Json(job?))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Seen {
    job_ids: Vec<JobId>,
}

pub async fn seen(
    State(state): State<WebState>,
    Json(seen): Json<Seen>,
) -> Result<StatusCode, ApiError> {
    state.queue.mark_seen(&state.local, &seen.job_ids).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn logs(
    State(state): State<WebState>,
    Named(id): Named,
    params: Params,
) -> Result<axum::Json<LogPage>, ApiError> {
    params.only(&["after", "limit"])?;
    let after = params.number("after", 0..=i64::MAX as u64)?.unwrap_or(0);
    let limit = params.limit(USUAL_LINES, MOST_LINES)?;
    let page = state.queue.logs(&state.local, &id, after, limit).await;
    page.map(axum::Json)
        .map_err(|error| ApiError::from(error).in_query())
}
