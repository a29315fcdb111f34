//! The test of alerts, and what blocks them. Only a live page can find out.

use crate::i18n::{Lang, Translation, pages as messages};
use crate::islands::{AlertNote, NoteGroup, use_lang};
use crate::routes::TEST_ALERTS;
use crate::routes::attributes::NOTE;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

/// What may block desktop notifications, and what to do about it.
const REMEDIES: [(AlertNote, Translation); 4] = [
    (AlertNote::DesktopUnasked, messages::DESKTOP_NOT_ASKED),
    (AlertNote::DesktopDenied, messages::DESKTOP_DENIED),
    (AlertNote::DesktopInsecure, messages::DESKTOP_INSECURE),
    (AlertNote::DesktopMissing, messages::DESKTOP_MISSING),
];
/// The results of a test.
const FOUND: [(AlertNote, Translation); 9] = [
    (AlertNote::Toast, messages::TESTED_TOAST),
    (AlertNote::Sound, messages::TESTED_SOUND),
    (AlertNote::SoundSilent, messages::TESTED_SILENT),
    (AlertNote::SoundOff, messages::TESTED_SOUND_OFF),
    (AlertNote::SoundBlocked, messages::TESTED_SOUND_BLOCKED),
    (AlertNote::SoundMissing, messages::TESTED_SOUND_MISSING),
    (AlertNote::Desktop, messages::TESTED_DESKTOP),
    (AlertNote::DesktopOff, messages::TESTED_DESKTOP_OFF),
    (AlertNote::Muted, messages::TESTED_MUTED),
];

/// What blocks the desktop notifications that the user wants.
pub fn remedies() -> AnyView {
    notes(NoteGroup::Remedy, &REMEDIES)
}

/// All notes of a group, hidden.
fn notes(group: NoteGroup, all: &[(AlertNote, Translation)]) -> AnyView {
    let lang = use_lang();
    let notes = all.iter().map(|(note, text)| {
        view! {
            <p {..custom_attribute(NOTE, group.value_of(*note))} hidden>
                {text.get(lang)}
            </p>
        }
    });
    notes.collect_view().into_any()
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
                {notes(NoteGroup::Found, &FOUND)}
                {notes(NoteGroup::Found, &REMEDIES)}
            </div>
        </section>
    }
    .into_any()
}
