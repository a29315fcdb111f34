//! What travels over the live socket, and where a watcher stands in it.

use crate::job::{Job, JobId, Timestamp};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// The number of a change within a studio; every write to a job gets the next one.
pub type Cursor = u64;

/// A message from the server to a watcher.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", try_from = "Fields")]
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
    /// The user chose something, perhaps in another tab.
    Settings { settings: Box<Settings> },
    /// Every 15 s, since scripts cannot see pings.
    #[serde(rename_all = "camelCase")]
    Alive {
        cursor: Cursor,
        server_time: Timestamp,
    },
}

/// A message as its fields are read. What serde makes of a tagged enum by itself is several
/// times the code, since it must keep whatever comes before the tag.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields {
    r#type: Kind,
    epoch: Option<String>,
    cursor: Option<Cursor>,
    server_time: Option<Timestamp>,
    jobs: Option<Vec<Job>>,
    more: Option<bool>,
    job_ids: Option<Vec<JobId>>,
    settings: Option<Box<Settings>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Snapshot,
    Changes,
    Seen,
    Settings,
    Alive,
}

impl TryFrom<Fields> for Message {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let cursor = fields.cursor.ok_or("no cursor");
        let server_time = fields.server_time.ok_or("no serverTime");
        let jobs = fields.jobs.ok_or("no jobs");
        Ok(match fields.r#type {
            Kind::Snapshot => Self::Snapshot {
                epoch: fields.epoch.ok_or("no epoch")?,
                cursor: cursor?,
                server_time: server_time?,
                jobs: jobs?,
                more: fields.more.ok_or("no more")?,
            },
            Kind::Changes => Self::Changes {
                cursor: cursor?,
                server_time: server_time?,
                jobs: jobs?,
            },
            Kind::Seen => Self::Seen {
                job_ids: fields.job_ids.ok_or("no jobIds")?,
            },
            Kind::Settings => Self::Settings {
                settings: fields.settings.ok_or("no settings")?,
            },
            Kind::Alive => Self::Alive {
                cursor: cursor?,
                server_time: server_time?,
            },
        })
    }
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
