//! The totals of the tray.

use crate::job::{Scope, Summary};
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::query::Params;
use axum::Json;
use axum::extract::State;

/// `GET /api/v1/summary?scope=`
pub async fn summary(
    State(state): State<WebState>,
    params: Params,
) -> Result<Json<Summary>, ApiError> {
    params.only(&["scope"])?;
    let scope = params.one_of::<Scope>("scope")?.unwrap_or_default();
    let summary = state.queue.summary(&state.local, scope).await?;
    Ok(Json(summary))
}
