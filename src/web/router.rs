//! Every path that the server answers.

use super::api_error::ApiError;
use super::{WebState, art, assets, error_page, guard, headers, pages, rest, schemas};
use crate::job::Scope;
use crate::routes::{self, api};
use axum::Router;
use axum::extract::State;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The whole server as a service.
pub fn router(state: WebState) -> Router {
    let endpoints = Router::new()
        .nest(api::VERSION, rest::routes(state.queue.kinds()))
        .fallback(no_such_endpoint);
    let mcp = state.mcp.over_http(state.leptos.site_addr, &state.stopping);
    Router::new()
        .route_service(routes::MCP, mcp)
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .nest(api::PREFIX, endpoints)
        .merge(rest::commands_at_root())
        .route(&format!("{}/{{file}}", routes::ART), get(art::drawing))
        .route(
            &format!("{}/{{file}}", routes::SCHEMAS),
            get(schemas::schema),
        )
        .merge(pages::routes())
        .method_not_allowed_fallback(wrong_method)
        .fallback(assets::file)
        .layer(from_fn_with_state(state.clone(), guard::check))
        .layer(from_fn_with_state(state.clone(), error_page::for_people))
        .layer(from_fn(headers::add))
        .with_state(state)
}

/// Whether the store answers, which every request needs.
async fn ready(State(state): State<WebState>) -> Result<&'static str, ApiError> {
    state.queue.summary(&state.local, Scope::Mine).await?;
    Ok("ready\n")
}

async fn no_such_endpoint() -> Response {
    ApiError::not_found("There is nothing at this address.").into_response()
}

async fn wrong_method() -> Response {
    ApiError::wrong_method().into_response()
}
