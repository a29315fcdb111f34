//! What the server answers over HTTP.
//!
//! # Layout
//! - [`listen()`]: the port, and what the system may hold for a connection
//! - [`guard`]: who may ask at all; [`headers`]: what every answer carries
//! - [`problem`]: every error's one form; [`notice`]: the same as a page, for people
//! - [`body`], [`query`]: reading what came, naming what is wrong with it
//! - [`rest`]: a file an endpoint family; [`artifacts`]: files with ranges and safe names
//! - [`feed`], [`watcher`]: the studio's changes, read once for everybody; [`socket`], [`sse`]: two ways to carry them
//! - [`art`]: the studio's drawings; [`schemas`]: the shapes of results; [`fresh`]: what a client has already is not sent again
//! - [`pages`]: what a page is rendered with; [`drafts`]: what came of its forms; [`assets`]: the site's files

mod art;
mod artifacts;
mod assets;
mod body;
mod drafts;
mod feed;
mod fresh;
mod guard;
mod headers;
mod listen;
mod notice;
mod pages;
mod problem;
mod query;
mod rest;
mod schemas;
mod socket;
mod sse;
mod watcher;

pub use listen::listen;
pub use watcher::Pace;

use crate::mcp::Mcp;
use crate::queue::{Artifacts, Caller, Queue};
use crate::routes::{self, api};
use crate::studio::{CraftFolder, Studio};
use axum::Router;
use axum::extract::{FromRef, State};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use drafts::Drafts;
use feed::Feeds;
use leptos::config::LeptosOptions;
use problem::ApiError;
use std::path::Path;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What every request may need; cheap to clone.
#[derive(Clone)]
pub struct WebState {
    pub queue: Queue,
    pub studio: Studio,
    /// The one creator of local mode, signed in by itself.
    pub local: Caller,
    /// `site_addr` is the address that was really bound: the guard compares with it.
    pub leptos: LeptosOptions,
    /// Craft and save files; by default `craft` in the data directory.
    pub craft: CraftFolder,
    /// Cancel it when the server stops: live sockets and event streams end then.
    pub stopping: CancellationToken,
    pub pace: Pace,
    /// What assistants reach at `/mcp`.
    pub mcp: Mcp,
    artifacts: Artifacts,
    feeds: Arc<Feeds>,
    drafts: Arc<Drafts>,
}

impl WebState {
    #[must_use]
    pub fn new(
        queue: Queue,
        studio: Studio,
        local: Caller,
        leptos: LeptosOptions,
        data_dir: &Path,
    ) -> Self {
        Self {
            mcp: Mcp::new(
                queue.clone(),
                studio.clone(),
                local.clone(),
                data_dir,
                leptos.site_addr,
            ),
            artifacts: Artifacts::new(queue.clone(), data_dir),
            feeds: Arc::new(Feeds::new(queue.clone())),
            queue,
            studio,
            local,
            leptos,
            craft: CraftFolder::at(&data_dir.join("craft")),
            stopping: CancellationToken::new(),
            pace: Pace::default(),
            drafts: Arc::default(),
        }
    }
}

impl FromRef<WebState> for LeptosOptions {
    fn from_ref(state: &WebState) -> Self {
        state.leptos.clone()
    }
}

/// Everything that the server answers.
pub fn router(state: WebState) -> Router {
    let endpoints = Router::new()
        .nest(api::VERSION, rest::routes())
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
        .layer(middleware::from_fn_with_state(state.clone(), guard::check))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            notice::for_people,
        ))
        .layer(middleware::from_fn(headers::add))
        .with_state(state)
}

/// Whether the store answers, which is what a request will need.
async fn ready(State(state): State<WebState>) -> Result<&'static str, ApiError> {
    state
        .queue
        .summary(&state.local, crate::job::Scope::Mine)
        .await?;
    Ok("ready\n")
}

async fn no_such_endpoint() -> Response {
    ApiError::not_found("There is nothing at this address.").into_response()
}

async fn wrong_method() -> Response {
    ApiError::wrong_method().into_response()
}
