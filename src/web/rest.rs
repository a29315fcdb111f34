//! The REST interface, `/api/v1`, one file per endpoint family.

mod commands;
mod jobs;
mod leases;
mod lists;
mod reports;
mod settings;
mod summary;
mod types;

use super::query::Params;
use super::{WebState, artifacts, socket, sse};
use crate::queue::KindRegistry;
use crate::routes::api;
use axum::Router;
use axum::extract::State;
use axum::routing::{get, post, put};

/// Everything under `/api/v1`; each kind may have a list of what it has made.
pub fn routes(kinds: &KindRegistry) -> Router<WebState> {
    let collections = kinds.iter().filter_map(|spec| {
        let (kind, collection) = (spec.kind(), spec.collection()?);
        let list = move |State(state): State<WebState>, params: Params| async move {
            lists::completed(&state, &params, kind, collection).await
        };
        Some((collection.path, get(list)))
    });
    let routes = collections.fold(Router::new(), |routes, (path, list)| {
        routes.route(path, list)
    });
    routes
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
        .route("/summary", get(summary::summary))
        .route("/types", get(types::types))
        .route(api::MY_SETTINGS, get(settings::show).put(settings::replace))
        .route(api::LIVE, get(socket::live))
        .route(api::EVENTS, get(sse::events))
        .route("/characters", get(lists::characters))
        .route("/scenes", get(lists::scenes))
        .route("/notebooks", get(lists::empty))
        .route("/artifacts", get(lists::empty))
        .merge(commands_at_root())
}

/// The form of a job for polling clients, which expect it at the root.
pub fn commands_at_root() -> Router<WebState> {
    Router::new().route("/commands/jobs/{id}", get(commands::show))
}
