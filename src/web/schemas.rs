//! The JSON Schemas of what jobs make, for programs that read it.

use super::fresh;
use super::problem::ApiError;
use crate::studio::vessel;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// The schema of a kind's results: `/schemas/KIND.json`.
pub async fn schema(Path(file): Path<String>, asked: HeaderMap) -> Result<Response, ApiError> {
    let kind = file.strip_suffix(".json").unwrap_or_default();
    let Some(schema) = vessel::schema(kind) else {
        return Err(ApiError::not_found("There is no such schema."));
    };
    let tag = format!("\"{}\"", fresh::tag(&[schema.as_bytes()]));
    let kind = [(header::CONTENT_TYPE, "application/schema+json")];
    Ok(fresh::tagged(&asked, &tag, (kind, schema).into_response()))
}
