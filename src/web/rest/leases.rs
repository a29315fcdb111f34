//! Claims by workers over HTTP.

use crate::job::{Job, Timestamp};
use crate::queue::ClaimRequest;
use crate::web::WebState;
use crate::web::body::Json;
use crate::web::problem::ApiError;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Names of built-in workers start with this; what they held is taken back at a restart.
const BUILT_IN: &str = "local:";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    types: Vec<String>,
    worker: String,
    ttl_seconds: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Granted {
    job: Job,
    input: Value,
    checkpoint: Option<Value>,
    lease_token: String,
    expires_at: Timestamp,
}

/// The oldest waiting job of these types, or 204 when there is none now.
pub async fn claim(
    State(state): State<WebState>,
    Json(asked): Json<Asked>,
) -> Result<Response, ApiError> {
    if asked.worker.starts_with(BUILT_IN) {
        let problem = format!("must not start with `{BUILT_IN}`");
        return Err(ApiError::invalid("worker", problem));
    }
    let request = ClaimRequest {
        studio: Some(state.local.studio.clone()),
        kinds: asked.types,
        worker: asked.worker,
        ttl_seconds: asked.ttl_seconds,
    };
    let Some(claim) = state.queue.claim(request).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let lease = Granted {
        job: claim.job,
        input: claim.input,
        checkpoint: claim.checkpoint,
        lease_token: claim.lease_token,
        expires_at: claim.expires_at,
    };
    Ok(axum::Json(lease).into_response())
}
