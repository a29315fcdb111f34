//! What only a live page can tell: whether alerts come through, and what is in their way.

use crate::islands::use_lang;
use crate::words::{Lang, Words, pages as say};
use leptos::prelude::*;

/// What may be in the way of notifications, by the names that the live page has for it, with what to do.
const REMEDIES: [(&str, Words); 4] = [
    ("unasked", say::DESKTOP_UNASKED),
    ("denied", say::DESKTOP_DENIED),
    ("insecure", say::DESKTOP_INSECURE),
    ("missing", say::DESKTOP_MISSING),
];
/// What a test may find, likewise.
const FOUND: [(&str, Words); 9] = [
    ("toast", say::TESTED_TOAST),
    ("sound", say::TESTED_SOUND),
    ("silent", say::TESTED_SILENT),
    ("sound-off", say::TESTED_SOUND_OFF),
    ("sound-blocked", say::TESTED_SOUND_BLOCKED),
    ("sound-missing", say::TESTED_SOUND_MISSING),
    ("desktop", say::TESTED_DESKTOP),
    ("desktop-off", say::TESTED_DESKTOP_OFF),
    ("muted", say::TESTED_MUTED),
];

/// What is in the way of notifications that the reader wants.
pub fn remedies() -> AnyView {
    notes("remedy", &REMEDIES)
}

/// Sentences of which a live page shows those that hold.
fn notes(of: &'static str, all: &[(&'static str, Words)]) -> AnyView {
    let lang = use_lang();
    let lines = all.iter().map(|(name, words)| {
        view! {
            <p data-note=format!("{of} {name}") hidden>
                {words.say(lang)}
            </p>
        }
    });
    lines.collect_view().into_any()
}

/// What only a live page can do.
pub fn trial(lang: Lang) -> AnyView {
    view! {
        <section class="panel-box settings when-live" aria-labelledby="settings-test">
            <h2 id="settings-test">{say::TEST_TITLE.say(lang)}</h2>
            <p class="hint">{say::TEST_LINE.say(lang)}</p>
            <button class="button" type="button" id="test-alerts">
                {say::TEST.say(lang)}
            </button>
            <div class="found" role="status">
                {notes("found", &FOUND)}
                {notes("found", &REMEDIES)}
            </div>
        </section>
    }
    .into_any()
}
