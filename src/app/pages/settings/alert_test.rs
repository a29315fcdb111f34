//! The test of alerts, and what blocks them. Only a live page can find out.

use crate::i18n::{Lang, Translation, pages as messages};
use crate::islands::use_lang;
use crate::routes::TEST_ALERTS;
use crate::routes::attributes::NOTE;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

/// What may block desktop notifications, by the names that `islands::settings` uses, and what to do.
const REMEDIES: [(&str, Translation); 4] = [
    ("unasked", messages::DESKTOP_UNASKED),
    ("denied", messages::DESKTOP_DENIED),
    ("insecure", messages::DESKTOP_INSECURE),
    ("missing", messages::DESKTOP_MISSING),
];
/// The results of a test, by the names that `islands::settings` uses.
const FOUND: [(&str, Translation); 9] = [
    ("toast", messages::TESTED_TOAST),
    ("sound", messages::TESTED_SOUND),
    ("silent", messages::TESTED_SILENT),
    ("sound-off", messages::TESTED_SOUND_OFF),
    ("sound-blocked", messages::TESTED_SOUND_BLOCKED),
    ("sound-missing", messages::TESTED_SOUND_MISSING),
    ("desktop", messages::TESTED_DESKTOP),
    ("desktop-off", messages::TESTED_DESKTOP_OFF),
    ("muted", messages::TESTED_MUTED),
];

/// What blocks the desktop notifications that the user wants.
pub fn remedies() -> AnyView {
    notes("remedy", &REMEDIES)
}

/// Renders all sentences hidden; a live page shows those that apply.
fn notes(of: &'static str, all: &[(&'static str, Translation)]) -> AnyView {
    let lang = use_lang();
    let lines = all.iter().map(|(name, text)| {
        view! {
            <p {..custom_attribute(NOTE, format!("{of} {name}"))} hidden>
                {text.get(lang)}
            </p>
        }
    });
    lines.collect_view().into_any()
}

/// The section of the page.
pub fn alert_test(lang: Lang) -> AnyView {
    view! {
        <section class="panel-box settings when-live" aria-labelledby="settings-test">
            <h2 id="settings-test">{messages::TEST_TITLE.get(lang)}</h2>
            <p class="hint">{messages::TEST_LINE.get(lang)}</p>
            <button class="button" type="button" id=TEST_ALERTS>
                {messages::TEST.get(lang)}
            </button>
            <div class="found" role="status">
                {notes("found", &FOUND)}
                {notes("found", &REMEDIES)}
            </div>
        </section>
    }
    .into_any()
}
