//! Why a page or a form could not be served. A form without scripts gets the error in its address.

use crate::i18n::{Lang, Translation, pages as messages};
use crate::job::JobState;
use crate::queue::QueueError;
use crate::studio::StudioError;
use crate::tray::actions::server::set_status;
use crate::validation::{FieldError, Rule};
use axum::http::StatusCode;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a page or a form could not be served. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum PageError {
    /// It does not exist or belongs to somebody else; callers cannot tell which.
    #[error("not found")]
    NotFound,
    /// A field of a form breaks a rule.
    #[error(transparent)]
    Invalid(FieldError),
    /// The command is not possible in this state of the job.
    #[error("not possible while the job is {}", .0.as_str())]
    Conflict(JobState),
    /// The store cannot answer now; a retry may succeed.
    #[error("not available now")]
    Unavailable,
}

impl PageError {
    /// A field breaks a rule: status 422.
    pub fn invalid(field: &str, rule: Rule) -> Self {
        FieldError::new(field, rule).into()
    }

    /// One sentence for the reader.
    pub fn message(&self, lang: Lang) -> &'static str {
        let sentence: Translation = match self {
            Self::NotFound => messages::NOT_FOUND_WHY,
            Self::Invalid(_) => messages::INVALID,
            Self::Conflict(_) => messages::CONFLICT,
            Self::Unavailable => messages::UNAVAILABLE,
        };
        sentence.get(lang)
    }
}

/// Status 422.
impl From<FieldError> for PageError {
    fn from(error: FieldError) -> Self {
        set_status(StatusCode::UNPROCESSABLE_ENTITY);
        Self::Invalid(error)
    }
}

impl FromServerFnError for PageError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::invalid("form", Rule::Required)
            }
            _ => {
                set_status(StatusCode::SERVICE_UNAVAILABLE);
                Self::Unavailable
            }
        }
    }
}

impl From<QueueError> for PageError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::NotFound => not_found(),
            QueueError::Invalid(error) => {
                let field = error.field.trim_start_matches("input.").to_owned();
                error.renamed(field).into()
            }
            QueueError::Conflict(state) => {
                set_status(StatusCode::CONFLICT);
                Self::Conflict(state)
            }
            error => unavailable(&error),
        }
    }
}

impl From<StudioError> for PageError {
    fn from(error: StudioError) -> Self {
        match error {
            StudioError::NotFound => not_found(),
            StudioError::Invalid(error) => error.into(),
            StudioError::Store(error) => unavailable(&error),
        }
    }
}

/// There is nothing at this address: status 404.
pub fn not_found() -> PageError {
    set_status(StatusCode::NOT_FOUND);
    PageError::NotFound
}

/// The store cannot answer: status 503. The cause goes to the log, not to the reader.
pub fn unavailable(error: &dyn std::error::Error) -> PageError {
    tracing::error!(%error, "cannot serve a page or a form");
    set_status(StatusCode::SERVICE_UNAVAILABLE);
    PageError::Unavailable
}
