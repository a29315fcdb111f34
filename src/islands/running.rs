//! Active jobs on a page.

use super::about::About;
use super::job::card;
use crate::tray::{KeyedList, PanelRow, Tray};
use leptos::prelude::*;

/// Maximum number of cards on a page; the tray has all jobs.
const MAX_CARDS: usize = 12;

/// The active ones of these jobs, in the order of the tray.
#[component]
pub fn Running(about: About) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let items = move || {
        let rows = tray.rows.get().rows;
        let jobs = rows.into_iter().filter_map(|row| match row {
            PanelRow::Job(id) => tray.job(&id),
            _ => None,
        });
        let jobs = jobs.filter(|job| job.state.is_active() && about.covers(job));
        jobs.take(MAX_CARDS).map(|job| card(tray, &job)).collect()
    };
    view! { <KeyedList tag="div" class="job-list" items=Box::new(items) /> }
}
