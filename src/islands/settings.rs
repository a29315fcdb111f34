//! The page of settings where it is live: each choice is kept at once, and can be tried. The server
//! draws all of it; this fills in what only the browser knows.

use super::alert_notes::{AlertNote, NoteGroup};
use crate::browser::{self, Audio, DomEvent, Permission, Reply};
use crate::i18n::tray as messages;
use crate::live::Message;
use crate::navigation::form_state;
use crate::routes::attributes::{PREVIEW, UNTIL};
use crate::routes::{SETTINGS_FORM, TEST_ALERTS};
use crate::settings::{Settings, Sound};
use crate::tray::reactive::{effect, keep_listeners};
use crate::tray::{Tray, alert_test};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// The value of the field that mutes until the reader's own morning.
const MORNING: &str = "morning";

/// Keeps each choice when it is made, shows those that were made elsewhere, and tries all of them.
pub fn keep_choices() -> AnyView {
    let tray = expect_context::<Tray>();
    // Answers that are on their way: what they say is known here.
    let saving = Rc::new(Cell::new(0_u32));
    let counted = Rc::clone(&saving);
    let mut counted = Some(counted);
    effect(move || {
        let Some(counted) = counted.take() else {
            return;
        };
        browser::set_attribute(
            &format!("[{UNTIL}={MORNING}]"),
            "value",
            &browser::next_morning(),
        );
        show_remedy(tray);
        if browser::is_form_changed(SETTINGS_FORM) {
            // The reader was faster than this, perhaps with the language.
            save(tray, &counted, "lang".to_owned());
        }
        keep_listeners(vec![browser::on_event(
            &["change", "click"],
            move |touch| {
                if touch.is_within(&format!("#{TEST_ALERTS}")) {
                    test(tray);
                } else if touch.is_within(SETTINGS_FORM) {
                    touched(tray, &counted, &touch);
                }
            },
        )]);
    });
    let mut drawn = true;
    effect(move || {
        tray.settings.track();
        if !std::mem::take(&mut drawn) && saving.get() == 0 {
            tray.navigation.renew_forms(SETTINGS_FORM);
        }
    });
    ().into_any()
}

fn touched(tray: Tray, saving: &Rc<Cell<u32>>, touch: &DomEvent) {
    match (touch.name().as_str(), touch.closest_attribute("name")) {
        ("change", Some(field)) => save(tray, saving, field),
        ("click", _) => touch
            .closest_attribute(PREVIEW)
            .map_or((), |field| hear(tray, &field)),
        _ => {}
    }
}

fn save(tray: Tray, saving: &Rc<Cell<u32>>, field: String) {
    if field == "desktop" && browser::field_value(&field).is_some() {
        browser::ask_permission(move |_| show_remedy(tray));
    }
    saving.set(saving.get() + 1);
    let saving = Rc::clone(saving);
    browser::post_form(SETTINGS_FORM, move |reply| {
        if let Some(settings) = read(reply) {
            if field == "lang" {
                // Every word of the document is another one.
                return browser::reload();
            }
            tray.apply(Message::Settings {
                settings: Box::new(settings),
            });
            form_state::show_saved(SETTINGS_FORM, messages::SAVED.get(tray.lang));
            show_remedy(tray);
            show(tray, &field);
        } else {
            form_state::show_not_saved(SETTINGS_FORM);
        }
        // Once those who follow the settings have heard of them.
        browser::after(0, move || saving.set(saving.get() - 1)).forget();
    });
}

/// Lets the reader see or hear what they have just chosen.
fn show(tray: Tray, field: &str) {
    match field {
        "toast_seconds" => alert_test::show_toast(tray),
        "volume" => hear(tray, "success_sound"),
        field if field.contains("_sound") => hear(tray, field),
        _ => {}
    }
}

fn read(reply: Option<Reply>) -> Option<Settings> {
    let reply = reply.filter(|reply| reply.ok)?;
    serde_json::from_str(&reply.text).ok()
}

/// Plays the sound that stands in a field, or what stands for none.
fn hear(tray: Tray, field: &str) {
    let chosen = browser::field_value(field).and_then(|name| Sound::parse(&name));
    let sound = chosen.unwrap_or_else(|| tray.settings.with_untracked(|all| all.success_sound));
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
