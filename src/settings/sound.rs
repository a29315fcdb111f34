//! The sounds to choose from, as notes: a browser makes them by itself, no file is loaded.

use serde::{Deserialize, Serialize};

/// A sound that tells of an end.
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

/// The form of a tone's wave, by the name that Web Audio gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wave {
    Sine,
    Triangle,
    Square,
}

/// A tone that is struck and fades.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Note {
    pub wave: Wave,
    /// Hertz.
    pub pitch: f32,
    /// Seconds from the sound's beginning.
    pub start: f32,
    /// Seconds until it has faded.
    pub length: f32,
    /// Seconds until it is at its loudest.
    pub attack: f32,
    /// 0 to 1, at its loudest.
    pub level: f32,
}

const fn note(wave: Wave, pitch: f32, start: f32, length: f32, attack: f32, level: f32) -> Note {
    Note {
        wave,
        pitch,
        start,
        length,
        attack,
        level,
    }
}

use Wave::{Sine, Square, Triangle};

/// Two clear tones that rise a fifth.
const CHIME: &[Note] = &[
    note(Sine, 659.3, 0.0, 0.7, 0.005, 0.5),
    note(Sine, 987.8, 0.14, 0.9, 0.005, 0.5),
];
/// One struck bell: its partials are not whole multiples of its tone.
const BELL: &[Note] = &[
    note(Sine, 523.3, 0.0, 1.6, 0.002, 0.45),
    note(Sine, 1444.2, 0.0, 1.1, 0.002, 0.22),
    note(Sine, 2826.0, 0.0, 0.6, 0.002, 0.12),
];
/// Three short wooden strokes upwards.
const MARIMBA: &[Note] = &[
    note(Triangle, 392.0, 0.0, 0.22, 0.003, 0.6),
    note(Triangle, 523.3, 0.12, 0.22, 0.003, 0.6),
    note(Triangle, 784.0, 0.24, 0.3, 0.003, 0.6),
];
/// Two soft beats on one tone.
const PULSE: &[Note] = &[
    note(Square, 440.0, 0.0, 0.12, 0.01, 0.18),
    note(Square, 440.0, 0.2, 0.16, 0.01, 0.18),
];
/// A low third that swells and goes.
const SOFT: &[Note] = &[
    note(Sine, 261.6, 0.0, 1.1, 0.18, 0.4),
    note(Sine, 329.6, 0.08, 1.1, 0.18, 0.4),
];
/// Three tones downwards, which no success sounds like.
const ALARM: &[Note] = &[
    note(Square, 622.3, 0.0, 0.18, 0.005, 0.25),
    note(Square, 466.2, 0.2, 0.18, 0.005, 0.25),
    note(Square, 311.1, 0.4, 0.4, 0.005, 0.25),
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

    /// The tones that it is made of.
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

    #[test]
    fn no_sound_is_louder_than_the_loudest() {
        for sound in Sound::ALL {
            assert_eq!(Sound::parse(sound.as_str()), Some(sound));
            let notes = sound.notes();
            assert!(!notes.is_empty());
            for note in notes {
                assert!(note.attack < note.length, "{sound:?}");
                assert!(note.length + note.start <= 2.0, "{sound:?}");
            }
            let all: f32 = notes.iter().map(|note| note.level).sum();
            let together: f32 = (notes.iter().filter(|note| note.start < 0.1))
                .map(|note| note.level)
                .sum();
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
