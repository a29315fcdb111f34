//! Toasts in the corner of the page, and what came while nobody looked. Never the only trace: the
//! panel keeps all of it. They are silent to screen readers, which the announcer speaks to.

use super::actions::Deed;
use super::button::PANEL;
use super::effects::{follow, keep};
use super::html::{button, escape, icon, link};
use super::pieces::Pieces;
use super::toast_list::{About, Toast, ToastList};
use super::{Tray, alerts, buttons, icons, line};
use crate::browser::{self, Piece, Timer, Touch};
use crate::job::{Job, JobId, JobState, Timestamp};
use crate::words::{Lang, job as texts, tray as say};
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::Arc;

/// Between two looks at which toast's time is over.
const TICK_MILLIS: u32 = 200;
/// A machine that slept, or whose clock was set, has shown no toast meanwhile.
const LONGEST_TICK: f64 = 1_000.0;
/// The key that leads to the toasts.
const KEY: &str = "F8";
/// Rows of a digest; the rest is in the panel.
const DIGEST_ROWS: usize = 4;
/// A summary of more jobs draws their links when somebody unfolds it.
const DRAWN: usize = 20;
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
        <section id="toasts" class="toasts" aria-label=say::TOASTS.fill(lang, "key", KEY)>
            <Pieces tag="div" class="toast-list" of=Box::new(move || pieces(tray)) />
        </section>
    }
}

/// What came while nobody looked, how many more there are, and the toasts that have room.
fn pieces(tray: Tray) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let Some(html) = digest(tray) {
        pieces.push(Piece::new(DIGEST, html));
    }
    let taken = pieces.len();
    tray.toasts.with(|list| {
        let hidden = list.hidden(taken);
        if hidden > 0 {
            let words = say::MORE_TOASTS.fill(tray.lang, "n", hidden);
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

/// Time passes for toasts in front of somebody who is not reading one of them.
fn pass_time(tray: Tray, held: RwSignal<bool>) {
    let mut timer = None::<Timer>;
    let passing = Memo::new(move |_| {
        tray.visible.get() && !held.get() && tray.toasts.with(ToastList::is_passing)
    });
    follow(move || {
        let next = passing.get().then(|| {
            let mut before = alerts::millis();
            browser::every(TICK_MILLIS, move || {
                let now = alerts::millis();
                let mut gone = Vec::new();
                tray.toasts.maybe_update(|list| {
                    gone = list.pass((now - before).clamp(0.0, LONGEST_TICK));
                    !gone.is_empty()
                });
                before = now;
                alerts::told(&gone);
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
                "pointerover" | "focusin" => super::set(held, within),
                "focusout" => super::set(held, false),
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
        (Some("retry"), Some(id)) => buttons::send(tray, &id, Deed::Retry),
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
        alerts::told(&gone);
    }
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
            let head = escape(&say::DONE_MANY.fill(lang, "n", jobs.len()));
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
            let words = say::CANCELLED_NAME.fill(lang, "name", texts::name(lang, job));
            let undo = button("chip", "retry", "", say::UNDO.say(lang));
            (icons::STOPPED, named(&words), undo)
        }
        About::Test => (icons::TICK, named(say::TEST_TOAST.say(lang)), String::new()),
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
        let retry = button("chip", "retry", "", say::RETRY.say(lang));
        (icons::WARNING, say::TOAST_FAILED, why, retry)
    } else {
        let act = job.next_link().map(|next| {
            let words = texts::action(next.action).say(lang);
            link(lang, job, "chip", Some(words))
        });
        (
            icons::TICK,
            say::TOAST_READY,
            line::took(lang, job),
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
    let label = say::DISMISS.say(lang);
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
        open_panel("quiet", &say::MORE_TOASTS.fill(lang, "n", hidden))
    } else {
        String::new()
    };
    let seen = button("chip", "seen", "", say::SEEN_ALL.say(lang));
    Some(format!(
        r#"<article class="toast digest" {TOAST}="{DIGEST}"><div class="toast-text">{}{}<div class="toast-acts">{seen}{more}</div></div>{}</article>"#,
        named(say::AWAY.say(lang)),
        links(lang, of(true).chain(of(false)).take(DIGEST_ROWS)),
        close(lang),
    ))
}
