//! Records for tests.

use super::record::{NewRecord, Record};
use crate::job::sample::job;
use crate::job::{Eta, JobState};
use serde_json::json;

/// The studio of every sample.
pub(super) const STUDIO: &str = "studio";

/// The `n`-th job to insert, queued, with an input of its own.
pub(super) fn new_record(n: u32) -> NewRecord {
    NewRecord {
        record: Record {
            number: 0,
            studio: STUDIO.to_owned(),
            change: 0,
            job: job(n, JobState::Queued),
            external: false,
            eta: Eta::default(),
            reported_at: None,
            artifact: None,
            lease: None,
            leases_lost: 0,
            next_log: 1,
        },
        input: json!({ "n": n, "text": "é <3", "ratio": 0.1 }),
        key: None,
    }
}
