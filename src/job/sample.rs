//! Jobs for tests.

use crate::job::{Job, JobId, JobState, Notify, Owner, Timestamp};
use uuid::Uuid;

/// The owner of every sample job.
pub const ME: &str = "me";

/// The `n`-th job, created at second `n`.
pub fn job(n: u32, state: JobState) -> Job {
    let at = Timestamp(i64::from(n) * 1000);
    Job {
        job_id: JobId::new("scene", Uuid::from_u128(u128::from(n))),
        kind: "scene".to_owned(),
        name: format!("job {n}"),
        state,
        wanted: None,
        progress: Some(0.0),
        current_step: None,
        estimate_seconds: None,
        eta_seconds: None,
        elapsed_seconds: 0.0,
        stalled: false,
        attempt: 1,
        version: 1,
        owner: Owner {
            id: ME.to_owned(),
            name: "Creator".to_owned(),
        },
        notify: Notify::Default,
        refs: Vec::new(),
        created_at: at,
        started_at: (state != JobState::Queued).then_some(at),
        finished_at: state.is_finished().then_some(at),
        last_updated_at: at,
        next_action: None,
        failure: None,
        result: None,
        name_text: None,
        step_text: None,
        failure_text: None,
    }
}
