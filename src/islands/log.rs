//! A job's log, which follows the job while somebody looks.

use super::use_lang;
use crate::browser;
use crate::job::{JobId, LogLine, LogPage, Stream};
use crate::tray::Tray;
use crate::words::pages as say;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The lines so far, and each new one when the job changes.
#[component]
pub fn Log(id: JobId, first: LogPage) -> impl IntoView {
    let lang = use_lang();
    let job = expect_context::<Tray>().job(id.clone());
    let next = StoredValue::new(first.next);
    let lines = RwSignal::new(first.lines);
    let asking = StoredValue::new(false);
    // The job moved while an answer was on its way, which may not know of it.
    let again = StoredValue::new(false);
    let ask = move || {
        again.set_value(asking.get_value());
        if again.get_value() {
            return;
        }
        asking.set_value(true);
        let id = id.clone();
        spawn_local(async move {
            // The page may be left meanwhile.
            while let Some(after) = next.try_get_value() {
                let Some(part) = read(&id, after).await else {
                    break;
                };
                let news = !part.lines.is_empty();
                next.try_set_value(part.next);
                lines.try_update(|lines| lines.extend(part.lines));
                if !news && again.try_update_value(std::mem::take) != Some(true) {
                    break;
                }
            }
            asking.try_set_value(false);
        });
    };
    let version = Memo::new(move |_| job.with(|job| job.as_ref().map(|job| job.version)));
    Effect::new(move || {
        // Read, and not only tracked: a memo that nobody reads never learns what it depends on.
        if version.get().is_some() {
            ask();
        }
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

/// The part of the log after a line.
async fn read(id: &JobId, after: u64) -> Option<LogPage> {
    let reply = browser::get(format!("/api/v1/jobs/{id}/logs?after={after}")).await?;
    serde_json::from_str(&reply.text).ok()
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
