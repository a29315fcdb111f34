//! The bell of a job: of which of its ends its owner wants to hear.

use super::actions::RingJob;
use super::html::icon;
use super::icons;
use super::{Tray, buttons};
use crate::browser::{self, Touch};
use crate::job::{Job, Notify};
use crate::words::{Lang, Words, tray as say};
use leptos::server_fn::ServerFn;
use std::fmt::Write;

/// The name of the field that is chosen from.
const FIELD: &str = "notify";

/// A choice that looks like a button and opens as the platform's own list; it is kept at once, and
/// without scripts by a button of its own. `described` is the id of the element that names the job.
pub fn bell(lang: Lang, job: &Job, described: &str) -> String {
    let (action, id) = (RingJob::PATH, &job.job_id);
    let (label, keep) = (say::BELL.say(lang), say::BELL_KEEP.say(lang));
    let (chosen, how) = (job.notify.as_str(), words(job.notify).say(lang));
    let (picture, tick) = (icon(picture(job.notify)), icon(icons::TICK));
    let mut choices = String::new();
    for one in Notify::ALL {
        let (value, words) = (one.as_str(), words(one).say(lang));
        let chosen = if one == job.notify { " selected" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            choices,
            r#"<option value="{value}"{chosen}>{words}</option>"#
        );
    }
    format!(
        r#"<form class="bell" data-key="bell" method="post" action="{action}"><input type="hidden" name="job_id" value="{id}">{picture}<select name="{FIELD}" data-chosen="{chosen}" aria-label="{label}" aria-describedby="{described}" title="{label}: {how}">{choices}</select><button class="bell-keep" type="submit" aria-label="{keep}" title="{keep}">{tick}</button></form>"#
    )
}

/// Keeps what was chosen from such a list.
pub(super) fn rung(tray: Tray, touch: &Touch) {
    let chosen = touch.chosen().filter(|_| touch.is_within(".bell"));
    let Some((notify, id)) = chosen.zip(touch.nearest("data-job-id")) else {
        return;
    };
    let fields = [("job_id", &*id), (FIELD, &*notify)];
    browser::post(RingJob::PATH, &fields, move |reply| {
        buttons::answered(tray, reply)
    });
}

const fn picture(notify: Notify) -> &'static str {
    match notify {
        Notify::Default => icons::BELL,
        Notify::Always | Notify::Failures => icons::BELL_ON,
        Notify::Never => icons::BELL_OFF,
    }
}

const fn words(notify: Notify) -> Words {
    match notify {
        Notify::Default => say::BELL_DEFAULT,
        Notify::Always => say::BELL_ALWAYS,
        Notify::Failures => say::BELL_FAILURES,
        Notify::Never => say::BELL_NEVER,
    }
}
