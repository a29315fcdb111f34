//! How toasts and the digest are drawn.

use super::{DIGEST, TOAST};
use crate::browser::Piece;
use crate::i18n::{Lang, job as texts, tray as messages};
use crate::job::{Job, JobState};
use crate::tray::alerts::toast_list::{About, Toast};
use crate::tray::handle::Tray;
use crate::tray::text::job_status;
use crate::tray::view::button::PANEL;
use crate::tray::view::html::{button, escape, icon, link, next_step};
use crate::tray::view::icons;
use leptos::prelude::*;
use std::sync::Arc;

/// Rows of a digest; the rest is in the panel.
const DIGEST_ROWS: usize = 4;
/// A summary of more jobs draws their links when somebody unfolds it.
const DRAWN: usize = 20;

/// What came while nobody looked, how many more there are, and the toasts that have room.
pub fn pieces(tray: Tray) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let Some(html) = digest(tray) {
        pieces.push(Piece::new(DIGEST, html));
    }
    let taken = pieces.len();
    tray.toasts.with(|list| {
        let hidden = list.hidden(taken);
        if hidden > 0 {
            let words = messages::MORE_TOASTS.fill(tray.lang, "n", hidden);
            let html = open_panel("toast-more", &words);
            pieces.push(Piece::new("more", html));
        }
        let toasts = list.shown(taken).iter().map(|toast| draw(tray.lang, toast));
        pieces.extend(toasts);
    });
    pieces
}

fn open_panel(class: &str, words: &str) -> String {
    format!(r#"<button class="{class}" type="button" popovertarget="{PANEL}">{words}</button>"#)
}

fn draw(lang: Lang, toast: &Toast) -> Piece {
    let Toast { key, about, .. } = toast;
    let of = about.jobs().first().map(|job| {
        let (id, state) = (&job.job_id, job.state.as_str());
        format!(r#"data-job-id="{id}" data-state="{state}""#)
    });
    let (of, inside) = (of.unwrap_or_default(), html(lang, toast));
    let html = format!(r#"<article class="toast" {TOAST}="{key}" {of}>{inside}</article>"#);
    Piece::new(key.to_string(), html)
}

/// A picture, what is to be said, what can be done, and a way to take it away.
fn html(
    lang: Lang,
    Toast {
        about, unfolded, ..
    }: &Toast,
) -> String {
    let (sign, text, act) = match about {
        About::End(job) => end(lang, job),
        About::Done(jobs) => {
            let head = escape(&messages::DONE_MANY.fill(lang, "n", jobs.len()));
            // A thousand links are drawn for who wants them.
            let all = jobs
                .iter()
                .rev()
                .filter(|_| *unfolded || jobs.len() <= DRAWN);
            let all = links(lang, all);
            let text =
                format!(r#"<details><summary class="toast-name">{head}</summary>{all}</details>"#);
            (icons::TICK, text, String::new())
        }
        About::Cancelled(job) => {
            let words = messages::CANCELLED_NAME.fill(lang, "name", texts::name(lang, job));
            let undo = button("chip", "retry", "", messages::UNDO.get(lang));
            (icons::STOPPED, named(&words), undo)
        }
        About::Test => (
            icons::TICK,
            named(messages::TEST_TOAST.get(lang)),
            String::new(),
        ),
    };
    format!(
        r#"<span class="job-picture">{}</span><div class="toast-text">{text}</div>{act}{}"#,
        icon(sign),
        close(lang),
    )
}

fn end(lang: Lang, job: &Job) -> (&'static str, String, String) {
    let name = texts::name(lang, job);
    let (sign, words, line, act) = if job.state == JobState::Failed {
        let why = texts::failure(lang, job).map(|(why, _)| why);
        let retry = button("chip", "retry", "", messages::RETRY.get(lang));
        (icons::WARNING, messages::TOAST_FAILED, why, retry)
    } else {
        let act = next_step(lang, job, "chip");
        (
            icons::TICK,
            messages::TOAST_READY,
            job_status::took(lang, job),
            act.unwrap_or_default(),
        )
    };
    let head = link(
        lang,
        job,
        "toast-name",
        Some(&words.fill(lang, "name", name)),
    );
    let line = escape(&line.unwrap_or_default());
    (
        sign,
        format!(r#"{head}<p class="toast-line" dir="auto">{line}</p>"#),
        act,
    )
}

fn named(words: &str) -> String {
    format!(r#"<p class="toast-name" dir="auto">{}</p>"#, escape(words))
}

fn links<'a>(lang: Lang, jobs: impl Iterator<Item = &'a Arc<Job>>) -> String {
    let mut list = "<ul role=\"list\">".to_owned();
    for job in jobs {
        list.push_str("<li>");
        list.push_str(&picture(job));
        list.push_str(&link(lang, job, "toast-name", None));
        list.push_str("</li>");
    }
    list + "</ul>"
}

/// What a result looks like, where it is of a scene; else what kind of thing it is.
fn picture(job: &Job) -> String {
    let scene = job.refs.iter().find_map(|of| of.strip_prefix("scene:"));
    let done = job.state == JobState::Completed;
    if let Some(scene) = scene.filter(|_| done) {
        let scene = escape(scene);
        return format!(
            r#"<img class="thumb" src="/art/{scene}.svg" alt="" width="48" height="27">"#
        );
    }
    let sign = if done {
        icons::of_kind(&job.kind)
    } else {
        icons::WARNING
    };
    format!(r#"<span class="thumb">{}</span>"#, icon(sign))
}

fn close(lang: Lang) -> String {
    let label = messages::DISMISS.get(lang);
    button("deed toast-close", "dismiss", label, &icon(icons::CANCEL))
}

/// What came while nobody looked: failures first, then results, the latest first; each a click away.
fn digest(tray: Tray) -> Option<String> {
    let lang = tray.lang;
    let away = tray.away.get();
    tray.unseen.track();
    // They come in the order in which they ended.
    let jobs = tray.own_unseen_jobs(|job| away.contains(&job.job_id));
    if jobs.is_empty() {
        return None;
    }
    let of = |failed: bool| {
        (jobs.iter().rev()).filter(move |job| (job.state == JobState::Failed) == failed)
    };
    let hidden = jobs.len().saturating_sub(DIGEST_ROWS);
    let more = if hidden > 0 {
        open_panel("quiet", &messages::MORE_TOASTS.fill(lang, "n", hidden))
    } else {
        String::new()
    };
    let seen = button("chip", "seen", "", messages::SEEN_ALL.get(lang));
    Some(format!(
        r#"<article class="toast digest" {TOAST}="{DIGEST}"><div class="toast-text">{}{}<div class="toast-acts">{seen}{more}</div></div>{}</article>"#,
        named(messages::AWAY.get(lang)),
        links(lang, of(true).chain(of(false)).take(DIGEST_ROWS)),
        close(lang),
    ))
}
