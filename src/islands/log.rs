//! The log of a job, which grows while the job runs.

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

/// The lines so far, and new ones whenever the job changes.
#[component]
pub fn Log(id: JobId, first: LogPage) -> impl IntoView {
    let lang = use_lang();
    let tray = expect_context::<Tray>();
    let lines = RwSignal::new(items(first.lines));
    let job = id.clone();
    let reader = Rc::new(LogReader {
        id,
        lines,
        next: Cell::new(first.next),
        is_reading: Cell::new(false),
        read_again: Cell::new(false),
    });
    let mut known = None;
    effect(move || {
        let version = tray.job(&job).map(|job| job.version);
        if version.is_some() && known != version {
            reader.read_on();
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

/// Reads a log to its end, again and again.
struct LogReader {
    id: JobId,
    lines: RwSignal<Vec<ListItem>>,
    /// The number after that of the last line.
    next: Cell<u64>,
    is_reading: Cell<bool>,
    /// The job changed during a request, and the response may be older than that.
    read_again: Cell<bool>,
}

impl LogReader {
    fn read_on(self: &Rc<Self>) {
        self.read_again.set(self.is_reading.get());
        if self.is_reading.replace(true) {
            return;
        }
        let this = Rc::clone(self);
        spawn_local(async move {
            while let Some(part) = fetch(&this.id, this.next.get()).await {
                let is_empty = part.lines.is_empty();
                this.next.set(part.next);
                let updated = this
                    .lines
                    .try_update(|lines| lines.extend(items(part.lines)));
                // The user may have left the page meanwhile.
                if updated.is_none() || is_empty && !this.read_again.take() {
                    break;
                }
            }
            this.is_reading.set(false);
        });
    }
}

/// The part of the log after a line.
async fn fetch(id: &JobId, after: u64) -> Option<LogPage> {
    let reply = browser::get(format!("{}?after={after}", job_logs(id))).await?;
    serde_json::from_str(&reply.text).ok()
}

fn items(lines: Vec<LogLine>) -> Vec<ListItem> {
    lines.into_iter().map(item).collect()
}

fn item(line: LogLine) -> ListItem {
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
