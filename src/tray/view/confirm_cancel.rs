//! Asks for confirmation before a job that ran for long is cancelled.

use super::html::escape;
use super::keyed_list::KeyedList;
use super::list_item::ListItem;
use crate::browser::after;
use crate::browser::{self, DomEvent};
use crate::i18n::{job as texts, tray as messages};
use crate::job::{Job, JobCommand};
use crate::tray::handle::Tray;
use crate::tray::model::times;
use crate::tray::reactive::{effect, keep_listeners};
use crate::tray::requests;
use crate::tray::text::job_status::span;
use leptos::prelude::*;
use std::time::Duration;

const ID: &str = "sure";

/// A modal dialog with the question.
#[component]
pub fn ConfirmCancel() -> impl IntoView {
    let tray = expect_context::<Tray>();
    effect(move || {
        let is_open = tray.confirming.with(Option::is_some);
        // Only after the question was rendered.
        after(Duration::ZERO, move || browser::show_dialog(ID, is_open)).forget();
    });
    effect(move || {
        keep_listeners(vec![
            browser::on_event(&["click"], move |event| clicked(tray, &event)),
            // The close event of a dialog does not bubble to the window, so the key is handled.
            browser::on_key("Escape", move || tray.confirming.set(None)),
        ]);
    });
    let items = move || {
        let job = tray.confirming.get();
        job.iter().map(|job| question(tray, job)).collect()
    };
    view! {
        <dialog id=ID class="dialog" aria-labelledby="sure-what">
            <KeyedList tag="div" class="dialog-text" items=Box::new(items) />
        </dialog>
    }
}

fn clicked(tray: Tray, event: &DomEvent) {
    if event.is_within("#sure [data-action=cancel]") {
        if let Some(job) = tray.confirming.get_untracked() {
            requests::send_command(tray, &job.job_id, JobCommand::Cancel);
        }
        tray.confirming.set(None);
    } else if event.is_within("#sure [data-action=keep]") {
        tray.confirming.set(None);
    }
}

fn question(tray: Tray, job: &Job) -> ListItem {
    let lang = tray.lang;
    let ran = times::elapsed(job, tray.clock.now.get_untracked());
    let what = escape(&messages::CANCEL_WHAT.fill(lang, "name", texts::name(lang, job)));
    let ran = messages::CANCEL_RAN.fill(lang, "t", span(ran));
    let html = format!(
        r#"<div><h2 id="sure-what" dir="auto">{what}</h2><p>{ran}</p><div class="dialog-buttons"><button class="button" type="button" data-action="keep">{}</button><button class="button danger" type="button" data-action="cancel">{}</button></div></div>"#,
        messages::KEEP.get(lang),
        messages::CANCEL_NOW.get(lang),
    );
    ListItem::new(job.job_id.as_str(), html)
}
