//! Reads a JSON body; an error names the field that is wrong.

use super::api_error::ApiError;
use super::json_fields;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::error::Error;
use std::fmt::Write;

/// The name in errors that concern the whole body.
const BODY: &str = "body";
/// The largest body that is read, in bytes.
pub const MAX_BODY: usize = 1 << 20;

/// A JSON body of a known shape whose texts have no control characters.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Unsupported media type",
                "Send JSON, with Content-Type: application/json.",
            ));
        }
        read(&read_bytes(request.into_body()).await?).map(Self)
    }
}

/// The whole body, unless it is too large.
pub async fn read_bytes(body: Body) -> Result<Bytes, ApiError> {
    (to_bytes(body, MAX_BODY).await).map_err(|error| unreadable(&error))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn unreadable(error: &axum::Error) -> ApiError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return ApiError::too_large();
        }
        cause = error.source();
    }
    ApiError::bad_request(BODY, "could not be read completely")
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| ApiError::bad_request(BODY, format!("is not JSON: {error}")))?;
    if !value.is_object() {
        return Err(ApiError::bad_request(BODY, "must be a JSON object"));
    }
    reject_control_characters(&mut String::new(), &value)?;
    json_fields::deserialize(value).map_err(|error| {
        let field = if error.field.is_empty() {
            BODY.to_owned()
        } else {
            error.field
        };
        ApiError::invalid(field, error.problem)
    })
}

/// Whether a text contains no control characters except line breaks and tabs. Program output may contain any
/// except NUL; the queue cleans it up.
fn is_clean(text: &str, is_output: bool) -> bool {
    !text.chars().any(|c| match c {
        '\0' => true,
        '\t' | '\n' | '\r' => false,
        _ => c.is_control() && !is_output,
    })
}

fn reject_control_characters(path: &mut String, value: &Value) -> Result<(), ApiError> {
    let length = path.len();
    match value {
        Value::String(text) => {
            let is_output = path.starts_with("log[");
            if !is_clean(text, is_output) {
                return Err(ApiError::invalid(
                    path.as_str(),
                    "must not contain NUL or other control characters",
                ));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let _ = write!(path, "[{index}]");
                reject_control_characters(path, item)?;
                path.truncate(length);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                if !is_clean(name, false) {
                    let problem = "a field's name must not contain control characters";
                    let parent = if length > 0 { path.as_str() } else { BODY };
                    return Err(ApiError::invalid(parent, problem));
                }
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                reject_control_characters(path, field)?;
                path.truncate(length);
            }
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_clean;

    #[test]
    fn output_of_programs_may_have_escape_sequences_but_no_nul() {
        assert!(is_clean("two\nlines\tand more", false));
        assert!(!is_clean("a\0b", true));
        assert!(!is_clean("\u{1b}[31m", false));
        assert!(is_clean("\u{1b}[31m", true));
        assert!(!is_clean("\u{85}", false));
    }
}
