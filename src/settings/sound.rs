//! The sounds of alerts, as notes: the browser synthesises them, so no file is loaded.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The sound of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sound {
    Chime,
    Bell,
    Marimba,
    Pulse,
    Soft,
    Alarm,
}

/// A waveform, by its name in Web Audio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wave {
    Sine,
    Triangle,
    Square,
}

/// A tone that is struck and fades out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Note {
    pub wave: Wave,
    /// In hertz.
    pub pitch: f32,
    /// Time from the start of the sound.
    pub start: Duration,
    /// Time until the tone has faded out.
    pub length: Duration,
    /// Time until the tone is at its peak.
    pub attack: Duration,
    /// The gain at the peak, 0 to 1.
    pub level: f32,
}

/// `start`, `length` and `attack` in milliseconds.
const fn note(wave: Wave, pitch: f32, start: u64, length: u64, attack: u64, level: f32) -> Note {
    Note {
        wave,
        pitch,
        start: Duration::from_millis(start),
        length: Duration::from_millis(length),
        attack: Duration::from_millis(attack),
        level,
    }
}

use Wave::{Sine, Square, Triangle};

/// Two clear tones that rise a fifth.
const CHIME: &[Note] = &[
    note(Sine, 659.3, 0, 700, 5, 0.5),
    note(Sine, 987.8, 140, 900, 5, 0.5),
];
/// One struck bell: its partials are not whole multiples of its tone.
const BELL: &[Note] = &[
    note(Sine, 523.3, 0, 1_600, 2, 0.45),
    note(Sine, 1444.2, 0, 1_100, 2, 0.22),
    note(Sine, 2826.0, 0, 600, 2, 0.12),
];
/// Three short wooden strokes upwards.
const MARIMBA: &[Note] = &[
    note(Triangle, 392.0, 0, 220, 3, 0.6),
    note(Triangle, 523.3, 120, 220, 3, 0.6),
    note(Triangle, 784.0, 240, 300, 3, 0.6),
];
/// Two soft beats on one tone.
const PULSE: &[Note] = &[
    note(Square, 440.0, 0, 120, 10, 0.18),
    note(Square, 440.0, 200, 160, 10, 0.18),
];
/// A low third that swells and fades.
const SOFT: &[Note] = &[
    note(Sine, 261.6, 0, 1_100, 180, 0.4),
    note(Sine, 329.6, 80, 1_100, 180, 0.4),
];
/// Three falling tones, unlike any success.
const ALARM: &[Note] = &[
    note(Square, 622.3, 0, 180, 5, 0.25),
    note(Square, 466.2, 200, 180, 5, 0.25),
    note(Square, 311.1, 400, 400, 5, 0.25),
];

impl Sound {
    pub const ALL: [Self; 6] = [
        Self::Chime,
        Self::Bell,
        Self::Marimba,
        Self::Pulse,
        Self::Soft,
        Self::Alarm,
    ];

    /// The name in settings and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chime => "chime",
            Self::Bell => "bell",
            Self::Marimba => "marimba",
            Self::Pulse => "pulse",
            Self::Soft => "soft",
            Self::Alarm => "alarm",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sound| sound.as_str() == name)
    }

    pub const fn notes(self) -> &'static [Note] {
        match self {
            Self::Chime => CHIME,
            Self::Bell => BELL,
            Self::Marimba => MARIMBA,
            Self::Pulse => PULSE,
            Self::Soft => SOFT,
            Self::Alarm => ALARM,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sound;
    use std::time::Duration;

    #[test]
    fn every_sound_can_be_parsed_from_its_name() {
        for sound in Sound::ALL {
            assert_eq!(Sound::parse(sound.as_str()), Some(sound));
        }
    }

    #[test]
    fn every_sound_is_over_within_two_seconds() {
        for sound in Sound::ALL {
            for note in sound.notes() {
                assert!(note.attack < note.length, "{sound:?}");
                assert!(
                    note.start + note.length <= Duration::from_secs(2),
                    "{sound:?}"
                );
            }
        }
    }

    #[test]
    fn every_sound_can_be_heard_and_does_not_clip() {
        let at_once = Duration::from_millis(100);
        for sound in Sound::ALL {
            let notes = sound.notes();
            let all: f32 = notes.iter().map(|note| note.level).sum();
            let together = notes.iter().filter(|note| note.start < at_once);
            let together: f32 = together.map(|note| note.level).sum();
            assert!(together <= 1.0 && all > 0.1, "{sound:?}");
        }
    }

    #[test]
    fn no_two_sounds_are_alike() {
        for one in Sound::ALL {
            for other in Sound::ALL {
                assert_eq!(one == other, one.notes() == other.notes());
            }
        }
    }
}
