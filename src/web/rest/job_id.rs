//! The job that an address names.

use crate::job::JobId;
use crate::web::problem::Problem;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

/// The `{id}` of an address. What is no id names no job: the answer is that of an unknown one.
pub struct Named(pub JobId);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Problem::no_such_job())?;
        params
            .iter()
            .find(|(name, _)| *name == "id")
            .map(|(_, id)| id.strip_prefix("command:").unwrap_or(id))
            .and_then(|id| JobId::parse(id).ok())
            .map(Self)
            .ok_or_else(Problem::no_such_job)
    }
}
