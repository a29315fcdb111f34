//! The panel under the button: every job of the tray, row by row.

use super::actions::Choice;
use super::button::PANEL;
use super::buttons::SeeAll;
use super::choices::{ChoiceButton, Choices, ScopeSwitch, SoundToggle};
use super::face::Connection;
use super::icons::{self, Icon};
use super::live::{flag, follow, text};
use super::order::{Group, Row};
use super::refusal::RefusalLine;
use super::row::JobRow;
use super::{Tray, line};
use crate::browser;
use crate::job::Timestamp;
use crate::words::{Lang, Words, time, tray as say};
use leptos::prelude::*;
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
    view! {
        <section
            id=PANEL
            class="panel"
            popover="auto"
            tabindex="-1"
            aria-label=say::JOBS.say(lang)
            on:toggle=move |_| opened()
        >
            <header class="panel-head">
                <h2>{say::JOBS.say(lang)}</h2>
                <ScopeSwitch />
                <SoundToggle />
            </header>
            <OfflineLine />
            <RefusalLine />
            <MutedLine />
            <div class="panel-rows">
                <EachRow
                    rows=Box::new(move || tray.rows.with(|rows| rows.rows.clone()))
                    draw=Arc::new(move |row| draw(lang, row))
                />
                <div
                    class="panel-empty"
                    hidden=flag(move || tray.rows.with(|rows| !rows.rows.is_empty()))
                    inner_html=empty(lang)
                ></div>
            </div>
            <footer class="panel-foot">
                <AllDone />
                <a href="/jobs">
                    {say::ALL_JOBS.say(lang)}
                </a>
            </footer>
        </section>
    }
}

/// Draws rows, each once for as long as it stays. Its parts are boxed: the machinery of lists is in
/// the browser's part once.
#[component]
pub fn EachRow(
    rows: Box<dyn Fn() -> Vec<Row> + Send + Sync>,
    draw: Arc<dyn Fn(Row) -> AnyView + Send + Sync>,
) -> impl IntoView {
    view! { <For each=rows key=Row::clone children=move |row| draw(row) /> }
}

fn draw(lang: Lang, row: Row) -> AnyView {
    match row {
        Row::Head(Group::Finished) => view! {
            <div class="group">
                <h3>{say::FINISHED.say(lang)}</h3>
                <SeeAll />
            </div>
        }
        .into_any(),
        Row::Head(group) => view! { <h3 class="group">{title(group).say(lang)}</h3> }.into_any(),
        Row::Toast(_) | Row::Line(_) => ().into_any(),
        Row::Job(id) => view! { <JobRow id /> }.into_any(),
        Row::More(_, hidden) => view! {
            <a class="more" href="/jobs">
                {say::MORE.fill(lang, "n", hidden)}
            </a>
        }
        .into_any(),
    }
}

fn title(group: Group) -> Words {
    match group {
        Group::Running => say::RUNNING,
        Group::Paused => say::PAUSED,
        Group::Queued => say::QUEUED,
        Group::Finished => say::FINISHED,
    }
}

/// Nothing to show is said with what would make something to show. Its picture is the style sheet's.
fn empty(lang: Lang) -> String {
    let (head, line) = (say::EMPTY_HEAD.say(lang), say::EMPTY_LINE.say(lang));
    format!("<p class=\"empty-head\">{head}</p><p>{line}</p>")
}

/// Ends are counted and not told for now.
#[component]
fn MutedLine() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    view! {
        <div class="panel-note calm" hidden=flag(move || !tray.is_muted())>
            <Icon path=icons::MUTED />
            <span>{say::MUTED.say(lang)}</span>
            <Choices class="plain" label=say::MUTED.say(lang)>
                <ChoiceButton
                    choice=Choice::Unmute
                    class="chip"
                    pressed=None
                    label=Some(say::UNMUTE.say(lang))
                >
                    {say::UNMUTE.say(lang)}
                </ChoiceButton>
            </Choices>
        </div>
    }
}

/// How old the data is, while no news can come.
#[component]
fn OfflineLine() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    let is_offline = move || tray.connection.get() == Connection::Offline;
    let age = move || {
        // It moves each second only while somebody reads it.
        if !is_offline() {
            return None;
        }
        let age = tray.now.get().seconds_since(tray.heard.get()).max(0.0);
        Some(say::OFFLINE_LINE.fill(lang, "t", time::span(age)))
    };
    view! {
        <p class="panel-note" hidden=flag(move || !is_offline())>
            <Icon path=icons::UNPLUGGED />
            <span>{text(age)}</span>
        </p>
    }
}

/// When everything will be done: by the reader's own clock once it is known, until then as a
/// span, which every time zone shares.
#[component]
fn AllDone() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    let here = RwSignal::new(false);
    follow(move || here.set(true));
    let words = move || {
        let now = tray.now.get();
        let left = tray.all_done_in(now)?;
        let clock = here
            .get()
            .then(|| browser::local_time(later(now, left), lang.as_str()))
            .flatten();
        Some(match clock {
            Some(clock) => say::ALL_DONE_AT.fill(lang, "t", clock),
            None => say::ALL_DONE_IN.fill(lang, "t", line::about(left)),
        })
    };
    view! { <span class="all-done">{text(words)}</span> }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "an estimate in milliseconds is far below 2^63"
)]
fn later(now: Timestamp, seconds: f64) -> Timestamp {
    Timestamp(now.0 + (seconds * 1000.0) as i64)
}
