//! The panel under the button: every job of the tray, row by row.

use super::action_error::refusal_line;
use super::button::PANEL;
use super::commands::see_all;
use super::html::{icon, link_to};
use super::icons;
use super::keyed_list::Pieces;
use super::quick_settings::{choice, choices, scope_switch, sound_toggle};
use super::row::Shown;
use crate::browser::{self, Piece};
use crate::i18n::{Lang, Translation, time, tray as messages};
use crate::job::{Job, JobId, Timestamp};
use crate::tray::actions::Choice;
use crate::tray::handle::Tray;
use crate::tray::model::rows::{Group, Row};
use crate::tray::reactive::follow;
use crate::tray::text::button::Connection;
use crate::tray::text::job_status;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// Opened and closed by the platform: top layer, Escape and a click elsewhere come with it, and
/// it works before any script.
#[component]
pub fn TrayPanel() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    let opened = move || {
        tray.open.set(browser::is_popover_open(PANEL));
        tray.tick();
    };
    // It may have been opened before this ran.
    follow(opened);
    let kept = RefCell::new(Frames::new());
    let rows = move || pieces(tray, &mut kept.borrow_mut());
    let here = RwSignal::new(false);
    follow(move || here.set(true));
    view! {
        <section
            id=PANEL
            class="panel"
            popover="auto"
            tabindex="-1"
            aria-label=messages::JOBS.get(lang)
            on:toggle=move |_| opened()
        >
            <Pieces tag="header" class="panel-head" of=Box::new(move || head(tray)) />
            <Pieces tag="div" class="panel-notes" of=Box::new(move || notes(tray)) />
            <Pieces tag="div" class="panel-rows" of=Box::new(rows) />
            <Pieces tag="footer" class="panel-foot" of=Box::new(move || foot(tray, here.get())) />
        </section>
    }
}

fn head(tray: Tray) -> Vec<Piece> {
    let title = format!("<h2>{}</h2>", messages::JOBS.get(tray.lang));
    vec![
        Piece::new("title", title),
        scope_switch(tray),
        sound_toggle(tray),
    ]
}

/// What is not as it should be, and what was chosen to be so.
fn notes(tray: Tray) -> Vec<Piece> {
    let mut notes = vec![refusal_line(tray)];
    notes.extend(offline_line(tray));
    notes.extend(muted_line(tray));
    notes
}

/// The rows of the panel, or what is said where there are none. `kept` has the frames of the time before.
fn pieces(tray: Tray, kept: &mut Frames) -> Vec<Piece> {
    tray.changed.track();
    tray.unseen.track();
    let mut frames = Frames::new();
    let pieces = tray.rows.with(|rows| {
        if rows.rows.is_empty() {
            return vec![Piece::new("empty", empty(tray.lang))];
        }
        (tray.state).with_value(|state| {
            let draw = |row: &Row| {
                let Row::Job(id) = row else {
                    return around(tray, row);
                };
                let job = state.job(id)?;
                let shown = Shown::of(tray, state, rows, job);
                let known = (kept.remove(id))
                    .filter(|(of, unseen, _)| Arc::ptr_eq(of, job) && *unseen == shown.unseen);
                let frame: Arc<str> = match known {
                    Some((.., frame)) => frame,
                    None => shown.row().into(),
                };
                let of = (Arc::clone(job), shown.unseen, Arc::clone(&frame));
                frames.insert(id.clone(), of);
                Some(shown.piece(frame))
            };
            rows.rows.iter().filter_map(draw).collect()
        })
    });
    *kept = frames;
    pieces
}

/// What was drawn of each job that has not changed since, but for what moves.
type Frames = HashMap<JobId, (Arc<Job>, bool, Arc<str>)>;

/// What stands around the rows of jobs.
fn around(tray: Tray, row: &Row) -> Option<Piece> {
    let lang = tray.lang;
    Some(match row {
        Row::Head(Group::Finished) => {
            let title = messages::FINISHED.get(lang);
            let see = tray.unseen.with(|unseen| see_all(lang, unseen));
            let html = format!(r#"<div class="group"><h3>{title}</h3>{see}</div>"#);
            Piece::new("finished", html)
        }
        Row::Head(group) => {
            let title = title(*group).get(lang);
            Piece::new(title, format!(r#"<h3 class="group">{title}</h3>"#))
        }
        Row::More(group, hidden) => {
            let words = messages::MORE.fill(lang, "n", hidden);
            let key = format!("more {}", title(*group).get(lang));
            Piece::new(key, link_to("more", "/jobs", &words, ""))
        }
        Row::Job(_) => return None,
    })
}

fn title(group: Group) -> Translation {
    match group {
        Group::Running => messages::RUNNING,
        Group::Paused => messages::PAUSED,
        Group::Queued => messages::QUEUED,
        Group::Finished => messages::FINISHED,
    }
}

/// Nothing to show is said with what would make something to show. Its picture is the style sheet's.
fn empty(lang: Lang) -> String {
    let (head, line) = (
        messages::EMPTY_HEAD.get(lang),
        messages::EMPTY_LINE.get(lang),
    );
    format!(r#"<div class="panel-empty"><p class="empty-head">{head}</p><p>{line}</p></div>"#)
}

/// Ends are counted and not told for now.
fn muted_line(tray: Tray) -> Option<Piece> {
    let (lang, picture) = (tray.lang, icon(icons::MUTED));
    let (words, undo) = (messages::MUTED.get(lang), messages::UNMUTE.get(lang));
    let form = choices("plain", words, &choice(Choice::Unmute, "chip", "", undo));
    let html = format!(r#"<div class="panel-note calm">{picture}<span>{words}</span>{form}</div>"#);
    tray.is_muted().then(|| Piece::new("muted", html))
}

/// How old the data is, while no news can come.
fn offline_line(tray: Tray) -> Option<Piece> {
    // It moves each second only while somebody reads it.
    if tray.connection.get() != Connection::Offline {
        return None;
    }
    let age = tray.now.get().seconds_since(tray.heard.get()).max(0.0);
    let words = messages::OFFLINE_LINE.fill(tray.lang, "t", time::span(age));
    let picture = icon(icons::UNPLUGGED);
    let html = format!(r#"<p class="panel-note">{picture}<span>{words}</span></p>"#);
    Some(Piece::new("offline", html))
}

/// When everything will be done: by the reader's own clock once it is known, `here`, until then as a
/// span, which every time zone shares.
fn foot(tray: Tray, here: bool) -> Vec<Piece> {
    let lang = tray.lang;
    let now = tray.now.get();
    let words = tray.all_done_in(now).map(|left| {
        let clock = here.then(|| browser::local_time(later(now, left), lang.as_str()));
        match clock.flatten() {
            Some(clock) => messages::ALL_DONE_AT.fill(lang, "t", clock),
            None => messages::ALL_DONE_IN.fill(lang, "t", job_status::about(left)),
        }
    });
    let words = words.unwrap_or_default();
    vec![
        Piece::new("done", format!(r#"<span class="all-done">{words}</span>"#)),
        Piece::new(
            "all",
            link_to("", "/jobs", messages::ALL_JOBS.get(lang), ""),
        ),
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an estimate in milliseconds is far below 2^63"
)]
fn later(now: Timestamp, seconds: f64) -> Timestamp {
    Timestamp(now.0 + (seconds * 1000.0) as i64)
}
