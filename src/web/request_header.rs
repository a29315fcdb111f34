//! Request headers that hold a short text.

use super::api_error::ApiError;
use axum::http::HeaderMap;

/// The longest value, in bytes.
const MAX_VALUE: usize = 255;

/// A header that may be given once. An error names it as the contract does.
pub fn text_header(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, ApiError> {
    let mut values = headers.get_all(name).iter();
    let value = match (values.next(), values.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value,
        _ => return Err(ApiError::bad_request(name, "may be given once")),
    };
    match value.to_str() {
        Ok(text) if (1..=MAX_VALUE).contains(&text.len()) => Ok(Some(text.to_owned())),
        _ => Err(ApiError::bad_request(
            name,
            format!("must have 1 to {MAX_VALUE} visible ASCII characters"),
        )),
    }
}
