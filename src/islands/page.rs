//! Islands that show nothing and keep a page up to date.

use super::about::About;
use crate::job::{Job, JobId, Timestamp};
use crate::tray::reactive::effect;
use crate::tray::{Tray, mark_seen as mark_jobs_seen};
use leptos::prelude::*;
use std::sync::Arc;

/// Fetches the page again whenever one of these jobs ends; with `any_state`, whenever one appears or changes its state.
/// The server rendered the page at `rendered`: whatever has happened since makes it stale.
pub fn keep_fresh(about: About, rendered: Timestamp, any_state: bool) -> AnyView {
    let tray = expect_context::<Tray>();
    let mut before = None::<Vec<String>>;
    effect(move || {
        tray.row_changes.track();
        let mut jobs = tray.jobs();
        jobs.retain(|job| about.covers(job) && (any_state || job.state.is_finished()));
        let outcome = |job: &Arc<Job>| {
            let Job {
                job_id,
                attempt,
                state,
                ..
            } = &**job;
            format!("{job_id} {attempt} {}", state.as_str())
        };
        let now: Vec<_> = jobs.iter().map(outcome).collect();
        let is_stale = match &before {
            Some(before) => now.iter().any(|one| !before.contains(one)),
            None => jobs.iter().any(|job| job.last_updated_at > rendered),
        };
        if is_stale {
            tray.navigation.refresh();
        }
        before = Some(now);
    });
    ().into_any()
}

/// Marks a job as seen once its page is visible, also when it ends while the page is open.
pub fn mark_seen(id: JobId) -> AnyView {
    let tray = expect_context::<Tray>();
    effect(move || {
        if tray.visible.get() && tray.is_unseen(&id) {
            mark_jobs_seen(tray, std::slice::from_ref(&id));
        }
    });
    ().into_any()
}
