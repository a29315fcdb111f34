//! Why a job failed, whether a retry can help, and what to do.

use super::Text;
use serde::{Deserialize, Serialize};

/// A failure as people and programs read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Failure {
    /// The name of a [`FailureCode`], or a code of the worker's own in `snake_case`.
    pub code: String,
    /// One sentence for a person.
    pub summary: String,
    /// Whether trying again without a change can help.
    pub retryable: bool,
    /// What to do about it.
    pub fix: String,
    /// The same as `fix`, for translation, where it is ours.
    #[serde(rename = "fixText", default, skip_serializing_if = "Option::is_none")]
    pub fix_text: Option<Text>,
}

/// The failure codes that jobtray itself uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureCode {
    InvalidInput,
    DependencyMissing,
    WorkerLost,
    Timeout,
    UpstreamUnavailable,
    UpstreamRejected,
    OutOfSpace,
    ExitStatus,
    Internal,
}

impl FailureCode {
    pub const ALL: [Self; 9] = [
        Self::InvalidInput,
        Self::DependencyMissing,
        Self::WorkerLost,
        Self::Timeout,
        Self::UpstreamUnavailable,
        Self::UpstreamRejected,
        Self::OutOfSpace,
        Self::ExitStatus,
        Self::Internal,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::DependencyMissing => "dependency_missing",
            Self::WorkerLost => "worker_lost",
            Self::Timeout => "timeout",
            Self::UpstreamUnavailable => "upstream_unavailable",
            Self::UpstreamRejected => "upstream_rejected",
            Self::OutOfSpace => "out_of_space",
            Self::ExitStatus => "exit_status",
            Self::Internal => "internal",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == code)
    }

    /// Whether a retry without a change can help.
    #[must_use]
    pub fn retryable(self) -> bool {
        matches!(
            self,
            Self::WorkerLost
                | Self::Timeout
                | Self::UpstreamUnavailable
                | Self::OutOfSpace
                | Self::Internal
        )
    }
}
