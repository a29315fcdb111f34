//! The job that an address names.

use crate::job::JobId;
use crate::web::problem::ApiError;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

/// The `{id}` of an address. What is no id names no job: the answer is that of an unknown one.
pub struct Named(pub JobId);

impl<S: Send + Sync> FromRequestParts<S> for Named {
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
