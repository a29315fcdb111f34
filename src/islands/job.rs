//! A job on a page, live: as the tray has it, or as the page loaded it where it is too old for the tray.

use super::when::ago;
use crate::i18n::{job as texts, tray as messages};
use crate::job::Job;
use crate::routes::job_page;
use crate::tray::{JobView, KeyedList, ListItem, Tray, escape};
use leptos::prelude::*;
use std::cell::RefCell;
use std::sync::Arc;

/// A job that the page loaded, and from then on as the tray has it.
#[component]
pub fn JobCard(job: Job) -> impl IntoView {
    let tray = expect_context::<Tray>();
    // The tray drops old jobs; the last version stays on the page.
    let last = RefCell::new(Arc::new(job));
    let items = move || {
        let mut last = last.borrow_mut();
        let known = tray.job(&last.job_id);
        if let Some(known) = known.filter(|known| known.version >= last.version) {
            *last = known;
        }
        vec![card(tray, &last)]
    };
    view! { <KeyedList tag="div" class="job-slot" items=Box::new(items) /> }
}

/// A job in a list: its name leads to its page, and beside it is its next action.
pub fn card(tray: Tray, job: &Job) -> ListItem {
    let lang = tray.lang;
    let view = JobView::of(tray, job);
    let id = &job.job_id;
    let name_id = format!("card-{id}");
    let page = job_page(id);
    let html = format!(
        r#"<article class="job-card" {}><div class="job-card-head"><h3 class="job-card-name" id="{name_id}" dir="auto"><a href="{page}">{}</a></h3><span class="job-card-buttons">{}{}</span></div><p class="job-card-line"><span class="state">{}</span>{}<span class="job-card-when">{}</span></p>{}{}</article>"#,
        view.attributes(),
        escape(&texts::name(lang, job)),
        view.next_action("button small"),
        view.buttons(&name_id),
        messages::state(job.state).get(lang),
        view.status_line(),
        ago(lang, job.created_at, view.now),
        view.fix(),
        view.progress_bar(),
    );
    view.item(html)
}
