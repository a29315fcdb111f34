//! What a person or an assistant does next with a finished job.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// The page, or the address of a worker's own result.
    pub href: String,
    /// The MCP tool that carries it out.
    pub tool: String,
    /// The arguments of that tool.
    pub arguments: Value,
}
