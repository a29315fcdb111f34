//! An incomplete snapshot.

use crate::job::Job;
use crate::live::Cursor;

/// The parts of a snapshot that have arrived. The tray shows the previous jobs until the last part has arrived, so
/// that no row disappears for a moment.
#[derive(Debug, Clone)]
pub struct PartialSnapshot {
    pub epoch: String,
    pub cursor: Cursor,
    pub jobs: Vec<Job>,
}

impl PartialSnapshot {
    /// Adds a part to the snapshot that it belongs to; a part of another snapshot begins a new one.
    pub fn add(partial: Option<Self>, part: Self) -> Self {
        match partial {
            Some(mut partial) if partial.epoch == part.epoch && partial.cursor == part.cursor => {
                partial.jobs.extend(part.jobs);
                partial
            }
            _ => part,
        }
    }
}
