//! Errors of the HTTP interface as `application/problem+json` (RFC 9457). All of them are made here.
//!
//! The cause of a failed store goes to the log, never to the client.

use crate::i18n::Lang;
use crate::queue::QueueError;
use crate::routes::IDEMPOTENCY_KEY;
use crate::studio::StoreError;
use crate::studio::StudioError;
use crate::validation::FieldError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Seconds after which a client may retry when the store cannot answer.
const RETRY_AFTER_SECONDS: u32 = 2;

/// Why a request failed. Nothing was changed.
#[derive(Debug, Clone, Serialize)]
pub struct ApiError {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    detail: String,
    /// A stable name for programs.
    code: &'static str,
    /// The field, header or query parameter that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip)]
    retry_after: Option<u32>,
}

impl ApiError {
    pub fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            kind: format!("urn:jobtray:problem:{code}"),
            title,
            status,
            detail: detail.into(),
            code,
            field: None,
            retry_after: None,
        }
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// A stable name, for programs and for the choice of a message to people.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The response is the same whether something does not exist or belongs to somebody else.
    pub fn not_found(detail: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "Not found", detail)
    }

    pub fn no_such_job() -> Self {
        Self::not_found("There is no such job.")
    }

    pub fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "Method not allowed",
            "This address does not support that method; the Allow header lists the methods that it supports.",
        )
    }

    /// The request cannot be parsed, or a query parameter is invalid: status 400.
    pub fn bad_request(field: impl Into<String>, problem: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "invalid_input",
            "Invalid input",
            "",
        )
        .of(field, problem)
    }

    /// The body is well-formed but breaks a rule: status 422.
    pub fn invalid(field: impl Into<String>, problem: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_input",
            "Invalid input",
            "",
        )
        .of(field, problem)
    }

    pub fn too_large() -> Self {
        Self {
            field: Some("body".to_owned()),
            ..Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "Request too large",
                "A request's body may have 1 MiB at most.",
            )
        }
    }

    pub fn forbidden(code: &'static str, detail: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, "Forbidden", detail)
    }

    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, "Conflict", detail)
    }

    fn unavailable() -> Self {
        let mut error = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "Temporarily unavailable",
            "The store cannot answer now; nothing was changed. Try again in a moment.",
        );
        error.retry_after = Some(RETRY_AFTER_SECONDS);
        error
    }

    fn of(mut self, field: impl Into<String>, problem: impl std::fmt::Display) -> Self {
        let field = field.into();
        self.detail = if field.is_empty() {
            problem.to_string()
        } else {
            format!("{field}: {problem}")
        };
        self.field = (!field.is_empty()).then_some(field);
        self
    }

    /// The same error for a request without a body: the field is a query parameter, and the status 400.
    pub fn in_query(mut self) -> Self {
        if self.status == StatusCode::UNPROCESSABLE_ENTITY {
            self.status = StatusCode::BAD_REQUEST;
        }
        self
    }
}

impl From<QueueError> for ApiError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::Invalid(error) => error.into(),
            QueueError::NotFound => Self::no_such_job(),
            QueueError::Conflict(_) => Self::conflict("state_conflict", error.to_string()),
            QueueError::LeaseRequired => Self::conflict("lease_required", error.to_string()),
            QueueError::LeaseLost => Self::conflict("lease_lost", error.to_string()),
            QueueError::KeyReused => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_reused",
                "Invalid input",
                "",
            )
            .of(IDEMPOTENCY_KEY, "was used with another body"),
            QueueError::Unavailable(cause) => {
                tracing::warn!(%cause, "the store cannot answer");
                Self::unavailable()
            }
        }
    }
}

/// A well-formed body that breaks a rule: status 422. In English, because programs read it.
impl From<FieldError> for ApiError {
    fn from(error: FieldError) -> Self {
        Self::invalid(error.field, error.rule.in_language(Lang::En))
    }
}

impl From<StudioError> for ApiError {
    fn from(error: StudioError) -> Self {
        match error {
            StudioError::NotFound => Self::not_found("Nothing with this id exists."),
            StudioError::Invalid(error) => error.into(),
            StudioError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::warn!(%error, "the store cannot answer");
        Self::unavailable()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = serde_json::to_string(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // `error_page` renders the same error as HTML.
        response.extensions_mut().insert(self);
        response
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn as_number<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u16(status.as_u16())
}
