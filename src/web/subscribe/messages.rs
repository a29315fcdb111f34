//! Messages as JSON, split so that none exceeds what a socket may buffer.

use crate::job::{Job, Timestamp};
use crate::live::{Cursor, Message, Snapshot};
use crate::queue::JobChange;
use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// The jobs in one part of a snapshot, in bytes. The contract allows 64 KiB; a socket keeps a buffer as
/// large as its largest message, so smaller parts save memory.
const MAX_PART: usize = 8 << 10;
/// The jobs in one message of changes, in bytes: half of what a socket may buffer.
const MAX_CHANGES: usize = 128 << 10;

/// A snapshot in parts whose jobs are serialised once. A message gets its time when it is sent.
pub struct SnapshotMessages {
    pub epoch: String,
    pub cursor: Cursor,
    /// At least one, which may be empty.
    parts: Vec<Vec<Box<RawValue>>>,
}

impl SnapshotMessages {
    pub fn of(snapshot: Snapshot) -> Self {
        let mut parts = vec![Vec::new()];
        let mut bytes = 0;
        for job in &snapshot.jobs {
            let Ok(job) = to_raw_value(job) else {
                continue;
            };
            let length = job.get().len();
            match parts.last_mut() {
                Some(part) if part.is_empty() || bytes + length < MAX_PART => {
                    bytes += length + usize::from(!part.is_empty());
                    part.push(job);
                }
                _ => {
                    bytes = length;
                    parts.push(vec![job]);
                }
            }
        }
        Self {
            epoch: snapshot.epoch,
            cursor: snapshot.cursor,
            parts,
        }
    }

    /// The number of messages.
    pub fn len(&self) -> usize {
        self.parts.len()
    }

    /// One of the messages.
    pub fn message(&self, part: usize) -> Utf8Bytes {
        let more = part + 1 < self.parts.len();
        let jobs = self.parts.get(part).map_or(&[][..], Vec::as_slice);
        text(&Message::Snapshot {
            epoch: self.epoch.clone(),
            cursor: self.cursor,
            server_time: now(),
            jobs: raw(jobs),
            more,
        })
    }
}

/// The changes up to the cursor `to`, oldest first, as messages, each with its own cursor.
pub fn changes(to: Cursor, changed: &[JobChange]) -> Vec<(Cursor, Utf8Bytes)> {
    let mut messages = Vec::new();
    let (mut jobs, mut bytes, mut at) = (Vec::new(), 0, to);
    for change in changed {
        let Ok(job) = to_raw_value(&change.job) else {
            continue;
        };
        let length = job.get().len();
        if !jobs.is_empty() && bytes + length > MAX_CHANGES {
            messages.push((at, changes_message(at, &jobs)));
            jobs.clear();
            bytes = 0;
        }
        bytes += length + usize::from(!jobs.is_empty());
        jobs.push(job);
        at = change.at;
    }
    if !jobs.is_empty() {
        messages.push((to, changes_message(to, &jobs)));
    }
    messages
}

fn changes_message(cursor: Cursor, jobs: &[Box<RawValue>]) -> Utf8Bytes {
    text(&Message::Changes {
        cursor,
        server_time: now(),
        jobs: raw(jobs),
    })
}

fn raw(jobs: &[Box<RawValue>]) -> Vec<&RawValue> {
    jobs.iter().map(|job| &**job).collect()
}

pub fn alive(cursor: Cursor) -> Utf8Bytes {
    let server_time = now();
    text(&Message::<Job>::Alive {
        cursor,
        server_time,
    })
}

pub fn text<J: Serialize>(message: &Message<J>) -> Utf8Bytes {
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
    fn many_changes_become_several_messages_with_growing_cursors() {
        let jobs: Vec<_> = (1..=1_000_u32)
            .map(|n| JobChange {
                at: u64::from(n),
                job: job(n, JobState::Running),
            })
            .collect();
        let messages = changes(1_007, &jobs);
        let (mut before, mut count) = (0, 0);
        for (cursor, text) in &messages {
            assert!(text.len() < MAX_CHANGES + 1_024, "{}", text.len());
            let message: Message = serde_json::from_str(text).unwrap();
            let Message::Changes {
                cursor: sent, jobs, ..
            } = message
            else {
                panic!("{text}");
            };
            count += jobs.len() as u64;
            assert_eq!(sent, *cursor);
            assert!(before < sent);
            // Each message has all changes up to its cursor.
            assert!(count == sent || (count, sent) == (1_000, 1_007));
            before = sent;
        }
        assert!(messages.len() > 2);
        assert_eq!((count, before), (1_000, 1_007));
        assert!(changes(7, &[]).is_empty());
    }
}
