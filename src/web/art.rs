//! The studio's drawings as pictures that a page can show and a browser can keep.

use super::problem::ApiError;
use super::{WebState, fresh};
use crate::routes::CUTOUT;
use crate::studio::StudioError;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// Drawings do not change under their name, which is an id of ours.
const KEPT: &str = "private, max-age=86400";

/// A scene's background or a character's portrait: `/art/ID.svg`. With `?figure` the portrait
/// comes without what stands behind the figure.
pub async fn drawing(
    State(state): State<WebState>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
    asked: HeaderMap,
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
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, KEPT),
    ];
    let tag = format!("\"{}\"", fresh::tag(&[svg.as_bytes()]));
    Ok(fresh::tagged(&asked, &tag, (headers, svg).into_response()))
}
