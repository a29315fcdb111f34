//! Why a page or a form could not be served, in a form that travels in an address.

use crate::i18n::{Lang, Translation, pages as messages};
use crate::job::JobState;
use crate::tray::actions::door::answer;
use crate::validation::{FieldError, Rule};
use axum::http::StatusCode;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Nothing was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum PageError {
    /// There is none, or it belongs to somebody else: nobody can tell which.
    #[error("not found")]
    NotFound,
    /// A field of a form, and the rule that it breaks.
    #[error(transparent)]
    Invalid(FieldError),
    /// A job in this state cannot do that.
    #[error("a job that is {} cannot do that", .0.as_str())]
    Conflict(JobState),
    /// The store cannot answer now; the same request may work in a moment.
    #[error("not available now")]
    Unavailable,
}

impl PageError {
    /// A field that is wrong: the answer says 422.
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

/// The answer says 422.
impl From<FieldError> for PageError {
    fn from(error: FieldError) -> Self {
        answer(StatusCode::UNPROCESSABLE_ENTITY);
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
                answer(StatusCode::SERVICE_UNAVAILABLE);
                Self::Unavailable
            }
        }
    }
}
