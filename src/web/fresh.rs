//! What a client has already is not sent again: entity tags and `If-None-Match`.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use sha2::{Digest, Sha256};

/// Bytes of a hash that a tag is made of.
const TAG: usize = 8;

/// A tag for what these parts tell apart, without its quotes.
pub fn tag(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let hash = hash.finalize();
    let start = hash.iter().take(TAG);
    let number = start.fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

/// Tags a good answer; without its content where the client has that already. `tag` is quoted,
/// and begins with `W/` where it is weak.
pub fn tagged(asked: &HeaderMap, tag: &str, mut response: Response) -> Response {
    let Ok(value) = HeaderValue::try_from(tag) else {
        return response;
    };
    if response.status().is_success() && matches(asked, tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        for about_content in [
            header::CONTENT_TYPE,
            header::CONTENT_LENGTH,
            header::CONTENT_ENCODING,
            header::CONTENT_RANGE,
        ] {
            response.headers_mut().remove(about_content);
        }
    }
    response.headers_mut().insert(header::ETAG, value);
    response
}

/// Compared weakly, as is right for reading (RFC 9110, 13.1.2).
fn matches(asked: &HeaderMap, tag: &str) -> bool {
    let tag = tag.trim_start_matches("W/");
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .map(|given| given.trim().trim_start_matches("W/"))
        .any(|given| given == tag || given == "*")
}
