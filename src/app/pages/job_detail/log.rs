//! A job's log, which follows the job while somebody looks.

use crate::app::{Refusal, use_lang};
use crate::job::{Job, JobId, LogLine, LogPage, Stream};
use crate::words::pages as say;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos::task::spawn_local;
use std::sync::Arc;

#[server(prefix = "/forms", endpoint = "log", input = GetUrl)]
pub async fn read_log(id: JobId, after: u64) -> Result<LogPage, Refusal> {
    crate::app::request::log_part(&id, after).await
}

/// The lines so far, and each new one when the job changes.
#[component]
pub fn Log(id: JobId, job: Signal<Arc<Job>>, first: LogPage) -> impl IntoView {
    let lang = use_lang();
    let next = StoredValue::new(first.next);
    let lines = RwSignal::new(first.lines);
    let asking = StoredValue::new(false);
    let ask = move || {
        if asking.get_value() {
            return;
        }
        asking.set_value(true);
        let id = id.clone();
        spawn_local(async move {
            while let Some(after) = next.try_get_value() {
                let Ok(part) = read_log(id.clone(), after).await else {
                    break;
                };
                if part.lines.is_empty() || next.try_set_value(part.next).is_some() {
                    break;
                }
                lines.try_update(|lines| lines.extend(part.lines));
            }
            asking.try_set_value(false);
        });
    };
    let version = Memo::new(move |_| job.with(|job| job.version));
    Effect::new(move || {
        version.track();
        ask();
    });
    view! {
        <div class="log" tabindex="0" role="log" aria-labelledby="log" aria-live="off">
            <Show
                when=move || lines.with(|lines| !lines.is_empty())
                fallback=move || view! { <p class="empty">{say::NO_LOG.say(lang)}</p> }
            >
                <ol role="list">
                    <For each=move || lines.get() key=|line| line.seq children=line />
                </ol>
            </Show>
        </div>
    }
    .into_any()
}

fn line(line: LogLine) -> impl IntoView {
    let at = line.at.to_string();
    let clock = at.get(11..23).unwrap_or_default().to_owned();
    view! {
        <li class:stderr=line.stream == Stream::Stderr>
            <time datetime=at>{clock}</time>
            <span dir="auto">{line.text}</span>
        </li>
    }
}
