//! The files of the site: WASM, scripts, styles and pictures.

use super::problem::ApiError;
use super::{WebState, fresh, pages};
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// The file of that name, compressed beforehand where it can be; else the page that says that
/// there is none. A browser asks each time whether it changed.
pub async fn file(State(state): State<WebState>, mut request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ([(header::ALLOW, "GET,HEAD")], ApiError::wrong_method()).into_response();
    }
    let asked = request.headers().clone();
    prefer_tags(request.headers_mut());
    let files = ServeDir::new(state.leptos.site_root.as_ref())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(pages::page.with_state(state));
    let mut response = files.oneshot(request).await.into_response();
    let unchanged = response.status() == StatusCode::NOT_MODIFIED;
    if !response.status().is_success() && !unchanged {
        return response;
    }
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    match tag(headers) {
        Some(tag) => fresh::tagged(&asked, &tag, response),
        None => response,
    }
}

/// A tag tells more than a time in whole seconds, and comes before it; of a file that changed
/// since, no part is sent.
fn prefer_tags(asked: &mut HeaderMap) {
    if asked.contains_key(header::IF_NONE_MATCH) {
        asked.remove(header::IF_MODIFIED_SINCE);
    }
    if asked.contains_key(header::IF_RANGE) {
        asked.remove(header::RANGE);
    }
}

/// A weak tag: two files of one length, written within one second, have the same.
fn tag(headers: &HeaderMap) -> Option<String> {
    let of = |name| headers.get(name).map(HeaderValue::as_bytes);
    let part = of(header::CONTENT_RANGE).and_then(|range| range.rsplit(|b| *b == b'/').next());
    let length = part.or_else(|| of(header::CONTENT_LENGTH))?;
    let encoding = of(header::CONTENT_ENCODING).unwrap_or_default();
    let tag = fresh::tag(&[of(header::LAST_MODIFIED)?, length, encoding]);
    Some(format!("W/\"{tag}\""))
}
