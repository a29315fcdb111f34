//! A job's log, which follows the job while somebody looks.

use super::use_lang;
use crate::browser;
use crate::job::{JobId, LogLine, LogPage, Stream};
use crate::tray::live::{flag, follow};
use crate::tray::{EachRow, Row, Tray};
use crate::words::pages as say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// The lines so far, and each new one when the job changes.
#[component]
pub fn Log(id: JobId, first: LogPage) -> impl IntoView {
    let lang = use_lang();
    let job = expect_context::<Tray>().job(id.clone());
    let lines = RwSignal::new(first.lines);
    let reading = Rc::new(Reading {
        id,
        lines,
        next: Cell::new(first.next),
        asking: Cell::new(false),
        again: Cell::new(false),
    });
    let mut known = None;
    follow(move || {
        let version = job.with(|job| job.as_ref().map(|job| job.version));
        if version.is_some() && known != version {
            reading.ask();
        }
        known = version;
    });
    let rows = move || lines.with(|lines| lines.iter().map(|line| Row::Line(line.seq)).collect());
    view! {
        <div class="log" tabindex="0" role="log" aria-labelledby="log" aria-live="off">
            <p class="empty" hidden=flag(move || lines.with(|lines| !lines.is_empty()))>
                {say::NO_LOG.say(lang)}
            </p>
            <ol role="list">
                <EachRow rows=Box::new(rows) draw=Arc::new(move |row| draw(lines, row)) />
            </ol>
        </div>
    }
    .into_any()
}

/// A log that is read to its end, again and again.
struct Reading {
    id: JobId,
    lines: RwSignal<Vec<LogLine>>,
    next: Cell<u64>,
    asking: Cell<bool>,
    /// The job moved while an answer was on its way, which may not know of it.
    again: Cell<bool>,
}

impl Reading {
    fn ask(self: &Rc<Self>) {
        self.again.set(self.asking.get());
        if self.asking.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            while let Some(part) = read(&this.id, this.next.get()).await {
                let news = !part.lines.is_empty();
                this.next.set(part.next);
                let there = this.lines.try_update(|lines| lines.extend(part.lines));
                // The page may be left meanwhile.
                if there.is_none() || !news && !this.again.take() {
                    break;
                }
            }
            this.asking.set(false);
        });
    }
}

/// The part of the log after a line.
async fn read(id: &JobId, after: u64) -> Option<LogPage> {
    let reply = browser::get(format!("/api/v1/jobs/{id}/logs?after={after}")).await?;
    serde_json::from_str(&reply.text).ok()
}

fn draw(lines: RwSignal<Vec<LogLine>>, row: Row) -> AnyView {
    let found = lines.with_untracked(|lines| {
        let Row::Line(seq) = row else { return None };
        let at = lines.binary_search_by_key(&seq, |line| line.seq).ok()?;
        lines.get(at).cloned()
    });
    let Some(line) = found else {
        return ().into_any();
    };
    let at = line.at.to_string();
    let clock = at.get(11..23).unwrap_or_default().to_owned();
    view! {
        <li class=(line.stream == Stream::Stderr).then_some("stderr")>
            <time datetime=at>{clock}</time>
            <span dir="auto">{line.text}</span>
        </li>
    }
    .into_any()
}
