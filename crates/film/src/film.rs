//! A film as the renderer takes it: plain data, all of it, and the arithmetic of its frames.

use crate::Camera;
use crate::mood::Mood;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A colour, red, green and blue.
pub type Rgb = [u8; 3];

/// Everything that decides how a film looks. Equal films make equal bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Film {
    /// The large line of the title card.
    pub title: String,
    /// The small line above it: `X121 — Scene 3`.
    pub heading: String,
    pub camera: Camera,
    pub mood: Mood,
    pub seconds: f64,
    pub fps: u32,
    /// Even, as the encoder's chroma needs it; `height` too.
    pub width: u32,
    pub height: u32,
    /// Where particles start and how the grain falls.
    pub seed: u64,
    /// SVG of the place. The groups whose ids end in `-far`, `-mid` and `-near` move apart.
    pub backdrop: String,
    /// SVG of the character; an element whose id ends in `-backdrop` is left out.
    pub figure: String,
    /// Dark to light.
    pub palette: [Rgb; 5],
}

/// Pixels of film a second above which a group is half a second, so that a pause loses little work.
const HEAVY: f64 = 12_000_000.0;

impl Film {
    /// How many frames the film has; at least one.
    pub fn frames(&self) -> u32 {
        // The input's limits keep this far below 2^32: 1800 s of 60 frames.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let frames = (self.seconds * f64::from(self.fps)).round() as u32;
        frames.max(1)
    }

    /// Frames in a closed group: at most one second of film.
    pub fn group_frames(&self) -> u32 {
        let pixels = f64::from(self.width) * f64::from(self.height) * f64::from(self.fps);
        if pixels > HEAVY {
            (self.fps / 2).max(1)
        } else {
            self.fps.max(1)
        }
    }

    /// How many groups the film has; the last may be short.
    pub fn groups(&self) -> u32 {
        self.frames().div_ceil(self.group_frames())
    }

    /// The frames of a group, counted from 0; empty past the end.
    pub fn group(&self, index: u32) -> Range<u32> {
        let from = index.saturating_mul(self.group_frames());
        from.min(self.frames())..from.saturating_add(self.group_frames()).min(self.frames())
    }

    /// Millions of pixels to draw in all, the measure of the work.
    pub fn megapixels(&self) -> f64 {
        f64::from(self.width) * f64::from(self.height) * f64::from(self.frames()) / 1e6
    }

    /// Seconds into the film at which a frame stands.
    #[expect(clippy::cast_precision_loss)]
    pub fn time(&self, frame: u32) -> f32 {
        frame as f32 / self.fps as f32
    }

    /// How far through the film a frame is, 0 to 1.
    #[expect(clippy::cast_precision_loss)]
    pub fn through(&self, frame: u32) -> f32 {
        frame as f32 / self.frames().saturating_sub(1).max(1) as f32
    }
}

/// A colour from `#rrggbb`.
pub fn parse_colour(text: &str) -> Option<Rgb> {
    let hex = text.trim().strip_prefix('#')?;
    if hex.len() != 6 || !hex.is_ascii() {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

#[cfg(test)]
pub mod tests {
    use super::{Film, parse_colour};
    use crate::Camera;
    use crate::mood::Mood;
    use proptest::prelude::*;

    /// A small film for tests, quick to draw.
    pub fn small() -> Film {
        Film {
            title: "The <Long> Way & Home".to_owned(),
            heading: "X121 — Scene 3".to_owned(),
            camera: Camera::PanLeft,
            mood: Mood::Tense,
            seconds: 1.25,
            fps: 8,
            width: 160,
            height: 90,
            seed: 7,
            backdrop: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90">
                <g id="t-far"><rect width="160" height="90" fill="#203050"/><circle cx="40" cy="25" r="12" fill="#ffd9a0"/></g>
                <g id="t-near"><rect y="60" width="160" height="30" fill="#101828"/></g></svg>"##
                .to_owned(),
            figure: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 90">
                <circle cx="30" cy="20" r="14" fill="#e0b090"/><rect x="14" y="34" width="32" height="56" rx="10" fill="#a03040"/></svg>"##
                .to_owned(),
            palette: [[16, 20, 40], [32, 48, 80], [120, 80, 70], [224, 150, 90], [255, 230, 200]],
        }
    }

    #[test]
    fn colours_are_read_or_refused() {
        for (text, colour) in [
            ("#102030", Some([16, 32, 48])),
            (" #FFffFF ", Some([255; 3])),
            ("102030", None),
            ("#12345", None),
            ("#é1234", None),
            ("#gg0000", None),
        ] {
            assert_eq!(parse_colour(text), colour, "{text}");
        }
    }

    proptest! {
        #[test]
        fn groups_cover_every_frame_once(seconds in 0.5..1800.0_f64, fps in 8..=60_u32, wide in 80..=960_u32) {
            let film = Film { seconds, fps, width: wide * 2, height: 90, ..small() };
            let mut next = 0;
            for index in 0..film.groups() {
                let group = film.group(index);
                prop_assert_eq!(group.start, next);
                prop_assert!(!group.is_empty());
                prop_assert!(group.end - group.start <= fps, "more than a second");
                next = group.end;
            }
            prop_assert_eq!(next, film.frames());
            prop_assert!(film.group(film.groups()).is_empty());
        }
    }
}
