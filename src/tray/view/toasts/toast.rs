//! The HTML of a toast.

use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::{Job, JobState};
use crate::routes::attributes::JOB_ID;
use crate::routes::ids::TRAY_PANEL;
use crate::tray::alerts::toast_list::{Toast, ToastContent};
use crate::tray::handle::Tray;
use crate::tray::text::job_status;
use crate::tray::view::html::{button, escape, icon, link_to_job, next_action};
use crate::tray::view::icons;
use std::sync::Arc;

/// The attribute with the key of a toast.
pub const TOAST: &str = "data-toast";
/// A toast with more jobs renders their links only after it was unfolded.
const MAX_FOLDED: usize = 20;

/// An icon, a text, an action, and a button that dismisses the toast.
pub fn toast(tray: Tray, toast: &Toast) -> String {
    let lang = tray.lang;
    let Toast { key, content, .. } = toast;
    let attributes = content.jobs().first().map(|job| {
        let (id, state) = (&job.job_id, job.state.as_str());
        format!(r#"{JOB_ID}="{id}" data-state="{state}""#)
    });
    let attributes = attributes.unwrap_or_default();
    let (picture, text, action) = match content {
        ToastContent::Ended(job) => ended(lang, job),
        ToastContent::Succeeded(jobs) => succeeded(tray, jobs, toast.unfolded),
        ToastContent::Cancelled(job) => {
            let name = texts::name(lang, job);
            let text = heading(&messages::CANCELLED_NAME.fill(lang, "name", name));
            let undo = button("chip", "retry", "", messages::UNDO.get(lang));
            (icons::STOPPED, text, undo)
        }
        ToastContent::Test => {
            let text = heading(messages::TEST_TOAST.get(lang));
            (icons::TICK, text, String::new())
        }
    };
    format!(
        r#"<article class="toast" {TOAST}="{key}" {attributes}><span class="job-picture">{}</span><div class="toast-text">{text}</div>{action}{}</article>"#,
        icon(picture),
        dismiss_button(lang),
    )
}

/// The main line of a toast.
pub fn heading(text: &str) -> String {
    format!(r#"<p class="toast-name" dir="auto">{}</p>"#, escape(text))
}

/// A list of links to jobs, each with a thumbnail.
pub fn job_links<'a>(tray: Tray, jobs: impl Iterator<Item = &'a Arc<Job>>) -> String {
    let mut list = "<ul role=\"list\">".to_owned();
    for job in jobs {
        list.push_str("<li>");
        list.push_str(&thumbnail(tray, job));
        list.push_str(&link_to_job(tray.lang, job, "toast-name", None));
        list.push_str("</li>");
    }
    list + "</ul>"
}

/// A button that opens the panel.
pub fn panel_button(class: &str, text: &str) -> String {
    format!(r#"<button class="{class}" type="button" popovertarget="{TRAY_PANEL}">{text}</button>"#)
}

pub fn dismiss_button(lang: Lang) -> String {
    let label = messages::DISMISS.get(lang);
    button(
        "icon-button toast-close",
        "dismiss",
        label,
        &icon(icons::CANCEL),
    )
}

fn ended(lang: Lang, job: &Job) -> (&'static str, String, String) {
    let name = texts::name(lang, job);
    let (picture, text, line, action) = if job.state == JobState::Failed {
        let why = texts::failure(lang, job).map(|(why, _)| why);
        let retry = button("chip", "retry", "", messages::RETRY.get(lang));
        (icons::WARNING, messages::TOAST_FAILED, why, retry)
    } else {
        let took = job_status::took(lang, job);
        let next = next_action(lang, job, "chip").unwrap_or_default();
        (icons::TICK, messages::TOAST_READY, took, next)
    };
    let text = text.fill(lang, "name", name);
    let heading = link_to_job(lang, job, "toast-name", Some(&text));
    let line = escape(&line.unwrap_or_default());
    let text = format!(r#"{heading}<p class="toast-line" dir="auto">{line}</p>"#);
    (picture, text, action)
}

fn succeeded(tray: Tray, jobs: &[Arc<Job>], unfolded: bool) -> (&'static str, String, String) {
    let lang = tray.lang;
    let text = escape(&messages::DONE_MANY.fill(lang, "n", jobs.len()));
    let listed = if unfolded || jobs.len() <= MAX_FOLDED {
        jobs
    } else {
        &[]
    };
    let links = job_links(tray, listed.iter().rev());
    let text = format!(r#"<details><summary class="toast-name">{text}</summary>{links}</details>"#);
    (icons::TICK, text, String::new())
}

/// A picture of what a job made, else the icon of its kind; a warning for a job that made nothing.
fn thumbnail(tray: Tray, job: &Job) -> String {
    if job.state != JobState::Completed {
        return framed(icons::WARNING);
    }
    match tray.pictures.thumbnail(job) {
        Some(address) => {
            let address = escape(&address);
            format!(r#"<img class="thumb" src="{address}" alt="" width="48" height="27">"#)
        }
        None => framed(tray.pictures.icon(job)),
    }
}

fn framed(picture: &str) -> String {
    format!(r#"<span class="thumb">{}</span>"#, icon(picture))
}
