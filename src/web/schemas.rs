//! The JSON Schemas of results, for programs that read them.

use super::api_error::ApiError;
use super::{WebState, etag};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// The schema of a kind's results: `GET /schemas/KIND.json`.
pub async fn schema(
    State(state): State<WebState>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let kind = file.strip_suffix(".json").unwrap_or_default();
    let kind = state.queue.kinds().find(kind);
    let Some(schema) = kind.and_then(|kind| kind.result_schema()) else {
        return Err(ApiError::not_found("There is no such schema."));
    };
    let tag = format!("\"{}\"", etag::hash(&[schema.as_bytes()]));
    let content_type = [(header::CONTENT_TYPE, "application/schema+json")];
    Ok(etag::with_etag(
        &headers,
        &tag,
        (content_type, schema).into_response(),
    ))
}
