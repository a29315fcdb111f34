//! What is active, wherever a page has room for it.

use super::about::About;
use super::job::card;
use crate::tray::{KeyedList, PanelRow, Tray};
use leptos::prelude::*;

/// Cards on a page that is about something else; the tray has all.
const MOST: usize = 12;

/// Those of the jobs that are active, as they stand in the tray; the first ones where they are many.
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
        jobs.take(MOST).map(|job| card(tray, &job)).collect()
    };
    view! { <KeyedList tag="div" class="job-list" items=Box::new(items) /> }
}
