//! What is active, wherever a page has room for it.

use super::about::About;
use super::job::{JobCard, live};
use crate::tray::{EachRow, Row, Tray};
use leptos::prelude::*;
use std::sync::Arc;

/// Those of the jobs that are active, as they stand in the tray.
#[component]
pub fn Running(about: About) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let active = move || {
        tray.moved.track();
        let mut rows = tray.rows.get().rows;
        rows.retain(|row| match row {
            Row::Job(id) => (tray.job(id.clone()).get_untracked())
                .is_some_and(|job| job.state.is_active() && about.covers(&job)),
            _ => false,
        });
        rows
    };
    let draw = move |row| match row {
        Row::Job(id) => tray.job(id).get_untracked().map_or_else(
            || ().into_any(),
            |job| view! { <JobCard job=live(job) /> }.into_any(),
        ),
        _ => ().into_any(),
    };
    view! {
        <div class="job-list">
            <EachRow rows=Box::new(active) draw=Arc::new(draw) />
        </div>
    }
}
