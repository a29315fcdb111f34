//! What a person or a client may ask of a job.

use serde::{Deserialize, Serialize};

/// A command on a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobCommand {
    /// Stops the job at its next checkpoint.
    Pause,
    /// Continues a paused job, or withdraws a requested pause.
    Resume,
    /// Ends the job without a result.
    Cancel,
    /// Starts the next attempt of a failed or cancelled job.
    Retry,
}

impl JobCommand {
    const ALL: [Self; 4] = [Self::Pause, Self::Resume, Self::Cancel, Self::Retry];

    /// The name in the API and in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Cancel => "cancel",
            Self::Retry => "retry",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        (Self::ALL.into_iter()).find(|command| command.as_str() == name)
    }
}
