//! The settings that can be changed in the panel: whose jobs it shows, and whether alerts have a sound.

use super::html::icon;
use super::icons;
use super::list_item::ListItem;
use crate::browser::{Audio, DomEvent};
use crate::i18n::tray as messages;
use crate::job::Scope;
use crate::tray::actions::{ChangeSetting, QuickSetting, SETTING_FIELD};
use crate::tray::handle::Tray;
use crate::tray::{alert_test, requests};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The switch between the user's own jobs and those of the studio.
pub fn scope_switch(tray: Tray) -> ListItem {
    let lang = tray.lang;
    let current = tray.settings.with(|settings| settings.scope);
    let part = |scope: Scope, setting, label: &str| {
        let pressed = format!(r#"aria-pressed="{}""#, scope == current);
        setting_button(setting, "switch-part", &pressed, label)
    };
    let buttons = part(Scope::Mine, QuickSetting::Mine, messages::MINE.get(lang))
        + &part(
            Scope::Studio,
            QuickSetting::Studio,
            messages::STUDIO.get(lang),
        );
    let html = setting_form("switch", messages::WHOSE.get(lang), &buttons);
    ListItem::new("scope", html)
}

/// The switch for sounds, which also shows whether the page can play them.
pub fn sound_toggle(tray: Tray) -> ListItem {
    let lang = tray.lang;
    let on = tray.settings.with(|settings| settings.sound);
    let (setting, picture) = if on {
        (QuickSetting::Silence, icons::SOUND)
    } else {
        (QuickSetting::Sound, icons::SILENCE)
    };
    let (class, label) = match tray.alerts.sound.state.get() {
        Audio::Missing if on => ("sound-slot blocked", messages::SOUND_MISSING),
        Audio::Blocked if on => ("sound-slot blocked", messages::SOUND_BLOCKED),
        _ => ("sound-slot", messages::SOUND),
    };
    let label = label.get(lang);
    let attributes =
        format!(r#"id="sound-toggle" aria-pressed="{on}" aria-label="{label}" title="{label}""#);
    let button = setting_button(setting, "icon-button", &attributes, &icon(picture));
    let html = setting_form(class, messages::SOUND.get(lang), &button);
    ListItem::new("sound", html)
}

/// A form around buttons, each of which sends its own setting.
pub fn setting_form(class: &str, label: &str, buttons: &str) -> String {
    let action = ChangeSetting::PATH;
    format!(
        r#"<form method="post" action="{action}" class="{class}" aria-label="{label}">{buttons}</form>"#
    )
}

/// A button that sends a setting, with further attributes.
pub fn setting_button(
    setting: QuickSetting,
    class: &str,
    attributes: &str,
    inside: &str,
) -> String {
    let value = setting.as_str();
    format!(
        r#"<button class="{class}" name="{SETTING_FIELD}" value="{value}" {attributes}>{inside}</button>"#
    )
}

/// Handles a click: sends the setting, if it was on such a button.
pub fn clicked(tray: Tray, event: &DomEvent) {
    if event.is_within(&format!("[name={SETTING_FIELD}]"))
        && let Some(setting) = event.closest_attribute("value")
    {
        event.prevent_default();
        if setting == QuickSetting::Sound.as_str() {
            // Plays what alerts will sound like, which the browser allows because the user has just clicked.
            let sound = (tray.settings).with_untracked(|settings| settings.success_sound);
            alert_test::play(tray, sound, |_| {});
        }
        requests::change_setting(tray, &setting);
    }
}
