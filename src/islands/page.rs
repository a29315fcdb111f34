//! Islands that show nothing and keep a page true.

use super::about::About;
use crate::browser;
use crate::job::{JobId, JobState};
use crate::tray::Tray;
use leptos::prelude::*;

/// Fetches the page again whenever one of these jobs ends, or when the one that it is about
/// moves on.
pub fn keep_fresh(about: About) -> AnyView {
    let one = matches!(about, About::Job(_));
    let jobs = about.jobs();
    let ends = Memo::new(move |_| {
        jobs.with(|jobs| {
            (jobs.iter())
                .filter(|job| one || job.state.is_finished())
                .map(|job| (job.job_id.clone(), job.attempt, job.state))
                .collect::<Vec<_>>()
        })
    });
    Effect::new(move |before: Option<Vec<(JobId, u32, JobState)>>| {
        let now = ends.get();
        if before.is_some_and(|before| now.iter().any(|end| !before.contains(end))) {
            browser::refresh();
        }
        now
    });
    ().into_any()
}

/// To look at what came of a job is to have seen it, also when it ends under the reader's eyes.
pub fn mark_seen(id: JobId) -> AnyView {
    let tray = expect_context::<Tray>();
    Effect::new(move || {
        if tray.is_unseen(&id) {
            tray.see(std::slice::from_ref(&id));
        }
    });
    ().into_any()
}
