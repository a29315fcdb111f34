//! What travels over the live socket, and where a watcher stands in it.

use crate::job::{Job, JobId, Timestamp};
use serde::{Deserialize, Serialize};

/// The number of a change within a studio; every write to a job gets the next one.
pub type Cursor = u64;

/// A message from the server to a watcher.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Message {
    /// All that a tray shows; the first part replaces what the watcher had.
    #[serde(rename_all = "camelCase")]
    Snapshot {
        epoch: String,
        cursor: Cursor,
        server_time: Timestamp,
        jobs: Vec<Job>,
        /// Another part follows.
        more: bool,
    },
    /// Every visible job that changed, newest state only, up to this cursor.
    #[serde(rename_all = "camelCase")]
    Changes {
        cursor: Cursor,
        server_time: Timestamp,
        jobs: Vec<Job>,
    },
    /// The user saw these ends in another tab.
    #[serde(rename_all = "camelCase")]
    Seen { job_ids: Vec<JobId> },
    /// Every 15 s, since scripts cannot see pings.
    #[serde(rename_all = "camelCase")]
    Alive {
        cursor: Cursor,
        server_time: Timestamp,
    },
}

/// What a page embeds, so that the first HTML is true and the socket goes on from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    pub epoch: String,
    pub cursor: Cursor,
    pub server_time: Timestamp,
    /// All active jobs and at most 100 of those finished in the last 24 h.
    pub jobs: Vec<Job>,
    /// Which of the finished ones the user has seen.
    pub seen: Vec<JobId>,
}
