//! The studio's drawings as images.

use super::api_error::ApiError;
use super::{WebState, etag};
use crate::routes::CUTOUT;
use crate::studio::StudioError;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// A drawing with the same id never changes.
const CACHE_CONTROL: &str = "private, max-age=86400";

/// A scene's background or a character's portrait: `GET /art/ID.svg`. With `?figure` the portrait has no
/// background.
pub async fn drawing(
    State(state): State<WebState>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let id = file
        .strip_suffix(".svg")
        .ok_or_else(|| ApiError::from(StudioError::NotFound))?;
    let mut svg = match state.studio.character(&state.local, id).await {
        Ok(character) => character.art,
        Err(StudioError::NotFound) => state.studio.scene(&state.local, id).await?.art,
        Err(error) => return Err(error.into()),
    };
    if query.as_deref() == Some(CUTOUT) {
        svg = svg.replace("-backdrop\"", "-backdrop\" display=\"none\"");
    }
    let own_headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, CACHE_CONTROL),
    ];
    let tag = format!("\"{}\"", etag::hash(&[svg.as_bytes()]));
    Ok(etag::with_etag(
        &headers,
        &tag,
        (own_headers, svg).into_response(),
    ))
}
