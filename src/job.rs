//! The job, as every interface shows it. Pure, and shared by server and browser.
//!
//! Nothing here uses a clock, a network or a database: times are passed in.

mod batch;
mod command;
mod eta;
mod failure;
mod id;
mod kind_picture;
mod next_action;
#[cfg(test)]
pub mod sample;
mod state;
mod summary;
mod text;
mod time;

pub use batch::{batch, in_order_of};
pub use command::JobCommand;
pub use eta::{Eta, remaining_seconds};
pub use failure::{Failure, FailureCode};
pub use id::{IdError, JobId, is_kind};
pub use kind_picture::KindPicture;
pub use next_action::{Action, NextAction};
pub use state::{JobState, RequestedState};
pub use summary::{Summary, overall_progress};
pub use text::Text;
pub use time::Timestamp;

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The time without a report after which a running job counts as stalled.
pub const STALLED_AFTER: Duration = Duration::from_secs(30);

/// A job: one status contract for every kind and every interface.
///
/// A new field that is stored is also written in `store/sqlite/jobs/write.rs` and read in `row.rs` beside it, and needs a
/// migration. REST, the socket and MCP show every field of this type.
///
/// Two copies of the same `version` serialise to the same bytes: no field changes without a new version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Job {
    pub job_id: JobId,
    /// The kind of job, which is also the first part of the id.
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub state: JobState,
    /// A pause or cancel that the worker has not honoured yet.
    pub wanted: Option<RequestedState>,
    /// 0 to 1, unrounded; none while a running job has not reported any.
    pub progress: Option<f64>,
    pub current_step: Option<String>,
    /// Expected seconds of the whole work, known at submission for built-in kinds.
    pub estimate_seconds: Option<f64>,
    /// Remaining seconds as of `last_updated_at`; none before the second progress report.
    pub eta_seconds: Option<f64>,
    /// Running seconds of this attempt, as of `last_updated_at`; paused time does not count.
    pub elapsed_seconds: f64,
    /// True when a running job has not reported for 30 s.
    pub stalled: bool,
    /// Starts at 1; a retry or a lost lease adds one.
    pub attempt: u32,
    /// Every change adds one.
    pub version: u64,
    pub owner: Owner,
    pub notify: Notify,
    /// What the job belongs to, such as `scene:ID` or `story:ID`.
    pub refs: Vec<String>,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    pub last_updated_at: Timestamp,
    pub next_action: Option<NextAction>,
    pub failure: Option<Failure>,
    pub result: Option<JobResult>,
    /// The same as `name`, for translation, where the name is ours.
    pub name_text: Option<Text>,
    /// The same as `current_step`, for translation, where the step is ours.
    pub step_text: Option<Text>,
    /// The same as the failure's summary, for translation, where it is ours.
    pub failure_text: Option<Text>,
}

impl Job {
    /// When the job ended; for an active job, when it last changed.
    pub fn ended_at(&self) -> Timestamp {
        self.finished_at.unwrap_or(self.last_updated_at)
    }

    /// The next action as a link to follow; none for a retry, which is a button.
    #[must_use]
    pub fn next_link(&self) -> Option<&NextAction> {
        self.next_action
            .as_ref()
            .filter(|next| next.action != Action::Retry)
    }
}

/// Who submitted a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Owner {
    pub id: String,
    pub name: String,
}

/// Where the result is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct JobResult {
    /// The artifact over REST.
    pub href: String,
    /// The artifact as an MCP resource.
    pub uri: String,
    pub media_type: String,
    pub bytes: u64,
    /// The page that shows it to a person.
    pub page: Option<String>,
}

/// Whether the owner is alerted when the job ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub enum Notify {
    #[default]
    Default,
    Always,
    Failures,
    Never,
}

impl Notify {
    /// All values, the default first.
    pub const ALL: [Self; 4] = [Self::Default, Self::Always, Self::Failures, Self::Never];

    /// The name in the API and in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Always => "always",
            Self::Failures => "failures",
            Self::Never => "never",
        }
    }
}

/// Whose jobs are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub enum Scope {
    #[default]
    Mine,
    Studio,
}

impl Scope {
    /// The name in addresses and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Studio => "studio",
        }
    }
}

/// Where a log line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub enum Stream {
    Stdout,
    Stderr,
}

impl Stream {
    /// The name in JSON and in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::Stderr => "stderr",
        }
    }
}

/// One line of a job's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LogLine {
    /// The line's number within its job, from 1.
    pub seq: u64,
    pub at: Timestamp,
    pub stream: Stream,
    pub text: String,
}

/// Log lines after a cursor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct LogPage {
    pub lines: Vec<LogLine>,
    /// The next cursor: the `seq` of the last line, or the given cursor if there are no lines.
    pub next: u64,
}

/// A page of jobs, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct JobPage {
    pub jobs: Vec<Job>,
    pub next_cursor: Option<String>,
}
