//! The bell of a job: whether its owner is alerted when it ends. A button beside the job's other buttons switches it on
//! and off; the job's own page has all options.

use super::html::{escape, icon};
use super::icons;
use super::keyed_list::KeyedList;
use super::list_item::ListItem;
use crate::browser::DomEvent;
use crate::i18n::{Lang, Translation, tray as messages};
use crate::job::{JobId, Notify};
use crate::routes::attributes::{CHOSEN, JOB_ID, KEY};
use crate::tray::actions::{NOTIFY_FIELD, SetNotify};
use crate::tray::handle::Tray;
use crate::tray::requests;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::fmt::Write;

/// The attribute with the value that the bell's button sends.
pub const NEXT: &str = "data-notify";

/// The button that switches the bell. `described_by` is the id of the element that names the job.
pub fn bell_button(lang: Lang, id: &JobId, notify: Notify, described_by: &str) -> String {
    let (next, label) = match notify {
        Notify::Never => (Notify::Default, messages::BELL_ON),
        _ => (Notify::Never, messages::BELL_OFF),
    };
    let (action, next, label) = (SetNotify::PATH, next.as_str(), label.get(lang));
    let (current, picture) = (notify.as_str(), icon(picture(notify)));
    format!(
        r#"<form method="post" action="{action}" {KEY}="bell" data-bell="{current}" {NEXT}="{next}"><input type="hidden" name="job_id" value="{id}"><input type="hidden" name="{NOTIFY_FIELD}" value="{next}"><button class="icon-button bell" type="submit" aria-label="{label}" aria-describedby="{described_by}" title="{label}">{picture}</button></form>"#
    )
}

/// All options. A live page saves an option as soon as it is selected; without scripts there is a button. `first` is the
/// option at the time when the page was rendered.
#[component]
pub fn Bell(id: JobId, first: Notify) -> impl IntoView {
    let tray = expect_context::<Tray>();
    let items = move || {
        let job = tray.job(&id);
        if job.as_ref().is_some_and(|job| job.state.is_finished()) {
            return Vec::new();
        }
        let notify = job.map_or(first, |job| job.notify);
        vec![ListItem::new("bell", options(tray.lang, &id, notify))]
    };
    view! { <KeyedList tag="div" class="bell-slot" items=Box::new(items) /> }
}

/// Saves the option that was selected.
pub fn selected(tray: Tray, event: &DomEvent) {
    let selected = event
        .selected_value()
        .filter(|_| event.is_within(".bell-choice"));
    if let Some((notify, id)) = selected.zip(event.closest_attribute(JOB_ID)) {
        let list = event.clone();
        requests::set_notify(tray, &id, &notify, move || list.reset_selection(CHOSEN));
    }
}

fn options(lang: Lang, id: &JobId, current: Notify) -> String {
    let action = SetNotify::PATH;
    let (label, save) = (messages::BELL.get(lang), messages::BELL_SAVE.get(lang));
    let picture = icon(picture(current));
    let mut options = String::new();
    for notify in Notify::ALL {
        let text = escape(option_text(notify).get(lang));
        let selected = if notify == current { " selected" } else { "" };
        let value = notify.as_str();
        // Writing to a string cannot fail.
        let _ = write!(
            options,
            r#"<option value="{value}"{selected}>{text}</option>"#
        );
    }
    let current = current.as_str();
    format!(
        r#"<form class="bell-choice" method="post" action="{action}" {JOB_ID}="{id}"><input type="hidden" name="job_id" value="{id}"><label>{picture}<span>{label}</span><select name="{NOTIFY_FIELD}" {CHOSEN}="{current}">{options}</select></label><button class="button small" type="submit">{save}</button></form>"#
    )
}

const fn picture(notify: Notify) -> &'static str {
    match notify {
        Notify::Default => icons::BELL,
        Notify::Always | Notify::Failures => icons::BELL_ON,
        Notify::Never => icons::BELL_OFF,
    }
}

const fn option_text(notify: Notify) -> Translation {
    match notify {
        Notify::Default => messages::BELL_DEFAULT,
        Notify::Always => messages::BELL_ALWAYS,
        Notify::Failures => messages::BELL_FAILURES,
        Notify::Never => messages::BELL_NEVER,
    }
}
