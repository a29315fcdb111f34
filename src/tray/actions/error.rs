//! Why an action did nothing.

use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ActionError {
    #[error("there is no such job")]
    NotFound,
    /// The job has changed since the page was rendered, and its state no longer allows the command.
    #[error("the job cannot do that now")]
    #[serde(rename = "Refused")]
    Conflict,
    /// The server cannot be reached or cannot write.
    #[error("the server cannot do that now")]
    Unavailable,
}

impl FromServerFnError for ActionError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::NotFound,
            _ => Self::Unavailable,
        }
    }
}
