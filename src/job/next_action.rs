//! What a person or an assistant does next with a finished job.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::JobId;

/// What to do with a result or a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub enum Action {
    Open,
    Read,
    Listen,
    Watch,
    Download,
    Retry,
    Fix,
}

/// The next action, as a page for people and as a tool call for assistants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct NextAction {
    pub action: Action,
    /// The action in English, for a button.
    pub label: String,
    pub href: String,
    pub tool: String,
    pub arguments: Value,
}

impl Action {
    /// The label of a button, in English.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Read => "Read",
            Self::Listen => "Listen",
            Self::Watch => "Watch",
            Self::Download => "Download",
            Self::Retry => "Retry",
            Self::Fix => "See why",
        }
    }

    /// The tool an assistant calls for it.
    #[must_use]
    pub fn tool(self) -> &'static str {
        match self {
            Self::Retry => "retry_job",
            Self::Fix => "get_job_logs",
            _ => "get_job_result",
        }
    }
}

impl NextAction {
    /// The action on a job, at a page.
    #[must_use]
    pub fn new(action: Action, job: &JobId, href: impl Into<String>) -> Self {
        Self {
            action,
            label: action.label().to_owned(),
            href: href.into(),
            tool: action.tool().to_owned(),
            arguments: json!({ "job_id": job.as_str() }),
        }
    }
}
