//! Serves pages and their forms, and provides the context of views and server functions.

use super::api_error::ApiError;
use super::headers::page_policy;
use super::{WebState, body};
use crate::app::{paths, shell};
use crate::i18n::Lang;
use crate::islands::{Bare, Start};
use crate::queue::{Artifacts, Caller, Queue};
use crate::routes::WITHOUT_ISLANDS;
use crate::settings::Settings;
use crate::studio::Studio;
use crate::ui::request::RequestTime;
use any_spawner::Executor;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use percent_encoding::percent_decode;
use std::sync::Arc;

/// The paths of pages, and of the server functions that their forms call.
pub fn routes() -> Router<WebState> {
    // Rendering needs a global executor; an error means that one is set already.
    let _ = Executor::init_tokio();
    let forms = server_fn_paths().map(|(path, _)| (path, post(submit)));
    let pages = paths().map(|path| (path, get(page)));
    forms
        .chain(pages)
        .fold(Router::new(), |router, (path, handler)| {
            router.route(path, handler)
        })
}

/// Renders the page at the path of the request, or the not-found page.
pub async fn page(State(state): State<WebState>, request: Request) -> Result<Response, ApiError> {
    let context = PageContext::read(&state, request.headers()).await?;
    // A live page that fetches another page already has the jobs, and renders the islands itself.
    let start = if request.headers().contains_key(WITHOUT_ISLANDS) {
        None
    } else {
        Some(context.start().await?)
    };
    let form = state.submitted_forms.find(&state.local.user, request.uri());
    let nonce = Nonce::new();
    let policy = page_policy(&nonce);
    let render = leptos_axum::render_app_async_with_context(
        move || {
            context.provide();
            provide_context(nonce.clone());
            match &start {
                Some(start) => provide_context(start.clone()),
                None => provide_context(Bare),
            }
            if let Some(form) = &form {
                provide_context(form.clone());
            }
        },
        shell,
    );
    let mut response = render(request).await;
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static(WITHOUT_ISLANDS));
    if let Some(policy) = policy {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// Runs a server function. A form without scripts is redirected to the page that it came from.
async fn submit(
    State(state): State<WebState>,
    request: Request<Body>,
) -> Result<Response, ApiError> {
    let context = PageContext::read(&state, request.headers()).await?;
    let (mut parts, body) = request.into_parts();
    let body = body::read_bytes(body).await?;
    // Leptos would replace invalid bytes and continue.
    if percent_decode(&body).decode_utf8().is_err() {
        return Err(ApiError::bad_request("form", "is not UTF-8"));
    }
    if !is_own_referrer(&parts.headers) {
        parts.headers.remove(header::REFERER);
    }
    let path = parts.uri.path().to_owned();
    let request = Request::from_parts(parts, Body::from(body.clone()));
    let response = leptos_axum::handle_server_fns_with_context(move || context.provide(), request);
    let mut response = response.await.into_response();
    // Server functions set a status for every error of their own, so 500 means that the fields could not
    // be deserialized.
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    (state.submitted_forms).keep(&state.local.user, &path, &body, &mut response);
    Ok(response)
}

/// Whether the referrer is a page of this server. The form is redirected there.
fn is_own_referrer(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let from = text(header::REFERER).and_then(|from| from.parse::<Uri>().ok());
    let from = from.as_ref().and_then(Uri::authority);
    from.is_some_and(|from| text(header::HOST).is_some_and(|host| *from == *host))
}

/// What views and server functions find with `use_context`.
#[derive(Clone)]
struct PageContext {
    queue: Queue,
    studio: Studio,
    caller: Caller,
    settings: Settings,
    lang: Lang,
    artifacts: Artifacts,
    kinds: Arc<dyn Fn() + Send + Sync>,
    request_time: RequestTime,
}

impl PageContext {
    async fn read(state: &WebState, headers: &HeaderMap) -> Result<Self, ApiError> {
        let request_time = RequestTime(state.queue.now());
        let settings = state.studio.settings(&state.local).await?;
        Ok(Self {
            queue: state.queue.clone(),
            studio: state.studio.clone(),
            caller: state.local.clone(),
            lang: (settings.language).unwrap_or_else(|| requested_language(headers)),
            settings,
            artifacts: state.artifacts.clone(),
            kinds: Arc::clone(&state.kinds_context),
            request_time,
        })
    }

    /// The jobs that the first HTML shows.
    async fn start(&self) -> Result<Start, ApiError> {
        let scope = self.settings.scope;
        let snapshot = self.queue.snapshot(&self.caller, scope).await?;
        let me = self.caller.user.clone();
        Ok(Start::new(self.lang, me, self.settings.clone(), snapshot))
    }

    fn provide(&self) {
        provide_context(self.queue.clone());
        provide_context(self.studio.clone());
        provide_context(self.caller.clone());
        provide_context(self.settings.clone());
        provide_context(self.lang);
        provide_context(self.artifacts.clone());
        (self.kinds)();
        provide_context(self.request_time);
    }
}

/// The language of the cookie `lang`, else the one that the browser prefers. A language in the user's
/// settings takes precedence.
pub fn requested_language(headers: &HeaderMap) -> Lang {
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
