//! The question before work of more than a minute is thrown away.

use super::actions::Deed;
use super::html::escape;
use super::live::{follow, keep};
use super::{Tray, buttons, line};
use crate::browser::{self, Touch};
use crate::job::Job;
use crate::words::{job as texts, time, tray as say};
use leptos::prelude::*;

const ID: &str = "sure";

/// Asked once, in a dialog that the platform shows before all else.
#[component]
pub fn Asking() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let html = Memo::new(move |_| {
        tray.asking
            .get()
            .map(|job| html(tray, &job))
            .unwrap_or_default()
    });
    follow(move || browser::show_dialog(ID, !html.with(String::is_empty)));
    follow(move || {
        let touched = move |touch: Touch| {
            if touch.is_within("#sure [data-act=cancel]")
                && let Some(job) = tray.asking.get_untracked()
            {
                buttons::send(tray, &job.job_id, Deed::Cancel);
                tray.asking.set(None);
            } else if touch.is_within("#sure [data-act=keep]") || touch.kind() == "close" {
                tray.asking.set(None);
            }
        };
        // A dialog's own end does not rise to the window: Escape is heard as a key.
        keep(vec![
            browser::on_touch(&["click"], touched),
            browser::on_key("Escape", move || tray.asking.set(None)),
        ]);
    });
    view! { <dialog id=ID class="dialog" aria-labelledby="sure-what" inner_html=html></dialog> }
}

fn html(tray: Tray, job: &Job) -> String {
    let lang = tray.lang;
    let ran = line::elapsed_seconds(job, tray.now.get_untracked());
    let what = escape(&say::CANCEL_WHAT.fill(lang, "name", texts::name(lang, job)));
    let ran = say::CANCEL_RAN.fill(lang, "t", time::span(ran));
    format!(
        r#"<h2 id="sure-what" dir="auto">{what}</h2><p>{ran}</p><div class="dialog-acts"><button class="button" type="button" data-act="keep">{}</button><button class="button danger" type="button" data-act="cancel">{}</button></div>"#,
        say::KEEP.say(lang),
        say::CANCEL_NOW.say(lang),
    )
}
