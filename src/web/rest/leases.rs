//! Claims of external workers.

use crate::job::{Job, Timestamp};
use crate::queue::{ClaimRequest, LOCAL_WORKER};
use crate::web::WebState;
use crate::web::api_error::ApiError;
use crate::web::body::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClaimBody {
    types: Vec<String>,
    worker: String,
    ttl_seconds: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeaseAnswer {
    job: Job,
    input: Value,
    checkpoint: Option<Value>,
    lease_token: String,
    expires_at: Timestamp,
}

/// Claims the oldest queued job of these types; 204 if there is none.
pub async fn claim(
    State(state): State<WebState>,
    Json(body): Json<ClaimBody>,
) -> Result<Response, ApiError> {
    if body.worker.starts_with(LOCAL_WORKER) {
        let problem = format!("must not start with `{LOCAL_WORKER}`");
        return Err(ApiError::invalid("worker", problem));
    }
    let request = ClaimRequest {
        studio: Some(state.local.studio.clone()),
        kinds: body.types,
        worker: body.worker,
        ttl_seconds: body.ttl_seconds,
    };
    let Some(claim) = state.queue.claim(request).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let claimed = LeaseAnswer {
        job: claim.job,
        input: claim.input,
        checkpoint: claim.checkpoint,
        lease_token: claim.lease_token,
        expires_at: claim.expires_at,
    };
    Ok(axum::Json(claimed).into_response())
}
