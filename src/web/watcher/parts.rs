//! Messages as bytes, cut so that none exceeds what a socket may buffer.

use crate::job::Timestamp;
use crate::live::{Cursor, Message, Snapshot};
use crate::queue::Changed;
use axum::extract::ws::Utf8Bytes;

/// The jobs of one part of a snapshot, in bytes. The contract allows 64 KiB; smaller parts keep
/// the buffer that each socket holds on to small.
const PART: usize = 8 << 10;
/// The jobs of one message of changes, in bytes: half of what a socket may buffer.
const LONGEST_CHANGES: usize = 128 << 10;

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

/// Changes up to a cursor, the oldest first, as messages; each says how far it leads, the last one to `to`.
pub fn changes(to: Cursor, jobs: &[Changed]) -> Vec<(Cursor, Utf8Bytes)> {
    let mut messages = Vec::new();
    let (mut text, mut at) = (String::new(), to);
    for job in jobs {
        let Ok(one) = serde_json::to_string(&job.job) else {
            continue;
        };
        if !text.is_empty() && text.len() + one.len() > LONGEST_CHANGES {
            messages.push((at, changes_message(at, &text)));
            text.clear();
        }
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&one);
        at = job.at;
    }
    if !text.is_empty() {
        messages.push((to, changes_message(to, &text)));
    }
    messages
}

fn changes_message(cursor: Cursor, jobs: &str) -> Utf8Bytes {
    let now = now();
    format!(r#"{{"type":"changes","cursor":{cursor},"serverTime":"{now}","jobs":[{jobs}]}}"#).into()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::JobState;
    use crate::job::sample::job;

    #[test]
    fn many_changes_are_several_messages_that_each_lead_on() {
        let jobs: Vec<_> = (1..=1_000_u32)
            .map(|n| Changed {
                at: u64::from(n),
                job: job(n, JobState::Running),
            })
            .collect();
        let messages = changes(1_007, &jobs);
        let (mut before, mut told) = (0, 0);
        for (cursor, text) in &messages {
            assert!(text.len() < LONGEST_CHANGES + 1_024, "{}", text.len());
            let message: Message = serde_json::from_str(text).unwrap();
            let Message::Changes {
                cursor: said, jobs, ..
            } = message
            else {
                panic!("{text}");
            };
            told += jobs.len() as u64;
            assert_eq!(said, *cursor);
            assert!(before < said);
            // Up to its cursor, all is told.
            assert!(told == said || (told, said) == (1_000, 1_007));
            before = said;
        }
        assert!(messages.len() > 2);
        assert_eq!((told, before), (1_000, 1_007));
        assert!(changes(7, &[]).is_empty());
    }
}
