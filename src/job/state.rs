//! The state machine: which state a job may change to.

use serde::{Deserialize, Serialize};

/// The state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub enum JobState {
    /// Waiting for a worker.
    Queued,
    /// A worker works on it; an external job has its owner in place of a worker.
    Running,
    /// Stopped at a checkpoint until somebody resumes it.
    Paused,
    /// Done; never changes again.
    Completed,
    /// Ended without a result; a retry starts the next attempt.
    Failed,
    /// Ended by a person; a retry starts the next attempt. Never alerts.
    Cancelled,
}

/// A pause or cancel that a person asked for, and that the worker honours at its next checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub enum RequestedState {
    Paused,
    Cancelled,
}

impl JobState {
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Paused,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Whether a job may change from `self` to `to`.
    ///
    /// `external` is an unclaimed external job, whose owner may end it while queued.
    #[must_use]
    pub fn may_become(self, to: Self, external: bool) -> bool {
        use JobState::{Cancelled, Completed, Failed, Paused, Queued, Running};
        match (self, to) {
            (Queued, Completed | Failed) => external,
            (Queued, Running | Paused | Cancelled)
            | (Running, Paused | Completed | Failed | Cancelled | Queued)
            | (Paused, Running | Queued | Cancelled)
            | (Failed | Cancelled, Queued) => true,
            _ => false,
        }
    }

    /// Queued, running or paused.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::Queued | Self::Running | Self::Paused)
    }

    /// Completed, failed or cancelled.
    #[must_use]
    pub fn is_finished(self) -> bool {
        !self.is_active()
    }

    /// The name in JSON, SQL and `data-state`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl RequestedState {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
        }
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "paused" => Some(Self::Paused),
            "cancelled" => Some(Self::Cancelled),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::JobState::{self, Cancelled, Completed, Failed, Paused, Queued, Running};

    /// The table of the public contract, row by row.
    fn allowed(from: JobState, external: bool) -> Vec<JobState> {
        match from {
            Queued if external => vec![Running, Paused, Cancelled, Completed, Failed],
            Queued => vec![Running, Paused, Cancelled],
            Running => vec![Paused, Completed, Failed, Cancelled, Queued],
            Paused => vec![Running, Queued, Cancelled],
            Failed | Cancelled => vec![Queued],
            Completed => vec![],
        }
    }

    #[test]
    fn every_pair_of_states_agrees_with_the_contract() {
        for from in JobState::ALL {
            for to in JobState::ALL {
                for external in [false, true] {
                    assert_eq!(
                        from.may_become(to, external),
                        allowed(from, external).contains(&to),
                        "{from:?} to {to:?}, external: {external}"
                    );
                }
            }
        }
    }

    #[test]
    fn names_round_trip() {
        for state in JobState::ALL {
            assert_eq!(JobState::parse(state.as_str()), Some(state));
        }
        assert_eq!(JobState::parse("done"), None);
    }
}
