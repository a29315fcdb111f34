//! The static files: WASM, scripts, styles and images.

use super::api_error::ApiError;
use super::{WebState, etag, pages};
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// A static file, precompressed if the client accepts that; the not-found page if there is no such file.
/// Browsers revalidate a file each time.
pub async fn file(State(state): State<WebState>, mut request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ([(header::ALLOW, "GET,HEAD")], ApiError::wrong_method()).into_response();
    }
    let headers = request.headers().clone();
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
    let own_headers = response.headers_mut();
    own_headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    match tag(own_headers) {
        Some(tag) => etag::with_etag(&headers, &tag, response),
        None => response,
    }
}

/// Entity tags take precedence over times, which have only whole seconds. With `If-Range` the whole file is
/// sent, which is right whether or not it changed.
fn prefer_tags(headers: &mut HeaderMap) {
    if headers.contains_key(header::IF_NONE_MATCH) {
        headers.remove(header::IF_MODIFIED_SINCE);
    }
    if headers.contains_key(header::IF_RANGE) {
        headers.remove(header::RANGE);
    }
}

/// A weak tag: two files of equal length that were written within the same second have the same tag.
fn tag(headers: &HeaderMap) -> Option<String> {
    let of = |name| headers.get(name).map(HeaderValue::as_bytes);
    let part = of(header::CONTENT_RANGE).and_then(|range| range.rsplit(|b| *b == b'/').next());
    let length = part.or_else(|| of(header::CONTENT_LENGTH))?;
    let encoding = of(header::CONTENT_ENCODING).unwrap_or_default();
    let tag = etag::hash(&[of(header::LAST_MODIFIED)?, length, encoding]);
    Some(format!("W/\"{tag}\""))
}
