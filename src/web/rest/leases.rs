//! Claims by workers over HTTP.

use crate::job::{Job, Timestamp, is_kind};
use crate::queue::ClaimRequest;
use crate::web::WebState;
use crate::web::body::Json;
use crate::web::problem::Problem;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

const MOST_TYPES: usize = 100;
const LONGEST_TTL_SECONDS: u32 = 3600;
const LONGEST_NAME: usize = 200;
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
) -> Result<Response, Problem> {
    check(&asked)?;
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

fn check(asked: &Asked) -> Result<(), Problem> {
    if asked.types.is_empty() || asked.types.len() > MOST_TYPES {
        let problem = format!("must name 1 to {MOST_TYPES} kinds");
        return Err(Problem::invalid("types", problem));
    }
    if let Some(index) = asked.types.iter().position(|kind| !is_kind(kind)) {
        return Err(Problem::invalid(
            format!("types[{index}]"),
            "is no kind of job",
        ));
    }
    if asked.worker.trim().is_empty() || asked.worker.len() > LONGEST_NAME {
        let problem = format!("must have 1 to {LONGEST_NAME} bytes");
        return Err(Problem::invalid("worker", problem));
    }
    if asked.worker.starts_with(BUILT_IN) {
        let problem = format!("must not start with `{BUILT_IN}`");
        return Err(Problem::invalid("worker", problem));
    }
    if !(1..=LONGEST_TTL_SECONDS).contains(&asked.ttl_seconds) {
        let problem = format!("must be a whole number from 1 to {LONGEST_TTL_SECONDS}");
        return Err(Problem::invalid("ttlSeconds", problem));
    }
    Ok(())
}
