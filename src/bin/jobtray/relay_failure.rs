//! The error that an assistant gets when the server did not accept its message.

use rmcp::model::{ErrorCode, ErrorData, ServerJsonRpcMessage};
use rmcp::transport::streamable_http_client::StreamableHttpError;
use serde_json::Value;
use std::error::Error;

/// The beginning of rmcp's description (3.11) of a response with status 413. Only errors with status 429 or 500 to 599
/// have their status as a number.
const TOO_LARGE: &str = "HTTP 413";
/// What rmcp 3.11 puts between the status and the body of a response.
const BEFORE_BODY: &str = ": ";
/// The beginning of rmcp's message (3.11) when the answer to a request was lost. It has no code of its own, and no server
/// uses this beginning.
const ANSWER_LOST: &str = "streamable HTTP ";

/// Why the server has not answered a message.
#[derive(Debug, PartialEq)]
pub enum RelayFailure {
    /// The server does not answer, or is broken. The same message may succeed later.
    Unreachable,
    /// The server has rejected this message.
    Rejected(ErrorData),
}

impl RelayFailure {
    pub fn into_error(self) -> ErrorData {
        match self {
            Self::Unreachable => ErrorData::internal_error(
                "The jobtray server cannot be reached now. Your jobs are safe; try again in a few seconds.",
                None,
            ),
            Self::Rejected(error) => error,
        }
    }
}

impl<E: Error + Send + Sync + 'static> From<StreamableHttpError<E>> for RelayFailure {
    fn from(error: StreamableHttpError<E>) -> Self {
        use StreamableHttpError as Http;
        match error {
            Http::UnexpectedServerResponse(response) => Self::Rejected(rejected(&response)),
            Http::HttpStatus(response) if response.status < 500 => {
                Self::Rejected(rejected(&response.to_string()))
            }
            Http::ReinitializationFailed(error) => Self::Rejected(error),
            Http::AuthRequired(_)
            | Http::InsufficientScope(_)
            | Http::UnexpectedContentType(_)
            | Http::ResponseBodyTooLarge { .. }
            | Http::Deserialize(_) => Self::Rejected(rejected(&error.to_string())),
            _ => Self::Unreachable,
        }
    }
}

/// Whether the transport reports that the answer to a request was lost.
pub fn is_lost(answer: &ServerJsonRpcMessage) -> bool {
    let ServerJsonRpcMessage::Error(answer) = answer else {
        return false;
    };
    answer.error.code == ErrorCode::INTERNAL_ERROR && answer.error.message.starts_with(ANSWER_LOST)
}

/// `response` is the transport's description of a response, such as `HTTP 403 Forbidden: {…}`.
fn rejected(response: &str) -> ErrorData {
    let message = if response.starts_with(TOO_LARGE) {
        "The message is larger than 1 MiB. Nothing was changed.".to_owned()
    } else {
        let detail = detail(response);
        let detail = detail.as_deref().unwrap_or(response);
        format!("The server rejected the message. Nothing was changed. Reason: {detail}")
    };
    ErrorData::invalid_params(message, None)
}

/// The `detail` of a problem document (RFC 9457).
fn detail(response: &str) -> Option<String> {
    let (_, body) = response.split_once(BEFORE_BODY)?;
    let problem: Value = serde_json::from_str(body).ok()?;
    problem["detail"].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::RelayFailure;
    use rmcp::model::ErrorCode;
    use rmcp::transport::streamable_http_client::{HttpStatusError, StreamableHttpError};
    use std::io;

    type Http = StreamableHttpError<io::Error>;

    fn rejection(response: &'static str) -> String {
        let failure = RelayFailure::from(Http::UnexpectedServerResponse(response.into()));
        assert!(matches!(&failure, RelayFailure::Rejected(_)), "{failure:?}");
        let error = failure.into_error();
        assert_eq!(error.code, ErrorCode::INVALID_PARAMS);
        error.message.into_owned()
    }

    #[test]
    fn a_rejection_contains_the_reason() {
        assert!(rejection("HTTP 413 Payload Too Large: {}").contains("larger than 1 MiB"));
        let message = rejection(r#"HTTP 403 Forbidden: {"detail":"This host is foreign."}"#);
        assert!(
            message.ends_with("Reason: This host is foreign."),
            "{message}"
        );
        let message = rejection("HTTP 400 Bad Request: no session");
        assert!(
            message.ends_with("400 Bad Request: no session"),
            "{message}"
        );
    }

    #[test]
    fn a_server_that_is_gone_or_broken_counts_as_unreachable() {
        let reset = || Http::Client(io::Error::from(io::ErrorKind::ConnectionReset));
        assert_eq!(RelayFailure::from(reset()), RelayFailure::Unreachable);
        let status = |status| RelayFailure::from(Http::from(HttpStatusError::new(status, None)));
        assert_eq!(status(503), RelayFailure::Unreachable);
        assert!(matches!(status(429), RelayFailure::Rejected(_)));
    }
}
