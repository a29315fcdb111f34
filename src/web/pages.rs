//! Pages: what their views find in context, and the server functions beside them.

use super::WebState;
use super::headers::page_policy;
use super::problem::Problem;
use crate::app::request::DataDir;
use crate::app::{App, shell};
use crate::live::Snapshot;
use crate::queue::{Caller, Queue};
use crate::settings::Settings;
use crate::studio::Studio;
use crate::words::Lang;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use leptos_axum::LeptosRoutes;

/// The pages' own addresses, and `/forms` for what they submit.
pub fn routes() -> Router<WebState> {
    let listed = leptos_axum::generate_route_list(App);
    Router::new()
        .leptos_routes_with_handler(listed, page)
        .route("/forms/{*function}", any(form))
}

/// Renders the page of the request's address, or the one that says that there is none.
pub async fn page(State(state): State<WebState>, request: Request) -> Result<Response, Problem> {
    let context = Context::read(&state, request.headers()).await?;
    let snapshot = context.snapshot().await?;
    let nonce = Nonce::new();
    let policy = page_policy(&nonce);
    let options = state.leptos;
    let render = leptos_axum::render_app_async_with_context(
        move || {
            context.provide();
            provide_context(nonce.clone());
            provide_context(snapshot.clone());
        },
        move || shell(options.clone()),
    );
    let mut response = render(request).await;
    if let Some(policy) = policy {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// Runs a server function; a plain form is sent back to the page that it came from.
async fn form(State(state): State<WebState>, request: Request<Body>) -> Result<Response, Problem> {
    let context = Context::read(&state, request.headers()).await?;
    let answer = leptos_axum::handle_server_fns_with_context(move || context.provide(), request);
    Ok(answer.await.into_response())
}

/// What views and server functions alike find with `use_context`.
#[derive(Clone)]
struct Context {
    queue: Queue,
    studio: Studio,
    caller: Caller,
    settings: Settings,
    lang: Lang,
    data_dir: DataDir,
}

impl Context {
    async fn read(state: &WebState, headers: &HeaderMap) -> Result<Self, Problem> {
        let settings = state.studio.settings(&state.local).await?;
        Ok(Self {
            queue: state.queue.clone(),
            studio: state.studio.clone(),
            caller: state.local.clone(),
            lang: (settings.language).unwrap_or_else(|| asked_language(headers)),
            settings,
            data_dir: DataDir(state.data_dir.clone()),
        })
    }

    /// What the tray shows in the first HTML.
    async fn snapshot(&self) -> Result<Snapshot, Problem> {
        let scope = self.settings.scope;
        Ok(self.queue.snapshot(&self.caller, scope).await?)
    }

    fn provide(&self) {
        provide_context(self.queue.clone());
        provide_context(self.studio.clone());
        provide_context(self.caller.clone());
        provide_context(self.settings.clone());
        provide_context(self.lang);
        provide_context(self.data_dir.clone());
    }
}

/// The language of the cookie `lang`, else what the browser prefers; what the reader chose comes
/// before it.
pub fn asked_language(headers: &HeaderMap) -> Lang {
    let texts = |name| headers.get_all(name).iter().filter_map(|v| v.to_str().ok());
    texts(header::COOKIE)
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix("lang="))
        .and_then(Lang::parse)
        .unwrap_or_else(|| {
            texts(header::ACCEPT_LANGUAGE)
                .next()
                .map_or(Lang::En, Lang::from_accept_language)
        })
}
