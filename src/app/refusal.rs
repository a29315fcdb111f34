//! Why a page or a form could not be served, in a form that travels in an address.

use crate::i18n::{Lang, Translation, pages as messages};
use crate::job::JobState;
use crate::tray::actions::door::answer;
use axum::http::StatusCode;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PageError {
    /// There is none, or it belongs to somebody else: nobody can tell which.
    #[error("not found")]
    NotFound,
    /// A field of a form, and what is wrong with it, in English.
    #[error("{field}: {problem}")]
    Invalid { field: String, problem: String },
    /// A job in this state cannot do that.
    #[error("a job that is {} cannot do that", .0.as_str())]
    Conflict(JobState),
    /// The store cannot answer now; the same request may work in a moment.
    #[error("not available now")]
    Unavailable,
}

impl PageError {
    /// A field that is wrong: the answer says 422.
    pub fn invalid(field: &str, problem: impl Into<String>) -> Self {
        answer(StatusCode::UNPROCESSABLE_ENTITY);
        Self::Invalid {
            field: field.to_owned(),
            problem: problem.into(),
        }
    }

    /// One sentence for the reader.
    pub fn message(&self, lang: Lang) -> &'static str {
        let sentence: Translation = match self {
            Self::NotFound => messages::NOT_FOUND_WHY,
            Self::Invalid { .. } => messages::INVALID,
            Self::Conflict(_) => messages::CONFLICT,
            Self::Unavailable => messages::UNAVAILABLE,
        };
        sentence.get(lang)
    }
}

impl FromServerFnError for PageError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::invalid("form", "is not complete")
            }
            _ => {
                answer(StatusCode::SERVICE_UNAVAILABLE);
                Self::Unavailable
            }
        }
    }
}
