//! Why a job failed, whether a retry can help, and what to do.

use super::Text;
use serde::{Deserialize, Serialize};

/// A failure as people and programs read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Failure {
    /// One of [`FailureCode`]'s names, or a worker's own in `snake_case`.
    pub code: String,
    /// One sentence for a person.
    pub summary: String,
    /// Whether trying again without a change can help.
    pub retryable: bool,
    /// What to do about it.
    pub fix: String,
}

/// The codes that the product itself gives.
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

    /// What to do when whoever reported the failure did not say.
    #[must_use]
    pub fn default_fix(self) -> &'static str {
        match self {
            Self::InvalidInput => "Change the input and start the job again.",
            Self::DependencyMissing => "Install what is missing on the server, then retry.",
            Self::WorkerLost => "Check that the worker is running, then retry.",
            Self::Timeout => "Retry, or make the work smaller.",
            Self::UpstreamUnavailable => "Wait a little, then retry.",
            Self::UpstreamRejected => "Check the settings of the service that refused, then retry.",
            Self::OutOfSpace => "Free disk space on the server, then retry.",
            Self::ExitStatus => "Read the log to see why the program stopped.",
            Self::Internal => "Retry; if it fails again, report it with the log.",
        }
    }
}

impl Failure {
    /// A failure of ours, with the code's own answers.
    #[must_use]
    pub fn of(code: FailureCode, summary: impl Into<String>) -> Self {
        Self {
            code: code.as_str().to_owned(),
            summary: summary.into(),
            retryable: code.retryable(),
            fix: code.default_fix().to_owned(),
        }
    }

    /// The key under which a page finds the fix in the reader's language, where it is one of
    /// ours: also a code that we do not know may have been given one.
    #[must_use]
    pub fn fix_text(&self) -> Option<Text> {
        let code = (FailureCode::ALL.into_iter()).find(|code| code.default_fix() == self.fix)?;
        Some(Text::new(&format!("fix.{}", code.as_str())))
    }
}
