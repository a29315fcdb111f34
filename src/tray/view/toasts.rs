//! Toasts in the corner of the page, and the digest of what ended while nobody looked. The panel has all of it too.
//! Toasts are not a live region, because the announcer announces the same jobs.
//!
//! # Layout
//! - [`items`]: the digest, and the toasts for which there is room
//! - [`digest`], [`toast`]: their HTML

mod digest;
mod items;
mod toast;

use super::keyed_list::KeyedList;
use crate::browser::every;
use crate::browser::{self, DomEvent, Timer};
use crate::i18n::tray as messages;
use crate::job::{JobCommand, JobId, Timestamp};
use crate::routes::attributes::JOB_ID;
use crate::routes::ids::TRAY_PANEL;
use crate::tray::alerts::toast_list::ToastList;
use crate::tray::handle::Tray;
use crate::tray::live::clock::monotonic;
use crate::tray::model::times::since;
use crate::tray::reactive::{effect, keep_listeners, set_if_changed};
use crate::tray::requests;
use digest::DIGEST;
use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;
use toast::TOAST;

/// The time between two checks for expired toasts.
const CHECK_INTERVAL: Duration = Duration::from_millis(200);
/// Longest step of the countdown, so that time asleep does not expire toasts.
const MAX_STEP: Duration = Duration::from_secs(1);
/// The key that moves the focus to the toasts.
const KEY: &str = "F8";
/// A user who was away for longer gets a digest.
const AWAY: Duration = Duration::from_mins(5);
/// How far to the side a swipe must go to dismiss a toast, in pixels.
const SWIPE: i32 = 60;
/// The region of all toasts.
const REGION: &str = "#toasts";

#[component]
pub fn Toasts() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = tray.lang;
    let held = RwSignal::new(false);
    let items = move || items::items(tray);
    pass_time(tray, held);
    show_digest_on_return(tray);
    listen(tray, held);
    view! {
        <section id="toasts" class="toasts" aria-label=messages::TOASTS.fill(lang, "key", KEY)>
            <KeyedList tag="div" class="toast-list" items=Box::new(items) />
        </section>
    }
}

/// Counts the toasts down while the page is visible and they are not `held`, that is, neither the pointer nor the focus
/// is in one of them.
fn pass_time(tray: Tray, held: RwSignal<bool>) {
    let toasts = tray.alerts.toasts;
    let mut timer = None::<Timer>;
    let is_passing = Memo::new(move |_| {
        tray.visible.get() && !held.get() && toasts.with(ToastList::has_expiring)
    });
    effect(move || {
        let next = is_passing.get().then(|| {
            let mut before = monotonic();
            every(CHECK_INTERVAL, move || {
                let now = monotonic();
                let mut expired = Vec::new();
                toasts.maybe_update(|list| {
                    expired = list.pass(now.since(before).min(MAX_STEP));
                    !expired.is_empty()
                });
                before = now;
                tray.toasts_dismissed(&expired);
            })
        });
        // Dropping the previous timer stops it.
        drop(std::mem::replace(&mut timer, next));
    });
}

/// Shows a digest of unseen jobs in a new document, and when the user returns after a while.
fn show_digest_on_return(tray: Tray) {
    // A new document counts as a return after any time.
    let mut hidden_since = Some(Timestamp::default());
    effect(move || {
        let visible = tray.visible.get();
        // The wall clock goes on while the machine sleeps.
        let Some(now) = browser::now() else { return };
        let away = hidden_since.filter(|_| visible);
        let away = away.map(|hidden| since(hidden, now));
        if let Some(away) = away.filter(|away| *away > AWAY) {
            let ids = unseen(tray, away);
            (tray.alerts.toasts).update(|list| ids.iter().for_each(|id| list.remove_job(id)));
            tray.alerts.missed.set(ids);
        }
        hidden_since = (!visible).then(|| hidden_since.unwrap_or(now));
    });
}

/// The user's unseen jobs that ended within that time.
fn unseen(tray: Tray, within: Duration) -> Vec<JobId> {
    tray.tick();
    let now = tray.clock.now.get_untracked();
    let jobs = tray.own_unseen_jobs(|job| since(job.ended_at(), now) < within);
    jobs.iter().map(|job| job.job_id.clone()).collect()
}

fn listen(tray: Tray, held: RwSignal<bool>) {
    effect(move || {
        let swipe_start = Cell::new(None::<i32>);
        let on_event = move |event: DomEvent| {
            let is_within = event.is_within(REGION);
            match event.name().as_str() {
                "pointerover" | "focusin" => set_if_changed(held, is_within),
                "focusout" => set_if_changed(held, false),
                "pointerdown" => swipe_start.set(event.swipe_x().filter(|_| is_within)),
                "pointerup" => {
                    let swipe = swipe_start.get().zip(event.swipe_x());
                    if swipe.is_some_and(|(from, to)| (to - from).abs() > SWIPE) {
                        dismiss(tray, event.closest_attribute(TOAST));
                    }
                }
                // A click on a link to a job in the panel marks it as seen too.
                _ if is_within || event.is_within(&format!("#{TRAY_PANEL}")) => {
                    clicked(tray, &event);
                }
                _ => {}
            }
        };
        keep_listeners(vec![
            browser::on_key(KEY, || {
                browser::focus_on("#toasts [data-toast] :is(a, button, summary)");
            }),
            browser::on_key("Escape", move || dismiss_one(tray)),
            browser::on_event(
                &[
                    "pointerover",
                    "focusin",
                    "focusout",
                    "pointerdown",
                    "pointerup",
                    "click",
                ],
                on_event,
            ),
        ]);
    });
}

fn clicked(tray: Tray, event: &DomEvent) {
    let id = event.closest_attribute(JOB_ID);
    let id = id.and_then(|id| JobId::parse(&id).ok());
    match (event.closest_attribute("data-action").as_deref(), id) {
        (Some("dismiss"), _) => dismiss(tray, event.closest_attribute(TOAST)),
        (Some("seen"), _) => requests::mark_seen(tray, &tray.alerts.missed.get_untracked()),
        _ if event.is_within("summary") => {
            let key = event
                .closest_attribute(TOAST)
                .and_then(|key| key.parse().ok());
            if let Some(key) = key {
                tray.alerts.toasts.update(|list| list.unfold(key));
            }
        }
        (Some("retry"), Some(id)) => requests::send_command(tray, &id, JobCommand::Retry),
        // Following the link to a job shows how it ended.
        (None, Some(id)) if event.is_within("a") => requests::mark_seen(tray, &[id]),
        _ => {}
    }
}

/// Dismisses the toast that has the focus, else the latest one. Escape closes an open panel or dialog first.
fn dismiss_one(tray: Tray) {
    if tray.panel_open.get_untracked() || tray.confirming.with_untracked(Option::is_some) {
        return;
    }
    let latest = || {
        let list = tray.alerts.toasts.read_untracked();
        Some(list.shown(0).last()?.key.to_string())
    };
    dismiss(tray, browser::focused_within(TOAST).or_else(latest));
}

fn dismiss(tray: Tray, toast: Option<String>) {
    let Some(toast) = toast else { return };
    if toast == DIGEST {
        tray.alerts.missed.set(Vec::new());
    } else if let Ok(key) = toast.parse() {
        let mut dismissed = Vec::new();
        (tray.alerts.toasts).update(|list| dismissed = list.dismiss(key));
        tray.toasts_dismissed(&dismissed);
    }
}
