//! The page of settings where it is live: each choice is kept at once, and can be tried. The server
//! draws all of it; this fills in what only the browser knows.

use crate::browser::{self, Audio, Permission, Reply, Touch};
use crate::i18n::tray as messages;
use crate::live::Message;
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
/// Sentences that the server drew hidden: what is in the way of notifications, and what a test found.
const REMEDY: &str = "remedy";
const FOUND: &str = "found";

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
        browser::set_value(&format!("[{UNTIL}={MORNING}]"), &browser::next_morning());
        show_remedy(tray);
        if browser::is_touched(SETTINGS_FORM) {
            // The reader was faster than this, perhaps with the language.
            save(tray, &counted, "lang".to_owned());
        }
        keep_listeners(vec![browser::on_touch(
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
            browser::redraw_forms();
        }
    });
    ().into_any()
}

fn touched(tray: Tray, saving: &Rc<Cell<u32>>, touch: &Touch) {
    match (touch.kind().as_str(), touch.nearest("name")) {
        ("change", Some(field)) => save(tray, saving, field),
        ("click", _) => touch
            .nearest(PREVIEW)
            .map_or((), |field| hear(tray, &field)),
        _ => {}
    }
}

fn save(tray: Tray, saving: &Rc<Cell<u32>>, field: String) {
    if field == "desktop" && browser::value_of(&field).is_some() {
        browser::ask_permission(move |_| show_remedy(tray));
    }
    saving.set(saving.get() + 1);
    let saving = Rc::clone(saving);
    browser::save_form(SETTINGS_FORM, move |reply| {
        if let Some(settings) = read(reply) {
            if field == "lang" {
                // Every word of the document is another one.
                return browser::renew();
            }
            tray.apply(Message::Settings {
                settings: Box::new(settings),
            });
            browser::say_kept(SETTINGS_FORM, Some(messages::SAVED.get(tray.lang)));
            show_remedy(tray);
            show(tray, &field);
        } else {
            browser::say_kept(SETTINGS_FORM, None);
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
    let chosen = browser::value_of(field).and_then(|name| Sound::parse(&name));
    let sound = chosen.unwrap_or_else(|| tray.settings.with_untracked(|all| all.success_sound));
    alert_test::play(tray, sound, |_| {});
}

/// Says what is in the way of notifications that the reader wants.
fn show_remedy(tray: Tray) {
    let on = tray.settings.with_untracked(|settings| settings.desktop);
    let remedy = in_the_way(browser::permission()).filter(|_| on);
    browser::show_notes(REMEDY, remedy.as_slice());
}

fn in_the_way(permission: Permission) -> Option<&'static str> {
    match permission {
        Permission::Granted => None,
        Permission::Unasked => Some("unasked"),
        Permission::Denied => Some("denied"),
        Permission::Insecure => Some("insecure"),
        Permission::Missing => Some("missing"),
    }
}

/// Tells an end as a real one would be told, and says what came of it.
fn test(tray: Tray) {
    let settings = tray.settings.get_untracked();
    alert_test::show_toast(tray);
    alert_test::play(tray, settings.success_sound, move |audio| {
        browser::show_notes(FOUND, &tried(tray, &settings, audio));
    });
}

/// Each way, and what is in its way.
fn tried(tray: Tray, settings: &Settings, audio: Audio) -> Vec<&'static str> {
    let sound = match audio {
        Audio::Missing => "sound-missing",
        _ if !settings.sound => "sound-off",
        Audio::Blocked => "sound-blocked",
        Audio::Ready if settings.volume == 0 => "silent",
        Audio::Ready => "sound",
    };
    let desktop = match in_the_way(browser::permission()) {
        Some(remedy) => remedy,
        None if !settings.desktop => "desktop-off",
        None => {
            alert_test::notify(tray);
            "desktop"
        }
    };
    let mut found = vec!["toast", sound, desktop];
    if settings.is_muted(tray.clock.now.get_untracked()) {
        found.push("muted");
    }
    found
}
