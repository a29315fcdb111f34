//! Puts an island into a page.

use super::{ATTRIBUTE, Island};
use crate::routes::attributes::KEY;
use crate::routes::{ISLAND, TRAY_KEY};
use leptos::prelude::*;

/// In context while a page is rendered for a live document, which renders the islands itself.
#[derive(Debug, Clone, Copy)]
pub struct Bare;

/// Puts an island into a page.
#[component]
pub fn Live(island: Island) -> impl IntoView {
    let key = key(&island);
    // Strings, numbers and lists can always be serialised.
    let json = serde_json::to_string(&island).unwrap_or_default();
    let view = match use_context::<Bare>() {
        Some(Bare) => ().into_any(),
        None => island.draw(),
    };
    leptos::html::custom(ISLAND)
        .attr(KEY, key)
        .attr(ATTRIBUTE, json)
        .child(view)
        .into_any()
}

/// Identifies an island among its siblings when the page is fetched again.
fn key(island: &Island) -> String {
    match island {
        Island::Tray => TRAY_KEY.to_owned(),
        Island::Toasts => "toasts".to_owned(),
        Island::Job(job) => format!("job {}", job.job_id),
        Island::Running(about) => format!("running {about:?}"),
        Island::Bell(id, _) => format!("bell {id}"),
        Island::Log(id, _) => format!("log {id}"),
        Island::Since(at) => format!("since {at}"),
        Island::Moment(at) => format!("moment {at}"),
        Island::Fresh(about, _) => format!("fresh {about:?}"),
        Island::Following(about, _) => format!("following {about:?}"),
        Island::Settings => "settings".to_owned(),
        Island::Seen(id) => format!("seen {id}"),
    }
}
