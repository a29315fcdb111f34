//! How a scene job fails.

use crate::i18n::{Lang, job};
use crate::job::{FailureCode, Text};
use crate::studio::StudioError;
use crate::worker::Stop;
use film::Error;

/// The scene cannot be read from the studio any more.
pub fn scene_gone(error: &StudioError) -> Stop {
    if let StudioError::Store(error) = error {
        return failed(FailureCode::Internal, error.to_string(), None);
    }
    with_text(FailureCode::InvalidInput, Text::new("failure.scene_gone"))
}

/// The scene cannot be rendered.
pub fn explain(error: Error) -> Stop {
    match error {
        Error::Io(error) => error.into(),
        Error::Art(problem) => with_text(
            FailureCode::InvalidInput,
            Text::new("failure.scene_art").with("problem", &problem),
        ),
        error => failed(FailureCode::Internal, error.to_string(), None),
    }
}

fn with_text(code: FailureCode, text: Text) -> Stop {
    failed(code, job::say(Lang::En, Some(&text), ""), Some(text))
}

pub fn failed(code: FailureCode, summary: String, text: Option<Text>) -> Stop {
    Stop::Failed {
        code,
        summary,
        text,
    }
}
