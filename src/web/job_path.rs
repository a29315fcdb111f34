//! The id of a job in a path.

use crate::job::JobId;
use crate::web::api_error::ApiError;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

/// The `{id}` of a path. An id that does not parse gets the same response as an unknown job.
pub struct JobPath(pub JobId);

impl<S: Send + Sync> FromRequestParts<S> for JobPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::no_such_job())?;
        params
            .iter()
            .find(|(name, _)| *name == "id")
            .map(|(_, id)| id.strip_prefix("command:").unwrap_or(id))
            .and_then(|id| JobId::parse(id).ok())
            .map(Self)
            .ok_or_else(ApiError::no_such_job)
    }
}
