//! Plays the sounds of alerts.

use crate::browser::{Audio, AudioOutput, Playing};
use crate::settings::Sound;
use crate::tray::monotonic::Monotonic;
use crate::tray::reactive::set_if_changed;
use leptos::prelude::*;
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
    pub fn play(
        &mut self,
        page: PageSound,
        sound: Sound,
        volume: u8,
        is_failure: bool,
        now: Monotonic,
    ) -> bool {
        let current = (self.0.take()).filter(|current| now.since(current.started) < BURST);
        match current {
            Some(current) if current.is_failure || !is_failure => {
                self.0 = Some(current);
                return true;
            }
            Some(current) => current.playing.stop(),
            None => {}
        }
        let playing = page.play(sound, volume);
        self.0 = playing.map(|playing| Playback {
            playing,
            started: now,
            is_failure,
        });
        self.0.is_some()
    }
}

/// The sound of the page. Copies share it; on the server it is never heard.
#[derive(Clone, Copy)]
pub struct PageSound {
    output: Option<StoredValue<AudioOutput, LocalStorage>>,
    /// Whether the page can play sounds.
    pub state: RwSignal<Audio>,
}

impl PageSound {
    /// Ready, as the server renders it; the page then finds out.
    pub fn new() -> Self {
        Self {
            output: AudioOutput::of_page().map(StoredValue::new_local),
            state: RwSignal::new(Audio::Ready),
        }
    }

    /// Updates whether the page can play sounds, and returns it.
    pub fn refresh(self) -> Audio {
        let now = self
            .output()
            .map_or(Audio::Missing, |output| output.state());
        set_if_changed(self.state, now);
        now
    }

    /// Enables sound for the page. Browsers allow that only while the user clicks or types.
    pub fn unlock(self) {
        if let Some(output) = self.output() {
            output.unlock(move || {
                self.refresh();
            });
        }
    }

    /// Plays a sound on its own in response to a click, and calls `done` with whether it was played.
    pub fn preview(self, sound: Sound, volume: u8, done: impl FnOnce(Audio) + 'static) {
        if let Some(output) = self.output() {
            output.unlock(move || {
                let state = self.refresh();
                // The state shows the caller whether the sound was played.
                let _ = self.play(sound, volume);
                done(state);
            });
        }
    }

    fn play(self, sound: Sound, volume: u8) -> Option<Playing> {
        self.output()?.play(sound.notes(), gain(volume))
    }

    fn output(self) -> Option<AudioOutput> {
        Some(self.output?.get_value())
    }
}

/// The gain of a volume in percent. Loudness grows with the square of the amplitude.
fn gain(volume: u8) -> f32 {
    let part = f32::from(volume) / 100.0;
    part * part
}
