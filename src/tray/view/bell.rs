//! The bell of a job: of which of its ends its owner wants to hear. A button beside the job's others rings it
//! or not; the job's own page has all choices.

use super::commands;
use super::html::{escape, icon};
use super::icons;
use super::keyed_list::Pieces;
use crate::browser::{self, Piece, Touch};
use crate::i18n::{Lang, Translation, tray as messages};
use crate::job::{JobId, Notify};
use crate::tray::actions::RingJob;
use crate::tray::handle::Tray;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::fmt::Write;

/// The name of the field that is chosen from.
const FIELD: &str = "notify";

/// Rings, or rings not. `described` is the id of the element that names the job.
pub fn bell(lang: Lang, id: &JobId, notify: Notify, described: &str) -> String {
    let (next, words) = match notify {
        Notify::Never => (Notify::Default, messages::BELL_ON),
        _ => (Notify::Never, messages::BELL_OFF),
    };
    let (action, next, words) = (RingJob::PATH, next.as_str(), words.get(lang));
    let (is, picture) = (notify.as_str(), icon(picture(notify)));
    format!(
        r#"<form method="post" action="{action}" data-key="bell" data-bell="{is}" data-ring="{next}"><input type="hidden" name="job_id" value="{id}"><input type="hidden" name="{FIELD}" value="{next}"><button class="deed bell" type="submit" aria-label="{words}" aria-describedby="{described}" title="{words}">{picture}</button></form>"#
    )
}

/// All choices, kept as soon as one is chosen, and without scripts by a button. `first` is what was chosen
/// when the page was drawn.
#[component]
pub fn Bell(id: JobId, first: Notify) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let of = move || {
        let job = tray.job(&id);
        if job.as_ref().is_some_and(|job| job.state.is_finished()) {
            return Vec::new();
        }
        let notify = job.map_or(first, |job| job.notify);
        vec![Piece::new("bell", choices(tray.lang, &id, notify))]
    };
    view! { <Pieces tag="div" class="bell-slot" of=Box::new(of) /> }
}

fn choices(lang: Lang, id: &JobId, chosen: Notify) -> String {
    let (action, is) = (RingJob::PATH, chosen.as_str());
    let (label, keep) = (messages::BELL.get(lang), messages::BELL_KEEP.get(lang));
    let picture = icon(picture(chosen));
    let mut choices = String::new();
    for one in Notify::ALL {
        let (value, words) = (one.as_str(), escape(words(one).get(lang)));
        let chosen = if one == chosen { " selected" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(
            choices,
            r#"<option value="{value}"{chosen}>{words}</option>"#
        );
    }
    format!(
        r#"<form class="bell-choice" method="post" action="{action}" data-job-id="{id}"><input type="hidden" name="job_id" value="{id}"><label>{picture}<span>{label}</span><select name="{FIELD}" data-chosen="{is}">{choices}</select></label><button class="button small" type="submit">{keep}</button></form>"#
    )
}

/// Keeps what was chosen from the list of all choices.
pub fn chosen(tray: Tray, touch: &Touch) {
    let chosen = touch.chosen().filter(|_| touch.is_within(".bell-choice"));
    if let Some((notify, id)) = chosen.zip(touch.nearest("data-job-id")) {
        let list = touch.clone();
        ring(tray, &id, &notify, move || list.unchoose());
    }
}

/// Says when a job rings, and shows it as the answer has it; calls `refused` where it was not kept.
pub fn ring(tray: Tray, id: &str, notify: &str, refused: impl FnOnce() + 'static) {
    let fields = [("job_id", id), (FIELD, notify)];
    browser::post(RingJob::PATH, &fields, move |reply| {
        if !commands::answered(tray, reply) {
            refused();
        }
    });
}

const fn picture(notify: Notify) -> &'static str {
    match notify {
        Notify::Default => icons::BELL,
        Notify::Always | Notify::Failures => icons::BELL_ON,
        Notify::Never => icons::BELL_OFF,
    }
}

const fn words(notify: Notify) -> Translation {
    match notify {
        Notify::Default => messages::BELL_DEFAULT,
        Notify::Always => messages::BELL_ALWAYS,
        Notify::Failures => messages::BELL_FAILURES,
        Notify::Never => messages::BELL_NEVER,
    }
}
