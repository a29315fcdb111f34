//! The files of the site: WASM, scripts, styles and pictures.

use super::problem::Problem;
use super::{WebState, pages};
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// For a file whose name changes with its content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The file of that name, compressed beforehand where it can be; else the page that says that
/// there is none. A browser asks each time whether it changed, unless the name would tell.
pub async fn file(State(state): State<WebState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ([(header::ALLOW, "GET,HEAD")], Problem::wrong_method()).into_response();
    }
    let package = format!("/{}/", state.leptos.site_pkg_dir);
    let hashed = state.leptos.hash_files && request.uri().path().starts_with(&package);
    let files = ServeDir::new(state.leptos.site_root.as_ref())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(pages::page.with_state(state));
    let mut response = files.oneshot(request).await.into_response();
    if hashed && response.status().is_success() {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, FOR_EVER);
    }
    response
}
