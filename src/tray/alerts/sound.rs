//! Plays the sounds of alerts.

use crate::browser::{self, Audio, Playing};
use crate::settings::Sound;
use crate::tray::monotonic::Monotonic;
use crate::tray::reactive::set_if_changed;
use leptos::prelude::RwSignal;
use std::time::Duration;

/// Alerts that are delivered within this time share one sound.
pub const BURST: Duration = Duration::from_secs(2);

/// Plays the sounds of alerts.
#[derive(Debug, Default)]
pub struct Player(Option<Playback>);

/// The latest sound.
#[derive(Debug)]
struct Playback {
    playing: Playing,
    started: Monotonic,
    is_failure: bool,
}

impl Player {
    /// Plays the sound of alerts that are delivered at `now`. A sound that is already playing covers them too, except
    /// that a failure interrupts the sound of a success. False if the page cannot play sounds.
    pub fn play(&mut self, sound: Sound, volume: u8, is_failure: bool, now: Monotonic) -> bool {
        let current = (self.0.take()).filter(|current| now.since(current.started) < BURST);
        match current {
            Some(current) if current.is_failure || !is_failure => {
                self.0 = Some(current);
                return true;
            }
            Some(current) => current.playing.stop(),
            None => {}
        }
        let playing = browser::play(sound.notes(), gain(volume));
        self.0 = playing.map(|playing| Playback {
            playing,
            started: now,
            is_failure,
        });
        self.0.is_some()
    }
}

/// Updates whether the page can play sounds, and returns it.
pub fn refresh(audio: RwSignal<Audio>) -> Audio {
    let now = browser::audio();
    set_if_changed(audio, now);
    now
}

/// Enables sound for the page. Browsers allow that only while the user clicks or types.
pub fn unlock(audio: RwSignal<Audio>) {
    browser::unlock_audio(move || {
        refresh(audio);
    });
}

/// Plays a sound on its own in response to a click, and calls `done` with whether it was played.
pub fn preview(
    audio: RwSignal<Audio>,
    sound: Sound,
    volume: u8,
    done: impl FnOnce(Audio) + 'static,
) {
    browser::unlock_audio(move || {
        let state = refresh(audio);
        // The state shows the caller whether the sound was played.
        let _ = browser::play(sound.notes(), gain(volume));
        done(state);
    });
}

/// The gain of a volume in percent. Loudness grows with the square of the amplitude.
fn gain(volume: u8) -> f32 {
    let part = f32::from(volume) / 100.0;
    part * part
}
