//! The panel under the button: every job of the tray, row by row.

use super::action_error::panel_error;
use super::command_buttons::mark_seen_button;
use super::html::{icon, link};
use super::icons;
use super::keyed_list::KeyedList;
use super::list_item::ListItem;
use super::quick_settings::{scope_switch, setting_button, setting_form, sound_toggle};
use super::row::JobView;
use crate::browser;
use crate::i18n::{Lang, Translation, tray as messages};
use crate::job::{Job, JobId, Timestamp};
use crate::routes::ids::TRAY_PANEL;
use crate::routes::pages;
use crate::tray::actions::QuickSetting;
use crate::tray::handle::Tray;
use crate::tray::model::rows::{PanelRow, RowGroup};
use crate::tray::model::status::Connection;
use crate::tray::reactive::effect;
use crate::tray::text::job_status::{approximate, span};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// A popover, so it works before any script does: the platform opens it in the top layer and closes it at Escape or a
/// click elsewhere.
#[component]
pub fn TrayPanel() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = use_context::<Lang>().unwrap_or_default();
    let toggled = move || {
        tray.panel_open.set(browser::is_popover_open(TRAY_PANEL));
        tray.tick();
    };
    // The user may have opened it before this ran.
    effect(toggled);
    let cache = RefCell::new(RowCache::new());
    let rows = move || rows(tray, &mut cache.borrow_mut());
    let is_live = RwSignal::new(false);
    effect(move || is_live.set(true));
    view! {
        <section
            id=TRAY_PANEL
            class="panel"
            popover="auto"
            tabindex="-1"
            aria-label=messages::JOBS.get(lang)
            on:toggle=move |_| toggled()
        >
            <KeyedList tag="header" class="panel-head" items=Box::new(move || head(tray)) />
            <KeyedList tag="div" class="panel-notes" items=Box::new(move || notes(tray)) />
            <KeyedList tag="div" class="panel-rows" items=Box::new(rows) />
            <KeyedList
                tag="footer"
                class="panel-foot"
                items=Box::new(move || foot(tray, is_live.get()))
            />
        </section>
    }
}

fn head(tray: Tray) -> Vec<ListItem> {
    let title = format!("<h2>{}</h2>", messages::JOBS.get(tray.lang));
    vec![
        ListItem::new("title", title),
        scope_switch(tray),
        sound_toggle(tray),
    ]
}

/// The notes above the rows: an error, offline, muted.
fn notes(tray: Tray) -> Vec<ListItem> {
    let mut notes = vec![panel_error(tray)];
    notes.extend(offline_note(tray));
    notes.extend(muted_note(tray));
    notes
}

/// How old the data is while offline.
fn offline_note(tray: Tray) -> Option<ListItem> {
    // Reading the clock renders the notes again at each tick, so it is read only where the age is shown.
    if tray.connection.get() != Connection::Offline {
        return None;
    }
    let text = messages::OFFLINE_LINE.fill(tray.lang, "t", span(tray.clock.age()));
    let picture = icon(icons::UNPLUGGED);
    let html = format!(r#"<p class="panel-note">{picture}<span>{text}</span></p>"#);
    Some(ListItem::new("offline", html))
}

/// Says that alerts are muted, with a button that unmutes them.
fn muted_note(tray: Tray) -> Option<ListItem> {
    let (lang, picture) = (tray.lang, icon(icons::MUTED));
    let (text, unmute) = (messages::MUTED.get(lang), messages::UNMUTE.get(lang));
    let button = setting_button(QuickSetting::Unmute, "chip", "", unmute);
    let form = setting_form("plain", text, &button);
    let html = format!(r#"<div class="panel-note calm">{picture}<span>{text}</span>{form}</div>"#);
    tray.is_muted().then(|| ListItem::new("muted", html))
}

/// The HTML of each job's row, with the job and whether it was unseen: the HTML is valid until one of these changes.
type RowCache = HashMap<JobId, (Arc<Job>, bool, Arc<str>)>;

/// The rows of the panel, or a hint where there are none.
fn rows(tray: Tray, cache: &mut RowCache) -> Vec<ListItem> {
    tray.job_changes.track();
    tray.unseen.track();
    let mut next_cache = RowCache::new();
    let items = tray.rows.with(|rows| {
        if rows.rows.is_empty() {
            return vec![ListItem::new("empty", empty(tray.lang))];
        }
        (tray.state).with_value(|state| {
            let draw = |row: &PanelRow| {
                let PanelRow::Job(id) = row else {
                    return separator(tray, row);
                };
                let job = state.job(id)?;
                let view = JobView::new(tray, state, rows, job);
                let cached = cache.remove(id);
                let cached =
                    cached.filter(|(of, unseen, _)| Arc::ptr_eq(of, job) && *unseen == view.unseen);
                let html: Arc<str> = match cached {
                    Some((.., html)) => html,
                    None => view.row().into(),
                };
                let entry = (Arc::clone(job), view.unseen, Arc::clone(&html));
                next_cache.insert(id.clone(), entry);
                Some(view.item(html))
            };
            rows.rows.iter().filter_map(draw).collect()
        })
    });
    *cache = next_cache;
    items
}

/// A heading between the rows of jobs, or a link to the jobs that are left out.
fn separator(tray: Tray, row: &PanelRow) -> Option<ListItem> {
    let lang = tray.lang;
    Some(match row {
        PanelRow::Heading(RowGroup::Finished) => {
            let title = messages::FINISHED.get(lang);
            let button = tray.unseen.with(|unseen| mark_seen_button(lang, unseen));
            let html = format!(r#"<div class="group"><h3>{title}</h3>{button}</div>"#);
            ListItem::new("finished", html)
        }
        PanelRow::Heading(group) => {
            let title = title(*group).get(lang);
            ListItem::new(title, format!(r#"<h3 class="group">{title}</h3>"#))
        }
        PanelRow::More(group, hidden) => {
            let text = messages::MORE.fill(lang, "n", hidden);
            let key = format!("more {}", title(*group).get(lang));
            ListItem::new(key, link("more", pages::JOBS, &text, ""))
        }
        PanelRow::Job(_) => return None,
    })
}

fn title(group: RowGroup) -> Translation {
    match group {
        RowGroup::Running => messages::RUNNING,
        RowGroup::Paused => messages::PAUSED,
        RowGroup::Queued => messages::QUEUED,
        RowGroup::Finished => messages::FINISHED,
    }
}

/// Shows how to start a job. Its picture comes from the style sheet.
fn empty(lang: Lang) -> String {
    let head = messages::EMPTY_HEAD.get(lang);
    let line = messages::EMPTY_LINE.get(lang);
    format!(r#"<div class="panel-empty"><p class="empty-head">{head}</p><p>{line}</p></div>"#)
}

/// When everything will be done. The server renders how long that takes, since it does not know the user's time zone; a
/// live page shows the time of day.
fn foot(tray: Tray, is_live: bool) -> Vec<ListItem> {
    let lang = tray.lang;
    let now = tray.clock.now.get();
    let text = tray.until_all_done().map(|left| {
        let clock = is_live.then(|| browser::local_time(now.after(left), lang.as_str()));
        match clock.flatten() {
            Some(clock) => messages::ALL_DONE_AT.fill(lang, "t", clock),
            None => messages::ALL_DONE_IN.fill(lang, "t", approximate(left)),
        }
    });
    let text = text.unwrap_or_default();
    let all_jobs = link("", pages::JOBS, messages::ALL_JOBS.get(lang), "");
    vec![
        ListItem::new("done", format!(r#"<span class="all-done">{text}</span>"#)),
        ListItem::new("all", all_jobs),
    ]
}
