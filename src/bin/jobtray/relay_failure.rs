//! How an assistant learns that a server did not take its message.

use rmcp::model::{ErrorCode, ErrorData, ServerJsonRpcMessage};
use rmcp::transport::streamable_http_client::StreamableHttpError;
use serde_json::Value;
use std::error::Error;

/// Why a message has no answer of the server's own.
#[derive(Debug, PartialEq)]
pub enum RelayFailure {
    /// Nobody answers, or somebody who cannot: the same may well be taken later.
    Unreachable,
    /// The server is there and does not take this message.
    Refused(ErrorData),
}

impl RelayFailure {
    pub fn into_error(self) -> ErrorData {
        match self {
            Self::Unreachable => ErrorData::internal_error(
                "The jobtray server cannot be reached now. Jobs are kept; try again in some seconds.",
                None,
            ),
            Self::Refused(error) => error,
        }
    }
}

impl<E: Error + Send + Sync + 'static> From<StreamableHttpError<E>> for RelayFailure {
    fn from(error: StreamableHttpError<E>) -> Self {
        use StreamableHttpError as Http;
        match error {
            Http::UnexpectedServerResponse(says) => Self::Refused(refused(&says)),
            Http::HttpStatus(answer) if answer.status < 500 => {
                Self::Refused(refused(&answer.to_string()))
            }
            Http::ReinitializationFailed(error) => Self::Refused(error),
            Http::AuthRequired(_)
            | Http::InsufficientScope(_)
            | Http::UnexpectedContentType(_)
            | Http::ResponseBodyTooLarge { .. }
            | Http::Deserialize(_) => Self::Refused(refused(&error.to_string())),
            _ => Self::Unreachable,
        }
    }
}

/// Whether it is the transport that says so, of a request whose answer was lost on its way.
pub fn is_lost(answer: &ServerJsonRpcMessage) -> bool {
    let ServerJsonRpcMessage::Error(answer) = answer else {
        return false;
    };
    // Its one sign: these words, which no server would use of itself.
    answer.error.code == ErrorCode::INTERNAL_ERROR
        && answer.error.message.starts_with("streamable HTTP ")
}

/// `says` is what the transport says of an answer, such as `HTTP 403 Forbidden: {…}`.
fn refused(says: &str) -> ErrorData {
    let says = if says.starts_with("HTTP 413") {
        "The message is larger than 1 MiB; nothing was changed.".to_owned()
    } else {
        let detail = detail(says);
        let detail = detail.as_deref().unwrap_or(says);
        format!("The server did not take the message; nothing was changed. It says: {detail}")
    };
    ErrorData::invalid_params(says, None)
}

/// The sentence of a problem document (RFC 9457).
fn detail(says: &str) -> Option<String> {
    let (_, body) = says.split_once(": ")?;
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

    fn told(says: &'static str) -> String {
        let failure = RelayFailure::from(Http::UnexpectedServerResponse(says.into()));
        assert!(matches!(&failure, RelayFailure::Refused(_)), "{failure:?}");
        let error = failure.into_error();
        assert_eq!(error.code, ErrorCode::INVALID_PARAMS);
        error.message.into_owned()
    }

    #[test]
    fn what_is_refused_is_told_with_the_reason() {
        assert!(told("HTTP 413 Payload Too Large: {}").contains("larger than 1 MiB"));
        let says = told(r#"HTTP 403 Forbidden: {"detail":"This host is foreign."}"#);
        assert!(says.ends_with("It says: This host is foreign."), "{says}");
        let says = told("HTTP 400 Bad Request: no session");
        assert!(says.ends_with("400 Bad Request: no session"), "{says}");
    }

    #[test]
    fn only_a_server_that_is_gone_or_broken_cannot_be_reached() {
        let reset = || Http::Client(io::Error::from(io::ErrorKind::ConnectionReset));
        assert_eq!(RelayFailure::from(reset()), RelayFailure::Unreachable);
        let status = |status| RelayFailure::from(Http::from(HttpStatusError::new(status, None)));
        assert_eq!(status(503), RelayFailure::Unreachable);
        assert!(matches!(status(429), RelayFailure::Refused(_)));
    }
}
