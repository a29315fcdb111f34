//! The visual form of a mood: particles, light and colour grade.

use crate::colour::Rgb;
use serde::{Deserialize, Serialize};

/// The mood of a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    Calm,
    Warm,
    Cold,
    Tense,
    Wonder,
}

/// The particles in the air.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Air {
    Dust,
    Snow,
    Sparks,
    Fireflies,
}

/// The beginnings of words that suggest each mood. The first mood that matches wins.
const WORDS: [(Mood, &[&str]); 4] = [
    (
        Mood::Tense,
        &[
            "tens", "fire", "war", "danger", "urgent", "storm", "anger", "ange", "fight", "alarm",
            "fierce", "spark",
        ],
    ),
    (
        Mood::Cold,
        &[
            "cold",
            "snow",
            "winter",
            "lone",
            "sad",
            "quiet",
            "melanchol",
            "grief",
            "frost",
            "bleak",
            "still",
            "wist",
        ],
    ),
    (
        Mood::Wonder,
        &[
            "wonder", "myster", "magic", "dream", "awe", "night", "curious", "strange", "secret",
            "serene",
        ],
    ),
    (
        Mood::Warm,
        &[
            "warm", "joy", "happy", "hope", "tender", "home", "sun", "play", "bright", "golden",
            "live", "free",
        ],
    ),
];

impl Mood {
    /// The mood that a description suggests (`"a tense, quiet night"`), or calm.
    pub fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| text.contains(word)))
            .map_or(Self::Calm, |(mood, _)| *mood)
    }

    pub(crate) fn air(self) -> Air {
        match self {
            Self::Calm | Self::Warm => Air::Dust,
            Self::Cold => Air::Snow,
            Self::Tense => Air::Sparks,
            Self::Wonder => Air::Fireflies,
        }
    }

    /// The colour of the key light.
    pub(crate) fn light(self) -> Rgb {
        match self {
            Self::Calm => [255, 238, 214],
            Self::Warm => [255, 205, 140],
            Self::Cold => [190, 220, 255],
            Self::Tense => [255, 140, 90],
            Self::Wonder => [170, 200, 255],
        }
    }

    /// Brightness of the key light, 0 to 1 around one half, `time` seconds from the start.
    pub(crate) fn pulse(self, time: f32) -> f32 {
        match self {
            Self::Tense => {
                0.5 + 0.22 * (time * 5.3).sin() * (time * 8.9 + 1.0).sin()
                    + 0.12 * (time * 1.7).sin()
            }
            Self::Wonder => 0.5 + 0.28 * (time * 1.1).sin(),
            _ => 0.5 + 0.14 * (time * 0.7).sin(),
        }
    }

    /// The colour grade: what is added to the shadows and to the highlights of each channel.
    pub(crate) fn grade(self) -> ([f32; 3], [f32; 3]) {
        match self {
            Self::Calm => ([-2.0, 2.0, 6.0], [6.0, 3.0, -4.0]),
            Self::Warm => ([4.0, 0.0, 2.0], [10.0, 4.0, -8.0]),
            Self::Cold => ([-4.0, 2.0, 12.0], [-4.0, 1.0, 6.0]),
            Self::Tense => ([-4.0, 3.0, 8.0], [12.0, 2.0, -10.0]),
            Self::Wonder => ([2.0, -2.0, 12.0], [-2.0, 4.0, 8.0]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mood;

    #[test]
    fn descriptions_suggest_moods() {
        for (word, mood) in [
            ("", Mood::Calm),
            ("Tense, close", Mood::Tense),
            ("A quiet morning", Mood::Cold),
            ("mysterious", Mood::Wonder),
            ("Hopeful", Mood::Warm),
            ("xyzzy", Mood::Calm),
        ] {
            assert_eq!(Mood::of(word), mood, "{word}");
        }
    }

    #[test]
    fn the_light_never_leaves_its_range() {
        for mood in [
            Mood::Calm,
            Mood::Warm,
            Mood::Cold,
            Mood::Tense,
            Mood::Wonder,
        ] {
            for step in 0..2000_u16 {
                let light = mood.pulse(f32::from(step) * 0.05);
                assert!((0.0..=1.0).contains(&light), "{mood:?}");
            }
        }
    }
}
