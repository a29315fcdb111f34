//! Entity tags and `If-None-Match`: what a client has already is not sent again.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sha2::{Digest, Sha256};

/// Bytes of the hash in a tag.
const HASH_BYTES: usize = 8;

/// A tag, without quotes, that changes with any of these parts.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let hash = hash.finalize();
    let start = hash.iter().take(HASH_BYTES);
    let number = start.fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

/// Adds an entity tag to a successful response, and drops the body if the client has that already.
/// `tag` is quoted, and begins with `W/` if it is weak.
pub fn with_etag(request: &HeaderMap, tag: &str, mut response: Response) -> Response {
    let Ok(value) = HeaderValue::try_from(tag) else {
        return response;
    };
    if response.status().is_success() && matches(request, tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        for content_header in [
            header::CONTENT_TYPE,
            header::CONTENT_LENGTH,
            header::CONTENT_ENCODING,
            header::CONTENT_RANGE,
        ] {
            response.headers_mut().remove(content_header);
        }
    }
    response.headers_mut().insert(header::ETAG, value);
    response
}

/// `If-None-Match` compares weakly (RFC 9110, 13.1.2).
fn matches(request: &HeaderMap, tag: &str) -> bool {
    let tag = tag.trim_start_matches("W/");
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .map(|candidate| candidate.trim().trim_start_matches("W/"))
        .any(|candidate| candidate == tag || candidate == "*")
}
