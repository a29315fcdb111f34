//! The settings page while it is live: saves each change at once, and lets the user test their alerts. The server
//! renders the whole page; this adds what only the browser knows.

use super::alert_notes::{AlertNote, NoteGroup};
use crate::browser::{self, Audio, DomEvent, Permission, Reply};
use crate::i18n::tray as messages;
use crate::live::Message;
use crate::navigation::form_state;
use crate::routes::attributes::{PREVIEW, UNTIL};
use crate::routes::{SETTINGS_FORM, TEST_ALERTS, UNTIL_MORNING};
use crate::settings::{Settings, Sound};
use crate::tray::reactive::{effect, keep_listeners};
use crate::tray::{Tray, alert_test};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// The field with the language.
const LANGUAGE: &str = "lang";

/// The number of saves that were not answered yet.
type PendingSaves = Rc<Cell<u32>>;

/// Saves each change when it is made, shows those that were made in another tab, and tests the alerts.
pub fn save_changes() -> AnyView {
    let tray = expect_context::<Tray>();
    let pending = PendingSaves::default();
    let mut first = Some(Rc::clone(&pending));
    effect(move || {
        if let Some(pending) = first.take() {
            start(tray, pending);
        }
    });
    let mut is_first = true;
    effect(move || {
        tray.settings.track();
        // The form shows this tab's own changes already.
        if !std::mem::take(&mut is_first) && pending.get() == 0 {
            tray.navigation.renew_forms(SETTINGS_FORM);
        }
    });
    ().into_any()
}

fn start(tray: Tray, pending: PendingSaves) {
    let morning = format!("[{UNTIL}={UNTIL_MORNING}]");
    browser::set_attribute(&morning, "value", &browser::next_morning());
    show_remedy(tray);
    if browser::is_form_changed(SETTINGS_FORM) {
        // The user changed something before this ran, perhaps the language.
        save(tray, &pending, LANGUAGE.to_owned());
    }
    let listener = browser::on_event(&["change", "click"], move |event| {
        if event.is_within(&format!("#{TEST_ALERTS}")) {
            test(tray);
        } else if event.is_within(SETTINGS_FORM) {
            form_event(tray, &pending, &event);
        }
    });
    keep_listeners(vec![listener]);
}

fn form_event(tray: Tray, pending: &PendingSaves, event: &DomEvent) {
    match (event.name().as_str(), event.closest_attribute("name")) {
        ("change", Some(field)) => save(tray, pending, field),
        ("click", _) => {
            if let Some(field) = event.closest_attribute(PREVIEW) {
                play_sound_of(tray, &field);
            }
        }
        _ => {}
    }
}

/// Saves the form after a field was changed.
fn save(tray: Tray, pending: &PendingSaves, field: String) {
    if field == "desktop" && browser::field_value(&field).is_some() {
        browser::ask_permission(move |_| show_remedy(tray));
    }
    pending.set(pending.get() + 1);
    let pending = Rc::clone(pending);
    browser::post_form(SETTINGS_FORM, move |reply| {
        if let Some(settings) = read(reply) {
            if field == LANGUAGE {
                // A document has one language.
                return browser::reload();
            }
            tray.apply(Message::Settings {
                settings: Box::new(settings),
            });
            form_state::show_saved(SETTINGS_FORM, messages::SAVED.get(tray.lang));
            show_remedy(tray);
            demonstrate(tray, &field);
        } else {
            form_state::show_not_saved(SETTINGS_FORM);
        }
        // Only after the effects that follow the settings have run.
        browser::after(Duration::ZERO, move || pending.set(pending.get() - 1)).forget();
    });
}

/// Lets the user see or hear what they have just changed.
fn demonstrate(tray: Tray, field: &str) {
    match field {
        "toast_seconds" => alert_test::show_toast(tray),
        "volume" => play_sound_of(tray, "success_sound"),
        field if field.contains("_sound") => play_sound_of(tray, field),
        _ => {}
    }
}

fn read(reply: Option<Reply>) -> Option<Settings> {
    let reply = reply.filter(|reply| reply.ok)?;
    serde_json::from_str(&reply.text).ok()
}

/// Plays the sound that is selected in a field, or the default sound.
fn play_sound_of(tray: Tray, field: &str) {
    let selected = browser::field_value(field).and_then(|name| Sound::parse(&name));
    let sound = selected.unwrap_or_else(|| tray.settings.with_untracked(|all| all.success_sound));
    alert_test::play(tray, sound, |_| {});
}

/// Shows what blocks the notifications that the user wants.
fn show_remedy(tray: Tray) {
    let is_on = tray.settings.with_untracked(|settings| settings.desktop);
    let remedy = desktop_blocked(browser::permission()).filter(|_| is_on);
    NoteGroup::Remedy.show_only(remedy.as_slice());
}

/// What blocks desktop notifications; none where they are permitted.
fn desktop_blocked(permission: Permission) -> Option<AlertNote> {
    match permission {
        Permission::Granted => None,
        Permission::Unasked => Some(AlertNote::DesktopUnasked),
        Permission::Denied => Some(AlertNote::DesktopDenied),
        Permission::Insecure => Some(AlertNote::DesktopInsecure),
        Permission::Missing => Some(AlertNote::DesktopMissing),
    }
}

/// Delivers an alert by each method as a real one would be delivered, and shows which of them worked.
fn test(tray: Tray) {
    let settings = tray.settings.get_untracked();
    alert_test::show_toast(tray);
    alert_test::play(tray, settings.success_sound, move |audio| {
        NoteGroup::Found.show_only(&test_results(tray, &settings, audio));
    });
}

/// The result of each method. Shows the desktop notification where nothing blocks it.
fn test_results(tray: Tray, settings: &Settings, audio: Audio) -> Vec<AlertNote> {
    let sound = match audio {
        Audio::Missing => AlertNote::SoundMissing,
        _ if !settings.sound => AlertNote::SoundOff,
        Audio::Blocked => AlertNote::SoundBlocked,
        Audio::Ready if settings.volume == 0 => AlertNote::SoundSilent,
        Audio::Ready => AlertNote::Sound,
    };
    let desktop = match desktop_blocked(browser::permission()) {
        Some(remedy) => remedy,
        None if !settings.desktop => AlertNote::DesktopOff,
        None => {
            alert_test::notify(tray);
            AlertNote::Desktop
        }
    };
    let mut results = vec![AlertNote::Toast, sound, desktop];
    if settings.is_muted(tray.clock.now.get_untracked()) {
        results.push(AlertNote::Muted);
    }
    results
}
