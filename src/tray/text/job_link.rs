//! Where a click on a job leads.

use crate::job::{Job, JobState};
use crate::routes::job_page;

/// The page of the job's result, else the job's own page.
pub fn target(job: &Job) -> String {
    let page = job.result.as_ref().and_then(|result| result.page.clone());
    match (job.state, page) {
        (JobState::Completed, Some(page)) => page,
        _ => job_page(&job.job_id),
    }
}
