//! The REST interface, `/api/v1`: a file an endpoint family.

mod commands;
mod job_id;
mod jobs;
mod leases;
mod lists;
mod overview;
mod reports;
mod settings;

use super::{WebState, artifacts, socket, sse};
use crate::routes::api;
use axum::Router;
use axum::routing::{get, post, put};
pub use job_id::Named;

/// Everything under `/api/v1`.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route(api::JOBS, get(jobs::list).post(jobs::submit))
        .route("/jobs/seen", put(jobs::seen))
        .route(api::JOB, get(jobs::show).patch(reports::report))
        .route("/jobs/{id}/pause", post(jobs::pause))
        .route("/jobs/{id}/resume", post(jobs::resume))
        .route("/jobs/{id}/cancel", post(jobs::cancel))
        .route("/jobs/{id}/retry", post(jobs::retry))
        .route("/jobs/{id}/notify", put(jobs::notify))
        .route(api::JOB_LOGS, get(jobs::logs))
        .route(api::JOB_RESULT, get(artifacts::result))
        .route("/leases", post(leases::claim))
        .route("/summary", get(overview::summary))
        .route("/types", get(overview::types))
        .route(api::MY_SETTINGS, get(settings::show).put(settings::replace))
        .route(api::LIVE, get(socket::live))
        .route(api::EVENTS, get(sse::events))
        .route("/characters", get(lists::characters))
        .route("/scenes", get(lists::scenes))
        .route("/stories", get(lists::stories))
        .route("/notebooks", get(lists::nothing_yet))
        .route("/artifacts", get(lists::nothing_yet))
        .merge(commands_at_root())
}

/// The polling form of a job, which its clients expect at the root.
pub fn commands_at_root() -> Router<WebState> {
    Router::new().route("/commands/jobs/{id}", get(commands::show))
}
