//! What travels over the live socket, and the position of a subscriber in it.

use crate::job::{Job, JobId, Timestamp};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// The number of a change within a studio; every write to a job gets the next one.
pub type Cursor = u64;

/// Finished jobs in a snapshot, and so in a tray, newest first; older ones are on the page of all jobs.
pub const MAX_FINISHED: u32 = 100;

/// A message from the server to a subscriber.
///
/// A new one is declared in this file (here, in `MessageType` and, with its fields, in `MessageFields`), sent with
/// `Queue::send_to_user` or by `web::subscribe`, and handled in `Tray::apply`. The compiler names each place that is missing.
///
/// `J` is a job: the server serialises each job once and writes it into many messages as raw JSON, the browser
/// reads a [`Job`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "lowercase",
    rename_all_fields = "camelCase",
    try_from = "MessageFields<J>",
    bound(deserialize = "J: Deserialize<'de>")
)]
pub enum Message<J = Job> {
    /// All jobs that a tray shows, in one or more parts. The first part replaces the subscriber's jobs.
    Snapshot {
        epoch: String,
        cursor: Cursor,
        server_time: Timestamp,
        jobs: Vec<J>,
        /// Another part follows.
        more: bool,
    },
    /// Every visible job that changed up to this cursor, in its latest state.
    Changes {
        cursor: Cursor,
        server_time: Timestamp,
        jobs: Vec<J>,
    },
    /// The user saw how these jobs ended, perhaps in another tab.
    Seen { job_ids: Vec<JobId> },
    /// The user changed their settings, perhaps in another tab.
    Settings { settings: Box<Settings> },
    /// Sent every 15 s, because scripts cannot see pings.
    Alive {
        cursor: Cursor,
        server_time: Timestamp,
    },
}

impl<J> Message<J> {
    /// When the server sent the message; none for messages that carry no time.
    pub fn server_time(&self) -> Option<Timestamp> {
        match self {
            Self::Snapshot { server_time, .. }
            | Self::Changes { server_time, .. }
            | Self::Alive { server_time, .. } => Some(*server_time),
            Self::Seen { .. } | Self::Settings { .. } => None,
        }
    }
}

/// The fields of all messages in one flat structure.
///
/// Derived code for a tagged enum buffers the fields that come before the tag. That is several times as much code
/// in the browser, and the buffer cannot hold raw JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MessageFields<J> {
    r#type: MessageType,
    epoch: Option<String>,
    cursor: Option<Cursor>,
    server_time: Option<Timestamp>,
    jobs: Option<Vec<J>>,
    more: Option<bool>,
    job_ids: Option<Vec<JobId>>,
    settings: Option<Box<Settings>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum MessageType {
    Snapshot,
    Changes,
    Seen,
    Settings,
    Alive,
}

impl<J> TryFrom<MessageFields<J>> for Message<J> {
    type Error = &'static str;

    fn try_from(fields: MessageFields<J>) -> Result<Self, Self::Error> {
        let cursor = fields.cursor.ok_or("no cursor");
        let server_time = fields.server_time.ok_or("no serverTime");
        let jobs = fields.jobs.ok_or("no jobs");
        Ok(match fields.r#type {
            MessageType::Snapshot => Self::Snapshot {
                epoch: fields.epoch.ok_or("no epoch")?,
                cursor: cursor?,
                server_time: server_time?,
                jobs: jobs?,
                more: fields.more.ok_or("no more")?,
            },
            MessageType::Changes => Self::Changes {
                cursor: cursor?,
                server_time: server_time?,
                jobs: jobs?,
            },
            MessageType::Seen => Self::Seen {
                job_ids: fields.job_ids.ok_or("no jobIds")?,
            },
            MessageType::Settings => Self::Settings {
                settings: fields.settings.ok_or("no settings")?,
            },
            MessageType::Alive => Self::Alive {
                cursor: cursor?,
                server_time: server_time?,
            },
        })
    }
}

/// What a page embeds, so that its first HTML is correct and its socket continues from there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    pub epoch: String,
    pub cursor: Cursor,
    pub server_time: Timestamp,
    /// All active jobs, and at most 100 of those that finished in the last 24 h.
    pub jobs: Vec<Job>,
    /// The finished jobs that the user has seen.
    pub seen: Vec<JobId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;
    use crate::job::sample::job;
    use serde_json::value::{RawValue, to_raw_value};

    fn snapshot<J>(jobs: Vec<J>) -> Message<J> {
        Message::Snapshot {
            epoch: "e".to_owned(),
            cursor: 7,
            server_time: Timestamp(1),
            jobs,
            more: true,
        }
    }

    #[test]
    fn a_message_of_raw_jobs_is_written_as_one_of_jobs() {
        let jobs = vec![job(1, JobState::Running), job(2, JobState::Completed)];
        let raw: Vec<Box<RawValue>> = jobs.iter().map(|job| to_raw_value(job).unwrap()).collect();
        let raw: Vec<&RawValue> = raw.iter().map(|job| &**job).collect();
        let written = serde_json::to_string(&snapshot(raw)).unwrap();
        assert_eq!(
            written,
            serde_json::to_string(&snapshot(jobs.clone())).unwrap()
        );
        let read: Message = serde_json::from_str(&written).unwrap();
        assert_eq!(read, snapshot(jobs));
    }

    #[test]
    fn the_fields_of_a_message_keep_their_names_and_order() {
        let (cursor, server_time) = (7, Timestamp(1));
        let job_ids = vec![job(1, JobState::Failed).job_id];
        let seen = format!(r#"{{"type":"seen","jobIds":["{}"]}}"#, job_ids[0]);
        let time = "1970-01-01T00:00:00.001Z";
        for (message, json) in [
            (
                snapshot(vec![]),
                format!(
                    r#"{{"type":"snapshot","epoch":"e","cursor":7,"serverTime":"{time}","jobs":[],"more":true}}"#
                ),
            ),
            (
                Message::Changes {
                    cursor,
                    server_time,
                    jobs: vec![],
                },
                format!(r#"{{"type":"changes","cursor":7,"serverTime":"{time}","jobs":[]}}"#),
            ),
            (
                Message::Alive {
                    cursor,
                    server_time,
                },
                format!(r#"{{"type":"alive","cursor":7,"serverTime":"{time}"}}"#),
            ),
            (Message::Seen { job_ids }, seen),
        ] {
            assert_eq!(serde_json::to_string::<Message>(&message).unwrap(), json);
        }
    }

    #[test]
    fn a_message_without_one_of_its_fields_is_rejected() {
        for json in [
            r#"{"type":"alive","cursor":7}"#,
            r#"{"type":"seen"}"#,
            r#"{"cursor":7}"#,
            r#"{"type":"chat"}"#,
        ] {
            assert!(serde_json::from_str::<Message>(json).is_err(), "{json}");
        }
    }
}
