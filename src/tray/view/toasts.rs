//! Toasts in the corner of the page, and what came while nobody looked. Never the only trace: the
//! panel keeps all of it. They are silent to screen readers, which the announcer speaks to.

mod drawn;

use super::commands;
use super::keyed_list::Pieces;
use crate::browser::{self, Timer, Touch};
use crate::i18n::tray as messages;
use crate::job::{JobId, Timestamp};
use crate::tray::actions::Deed;
use crate::tray::alerts::dispatcher;
use crate::tray::alerts::toast_list::ToastList;
use crate::tray::handle::Tray;
use crate::tray::reactive::set;
use crate::tray::reactive::{follow, keep};
use leptos::prelude::*;
use std::cell::Cell;

/// Between two looks at which toast's time is over.
const TICK_MILLIS: u32 = 200;
/// A machine that slept, or whose clock was set, has shown no toast meanwhile.
const LONGEST_TICK: f64 = 1_000.0;
/// The key that leads to the toasts.
const KEY: &str = "F8";
/// Whoever was away for so long is told what came meanwhile.
const AWAY_SECONDS: f64 = 300.0;
/// A toast that was drawn so far to the side is dismissed, in pixels.
const SWIPE: i32 = 60;
/// The region of all toasts.
const REGION: &str = "#toasts";
/// The rows of the panel: to follow a link to a job is to have seen it, there and here.
const ROWS: &str = "#job-tray-panel";
/// What a toast is called in the page.
const TOAST: &str = "data-toast";
/// The toast with what came while nobody looked.
const DIGEST: &str = "digest";

#[component]
pub fn Toasts() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let lang = tray.lang;
    let held = RwSignal::new(false);
    pass_time(tray, held);
    notice_absence(tray);
    listen(tray, held);
    view! {
        <section id="toasts" class="toasts" aria-label=messages::TOASTS.fill(lang, "key", KEY)>
            <Pieces tag="div" class="toast-list" of=Box::new(move || drawn::pieces(tray)) />
        </section>
    }
}

/// Time passes for toasts in front of somebody who is not reading one of them.
fn pass_time(tray: Tray, held: RwSignal<bool>) {
    let mut timer = None::<Timer>;
    let passing = Memo::new(move |_| {
        tray.visible.get() && !held.get() && tray.toasts.with(ToastList::is_passing)
    });
    follow(move || {
        let next = passing.get().then(|| {
            let mut before = dispatcher::millis();
            browser::every(TICK_MILLIS, move || {
                let now = dispatcher::millis();
                let mut gone = Vec::new();
                tray.toasts.maybe_update(|list| {
                    gone = list.pass((now - before).clamp(0.0, LONGEST_TICK));
                    !gone.is_empty()
                });
                before = now;
                dispatcher::told(&gone);
            })
        });
        drop(std::mem::replace(&mut timer, next));
    });
}

/// A new document, or a reader who was away for long, begins with what nobody has seen.
fn notice_absence(tray: Tray) {
    // As if the reader had been away since clocks began.
    let mut hidden = Some(Timestamp::default());
    follow(move || {
        let visible = tray.visible.get();
        // A machine sleeps while nobody looks: the clock on the wall counts that.
        let Some(now) = browser::now() else { return };
        let away = hidden.filter(|_| visible);
        let away = away.map(|since| now.seconds_since(since));
        if let Some(away) = away.filter(|away| *away > AWAY_SECONDS) {
            let ids = unseen(tray, away);
            // They stand in the digest now.
            tray.toasts
                .update(|list| ids.iter().for_each(|id| list.forget(id)));
            tray.away.set(ids);
        }
        hidden = (!visible).then(|| hidden.unwrap_or(now));
    });
}

/// What the user has not seen of what ended within so many seconds.
fn unseen(tray: Tray, within: f64) -> Vec<JobId> {
    tray.tick();
    let now = tray.now.get_untracked();
    let jobs = tray.own_unseen_jobs(|job| now.seconds_since(job.ended_at()) < within);
    jobs.iter().map(|job| job.job_id.clone()).collect()
}

fn listen(tray: Tray, held: RwSignal<bool>) {
    follow(move || {
        let start = Cell::new(None::<i32>);
        let touched = move |touch: Touch| {
            let within = touch.is_within(REGION);
            match touch.kind().as_str() {
                "pointerover" | "focusin" => set(held, within),
                "focusout" => set(held, false),
                "pointerdown" => start.set(touch.finger().filter(|_| within)),
                "pointerup" => {
                    let way = start.get().zip(touch.finger());
                    if way.is_some_and(|(from, to)| (to - from).abs() > SWIPE) {
                        dismiss(tray, touch.nearest(TOAST));
                    }
                }
                _ if within || touch.is_within(ROWS) => click(tray, &touch),
                _ => {}
            }
        };
        keep(vec![
            browser::on_key(KEY, || {
                browser::focus_on("#toasts [data-toast] :is(a, button, summary)");
            }),
            browser::on_key("Escape", move || dismiss_one(tray)),
            browser::on_touch(
                &[
                    "pointerover",
                    "focusin",
                    "focusout",
                    "pointerdown",
                    "pointerup",
                    "click",
                ],
                touched,
            ),
        ]);
    });
}

/// Takes away the toast that the keyboard is in, else the latest one; an open panel or question is
/// closed first.
fn dismiss_one(tray: Tray) {
    if tray.open.get_untracked() || tray.asking.with_untracked(Option::is_some) {
        return;
    }
    let latest = || {
        let list = tray.toasts.read_untracked();
        Some(list.shown(0).last()?.key.to_string())
    };
    dismiss(tray, browser::focused_within(TOAST).or_else(latest));
}

fn click(tray: Tray, touch: &Touch) {
    let id = touch
        .nearest("data-job-id")
        .and_then(|id| JobId::parse(&id).ok());
    match (touch.nearest("data-act").as_deref(), id) {
        (Some("dismiss"), _) => dismiss(tray, touch.nearest(TOAST)),
        (Some("seen"), _) => tray.see(&tray.away.get_untracked()),
        _ if touch.is_within("summary") => {
            let key = touch.nearest(TOAST).and_then(|key| key.parse().ok());
            if let Some(key) = key {
                tray.toasts.update(|list| list.unfold(key));
            }
        }
        (Some("retry"), Some(id)) => commands::send(tray, &id, Deed::Retry),
        // To follow the link to it is to have seen it.
        (None, Some(id)) if touch.is_within("a") => tray.see(&[id]),
        _ => {}
    }
}

fn dismiss(tray: Tray, toast: Option<String>) {
    let Some(toast) = toast else { return };
    if toast == DIGEST {
        tray.away.set(Vec::new());
    } else if let Ok(key) = toast.parse() {
        let mut gone = Vec::new();
        tray.toasts.update(|list| gone = list.dismiss(key));
        dispatcher::told(&gone);
    }
}
