//! Messages as bytes, cut so that none exceeds what a socket may buffer.

use crate::job::{Job, Timestamp};
use crate::live::{Cursor, Message, Snapshot};
use axum::extract::ws::Utf8Bytes;

/// The jobs of one part of a snapshot, in bytes. The contract allows 64 KiB; smaller parts keep
/// the buffer that each socket holds on to small.
const PART: usize = 8 << 10;
/// The longest message of changes; more than that is told as a snapshot, in parts.
const LONGEST_CHANGES: usize = 60 << 10;

/// A snapshot, serialised and cut; the head with the time is put before each part as it goes out.
pub struct Chunks {
    pub epoch: String,
    pub cursor: Cursor,
    /// Jobs with commas between; at least one, perhaps empty.
    parts: Vec<String>,
}

impl Chunks {
    pub fn of(snapshot: Snapshot) -> Self {
        let mut parts = vec![String::new()];
        for job in &snapshot.jobs {
            let Ok(text) = serde_json::to_string(job) else {
                continue;
            };
            match parts.last_mut() {
                Some(part) if part.is_empty() => part.push_str(&text),
                Some(part) if part.len() + text.len() < PART => {
                    part.push(',');
                    part.push_str(&text);
                }
                _ => parts.push(text),
            }
        }
        Self {
            epoch: snapshot.epoch,
            cursor: snapshot.cursor,
            parts,
        }
    }

    /// How many messages it takes.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// One of its messages.
    pub fn message(&self, part: usize) -> String {
        let now = now();
        let more = part + 1 < self.parts.len();
        let jobs = self.parts.get(part).map_or("", String::as_str);
        // The epoch is ours and holds no character that JSON would escape.
        format!(
            r#"{{"type":"snapshot","epoch":"{}","cursor":{},"serverTime":"{now}","jobs":[{jobs}],"more":{more}}}"#,
            self.epoch, self.cursor,
        )
    }
}

/// None when they are too many for one message.
pub fn changes(cursor: Cursor, jobs: &[Job]) -> Option<Utf8Bytes> {
    let text = text(&Message::Changes {
        cursor,
        server_time: now(),
        jobs: jobs.to_vec(),
    });
    (text.len() <= LONGEST_CHANGES).then_some(text)
}

pub fn alive(cursor: Cursor) -> Utf8Bytes {
    let server_time = now();
    text(&Message::Alive {
        cursor,
        server_time,
    })
}

/// A message as it is.
pub fn text(message: &Message) -> Utf8Bytes {
    serde_json::to_string(message).unwrap_or_default().into()
}

fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}
