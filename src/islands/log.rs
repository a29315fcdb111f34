//! A job's log, which follows the job while somebody looks.

use super::use_lang;
use crate::browser;
use crate::i18n::pages as messages;
use crate::job::{JobId, LogLine, LogPage, Stream};
use crate::routes::job_logs;
use crate::tray::reactive::effect;
use crate::tray::{KeyedList, ListItem, Tray, escape};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;

/// The lines so far, and each new one when the job changes.
#[component]
pub fn Log(id: JobId, first: LogPage) -> impl IntoView {
    let lang = use_lang();
    let tray = expect_context::<Tray>();
    let lines = RwSignal::new(items(first.lines));
    let job = id.clone();
    let reading = Rc::new(Reading {
        id,
        lines,
        next: Cell::new(first.next),
        asking: Cell::new(false),
        again: Cell::new(false),
    });
    let mut known = None;
    effect(move || {
        let version = tray.job(&job).map(|job| job.version);
        if version.is_some() && known != version {
            reading.ask();
        }
        known = version;
    });
    view! {
        <div class="log" tabindex="0" role="log" aria-labelledby="log" aria-live="off">
            <KeyedList tag="ol" class="log-lines" items=Box::new(move || lines.get()) />
            <p class="empty">{messages::NO_LOG.get(lang)}</p>
        </div>
    }
    .into_any()
}

/// A log that is read to its end, again and again.
struct Reading {
    id: JobId,
    lines: RwSignal<Vec<ListItem>>,
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
                let there = this
                    .lines
                    .try_update(|lines| lines.extend(items(part.lines)));
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
    let reply = browser::get(format!("{}?after={after}", job_logs(id))).await?;
    serde_json::from_str(&reply.text).ok()
}

fn items(lines: Vec<LogLine>) -> Vec<ListItem> {
    lines.into_iter().map(draw).collect()
}

fn draw(line: LogLine) -> ListItem {
    let at = line.at.to_string();
    let clock = at.get(11..23).unwrap_or_default();
    let class = match line.stream {
        Stream::Stderr => "stderr",
        Stream::Stdout => "stdout",
    };
    let text = escape(&line.text);
    let html = format!(
        r#"<li class="{class}"><time datetime="{at}">{clock}</time><span dir="auto">{text}</span></li>"#
    );
    ListItem::new(line.seq.to_string(), html)
}
