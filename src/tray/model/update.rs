//! What a message changed.

use super::alert::Alert;
use crate::job::JobId;

/// What a message changed.
#[derive(Debug, Default, PartialEq)]
pub struct StateUpdate {
    /// Jobs that are new or differ from before.
    pub changed: Vec<JobId>,
    /// Jobs that the tray no longer holds.
    pub removed: Vec<JobId>,
    /// Whether more than progress changed: a job was added, removed, seen or changed its state, or the order changed.
    pub rows_changed: bool,
    pub alerts: Vec<Alert>,
}
