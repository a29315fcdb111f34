//! What is active, wherever a page has room for it.

use super::about::About;
use super::job::{JobCard, live};
use leptos::prelude::*;

/// Those of the jobs that are active.
#[component]
pub fn Running(about: About) -> impl IntoView {
    let jobs = about.jobs();
    let active = move || {
        let mut jobs = jobs.get();
        jobs.retain(|job| job.state.is_active());
        jobs
    };
    view! {
        <div class="job-list">
            <For each=active key=|job| job.job_id.clone() let:job>
                <JobCard job=live(job) />
            </For>
        </div>
    }
}
