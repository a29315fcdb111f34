//! The question before work of more than a minute is thrown away.

use super::commands;
use super::html::escape;
use super::keyed_list::Pieces;
use crate::browser::{self, Piece, Touch};
use crate::i18n::{job as texts, time, tray as messages};
use crate::job::Job;
use crate::tray::actions::Deed;
use crate::tray::handle::Tray;
use crate::tray::reactive::{follow, keep};
use crate::tray::text::job_status;
use leptos::prelude::*;

const ID: &str = "sure";

/// Asked once, in a dialog that the platform shows before all else.
#[component]
pub fn Asking() -> impl IntoView {
    let tray = expect_context::<Tray>();
    follow(move || {
        // Once the question stands in it.
        let asked = tray.asking.with(Option::is_some);
        browser::after(0, move || browser::show_dialog(ID, asked)).forget();
    });
    follow(move || {
        let touched = move |touch: Touch| {
            if touch.is_within("#sure [data-act=cancel]")
                && let Some(job) = tray.asking.get_untracked()
            {
                commands::send(tray, &job.job_id, Deed::Cancel);
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
    let of = move || {
        let asked = tray.asking.get();
        asked.iter().map(|job| question(tray, job)).collect()
    };
    view! {
        <dialog id=ID class="dialog" aria-labelledby="sure-what">
            <Pieces tag="div" class="dialog-text" of=Box::new(of) />
        </dialog>
    }
}

fn question(tray: Tray, job: &Job) -> Piece {
    let lang = tray.lang;
    let ran = job_status::elapsed_seconds(job, tray.now.get_untracked());
    let what = escape(&messages::CANCEL_WHAT.fill(lang, "name", texts::name(lang, job)));
    let ran = messages::CANCEL_RAN.fill(lang, "t", time::span(ran));
    let html = format!(
        r#"<div><h2 id="sure-what" dir="auto">{what}</h2><p>{ran}</p><div class="dialog-acts"><button class="button" type="button" data-act="keep">{}</button><button class="button danger" type="button" data-act="cancel">{}</button></div></div>"#,
        messages::KEEP.get(lang),
        messages::CANCEL_NOW.get(lang),
    );
    Piece::new(job.job_id.as_str(), html)
}
