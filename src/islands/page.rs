//! Islands that show nothing and keep a page true.

use super::about::About;
use crate::job::{Job, JobId, Timestamp};
use crate::tray::reactive::effect;
use crate::tray::{Tray, mark_seen as mark_jobs_seen};
use leptos::prelude::*;
use std::sync::Arc;

/// Fetches the page again whenever one of these jobs ends; with `states`, whenever one appears
/// or changes its state. The page was drawn from what the server knew at `drawn`: what has happened
/// since is news already.
pub fn keep_fresh(about: About, drawn: Timestamp, states: bool) -> AnyView {
    let tray = expect_context::<Tray>();
    let mut before = None::<Vec<String>>;
    effect(move || {
        tray.row_changes.track();
        let mut jobs = tray.jobs();
        jobs.retain(|job| about.covers(job) && (states || job.state.is_finished()));
        let stand = |job: &Arc<Job>| {
            let Job {
                job_id,
                attempt,
                state,
                ..
            } = &**job;
            format!("{job_id} {attempt} {}", state.as_str())
        };
        let now: Vec<_> = jobs.iter().map(stand).collect();
        let news = match &before {
            Some(before) => now.iter().any(|one| !before.contains(one)),
            None => jobs.iter().any(|job| job.last_updated_at > drawn),
        };
        if news {
            tray.navigation.refresh();
        }
        before = Some(now);
    });
    ().into_any()
}

/// To look at what came of a job is to have seen it, also when it ends under the reader's eyes; a page
/// that nobody looks at sees nothing.
pub fn mark_seen(id: JobId) -> AnyView {
    let tray = expect_context::<Tray>();
    effect(move || {
        if tray.visible.get() && tray.is_unseen(&id) {
            mark_jobs_seen(tray, std::slice::from_ref(&id));
        }
    });
    ().into_any()
}
