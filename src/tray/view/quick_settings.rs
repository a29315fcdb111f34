//! What a person chooses in the panel itself: whose jobs it shows, and whether ends are heard.

use super::commands;
use super::html::icon;
use super::icons;
use crate::browser::{self, Audio, Piece, Touch};
use crate::i18n::tray as messages;
use crate::job::Scope;
use crate::live::Message;
use crate::tray::actions::{Choice, Choose};
use crate::tray::alerts::dispatcher;
use crate::tray::handle::Tray;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The name of the field that the buttons send.
const FIELD: &str = "choice";

/// A form around buttons, each of which sends what it chooses.
pub fn choices(class: &str, label: &str, buttons: &str) -> String {
    let action = Choose::PATH;
    format!(
        r#"<form method="post" action="{action}" class="{class}" aria-label="{label}">{buttons}</form>"#
    )
}

/// A button that chooses one thing, with what else its tag says.
pub fn choice(choice: Choice, class: &str, more: &str, inside: &str) -> String {
    let value = choice.as_str();
    format!(r#"<button class="{class}" name="{FIELD}" value="{value}" {more}>{inside}</button>"#)
}

/// Takes the press of such a button.
pub fn pressed(tray: Tray, touch: &Touch) {
    if touch.is_within("[name=choice]")
        && let Some(choice) = touch.nearest("value")
    {
        touch.prevent();
        choose(tray, &choice);
    }
}

/// Sends a choice, and takes all that is chosen from the answer.
fn choose(tray: Tray, choice: &str) {
    if choice == Choice::Sound.as_str() {
        dispatcher::turn_on(tray);
    }
    browser::post(
        Choose::PATH,
        &[(FIELD, choice)],
        move |reply| match commands::read(reply) {
            Ok(settings) => tray.apply(Message::Settings { settings }),
            Err(error) => tray.refuse(error),
        },
    );
}

/// Mine, or the whole studio's.
pub fn scope_switch(tray: Tray) -> Piece {
    let lang = tray.lang;
    let chosen = tray.settings.with(|settings| settings.scope);
    let draw = |scope: Scope, of, words: &str| {
        let pressed = format!(r#"aria-pressed="{}""#, scope == chosen);
        choice(of, "switch-part", &pressed, words)
    };
    let parts = draw(Scope::Mine, Choice::Mine, messages::MINE.get(lang))
        + &draw(Scope::Studio, Choice::Studio, messages::STUDIO.get(lang));
    Piece::new(
        "scope",
        choices("switch", messages::WHOSE.get(lang), &parts),
    )
}

/// Whether ends are heard, and whether they can be.
pub fn sound_toggle(tray: Tray) -> Piece {
    let lang = tray.lang;
    let on = tray.settings.with(|settings| settings.sound);
    let (then, picture) = if on {
        (Choice::Silence, icons::SOUND)
    } else {
        (Choice::Sound, icons::SILENCE)
    };
    let (class, words) = match tray.audio.get() {
        Audio::Missing if on => ("sound-slot blocked", messages::SOUND_MISSING),
        Audio::Blocked if on => ("sound-slot blocked", messages::SOUND_BLOCKED),
        _ => ("sound-slot", messages::SOUND),
    };
    let more = format!(
        r#"id="sound-toggle" aria-pressed="{on}" aria-label="{0}" title="{0}""#,
        words.get(lang)
    );
    let button = choice(then, "deed", &more, &icon(picture));
    Piece::new("sound", choices(class, messages::SOUND.get(lang), &button))
}
