//! Lets the user test their alerts.

use super::alerts::desktop;
use super::handle::Tray;
use super::live::clock::monotonic;
use crate::browser::Audio;
use crate::settings::Sound;
use leptos::prelude::*;

/// Shows what a toast looks like.
pub fn show_toast(tray: Tray) {
    let settings = tray.settings.get_untracked();
    (tray.alerts.toasts).update(|list| list.add_test(&settings, monotonic()));
}

/// Shows what a desktop notification looks like.
pub fn notify(tray: Tray) {
    desktop::show(desktop::test_notification(tray.lang), tray.navigation);
}

/// Plays a sound at the user's volume; to be called while they click. Calls `done` with whether the page can play
/// sounds.
pub fn play(tray: Tray, sound: Sound, done: impl FnOnce(Audio) + 'static) {
    let volume = tray.settings.with_untracked(|settings| settings.volume);
    tray.alerts.sound.preview(sound, volume, done);
}
