//! How a scene job fails.

use crate::job::FailureCode;
use crate::kinds::scene::message::SceneMessage;
use crate::studio::StudioError;
use crate::worker::Stop;
use std::fmt::Display;

/// The scene cannot be read from the studio any more.
pub fn scene_gone(error: &StudioError) -> Stop {
    match error {
        StudioError::Store(error) => internal(error),
        StudioError::NotFound | StudioError::Invalid(_) => {
            Stop::failed(FailureCode::InvalidInput, &SceneMessage::Gone)
        }
    }
}

/// The scene cannot be rendered.
pub fn not_rendered(error: film::Error) -> Stop {
    match error {
        film::Error::Io(error) => error.into(),
        film::Error::Art(problem) => {
            Stop::failed(FailureCode::InvalidInput, &SceneMessage::Art { problem })
        }
        error => internal(&error),
    }
}

/// A failure that a change of the scene cannot fix.
pub fn internal(error: &impl Display) -> Stop {
    Stop::Failed {
        code: FailureCode::Internal,
        summary: error.to_string(),
        text: None,
    }
}
