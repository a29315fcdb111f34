//! The scene to render, as plain data, and the arithmetic of its frames.

use crate::camera::Camera;
use crate::colour::Rgb;
use crate::error::Error;
use crate::mood::Mood;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Everything that determines a film. Equal scenes give equal bytes on every machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// The large line of the title card.
    pub title: String,
    /// The small line above the title: `X121 — Scene 3`.
    pub heading: String,
    pub camera: Camera,
    pub mood: Mood,
    /// Length of the film, more than 0 and at most a day.
    pub seconds: f64,
    /// Frames a second, 1 to 240.
    pub fps: u32,
    /// Pixels across: even, because chroma has half the resolution, and 16 to 4096.
    pub width: u32,
    /// Pixels down, with the limits of `width`.
    pub height: u32,
    /// Determines the start of the particles, the film grain and the shape of the foreground.
    pub seed: u64,
    /// SVG of the place. Groups whose ids end in `-far`, `-mid` and `-near` become layers that
    /// move apart; without them the place is one layer.
    pub backdrop: String,
    /// SVG of the character. Elements whose ids end in `-backdrop` are left out.
    pub figure: String,
    /// Dark to light.
    pub palette: [Rgb; 5],
}

/// Pixels per second above which a group lasts half a second instead of one, so that a stop loses
/// little work.
const HEAVY: f64 = 12_000_000.0;
/// A day; it keeps the number of frames far below 2^32.
const MAX_SECONDS: f64 = 86_400.0;

impl Scene {
    /// Checks the limits that the fields document, but not the SVG.
    pub fn check(&self) -> Result<(), Error> {
        let fits = |pixels: u32| pixels.is_multiple_of(2) && (16..=4096).contains(&pixels);
        if !fits(self.width) || !fits(self.height) {
            return Err(Error::Limit("width and height are even, 16 to 4096"));
        }
        if !(1..=240).contains(&self.fps) {
            return Err(Error::Limit("fps is 1 to 240"));
        }
        if !(self.seconds > 0.0 && self.seconds <= MAX_SECONDS) {
            return Err(Error::Limit("seconds are more than 0, at most a day"));
        }
        Ok(())
    }

    /// How many frames the film has; at least one.
    pub fn frames(&self) -> u32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the limits keep it positive and below 2^32, and the cast saturates"
        )]
        let frames = (self.seconds * f64::from(self.fps)).round() as u32;
        frames.max(1)
    }

    /// How many closed groups of frames the film has; the last may be shorter than the others.
    pub fn groups(&self) -> u32 {
        self.frames().div_ceil(self.frames_per_group())
    }

    /// The frames of a group, all counted from 0; empty past the end.
    pub fn group(&self, index: u32) -> Range<u32> {
        let length = self.frames_per_group();
        let start = index.saturating_mul(length);
        start.min(self.frames())..start.saturating_add(length).min(self.frames())
    }

    /// Millions of pixels in all frames together, to which the rendering time is proportional.
    pub fn megapixels(&self) -> f64 {
        f64::from(self.width) * f64::from(self.height) * f64::from(self.frames()) / 1e6
    }

    /// At most one second of film.
    fn frames_per_group(&self) -> u32 {
        let pixels = f64::from(self.width) * f64::from(self.height) * f64::from(self.fps);
        if pixels > HEAVY {
            (self.fps / 2).max(1)
        } else {
            self.fps.max(1)
        }
    }

    /// When a frame is shown, in seconds from the start.
    #[expect(clippy::cast_precision_loss)]
    pub(crate) fn time_of(&self, frame: u32) -> f32 {
        frame as f32 / self.fps as f32
    }

    /// Where a frame is in the film: 0 for the first, 1 for the last.
    #[expect(clippy::cast_precision_loss)]
    pub(crate) fn position_of(&self, frame: u32) -> f32 {
        frame as f32 / self.frames().saturating_sub(1).max(1) as f32
    }

    /// Width and height in pixels, for geometry.
    #[expect(clippy::cast_precision_loss)]
    pub(crate) fn size(&self) -> (f32, f32) {
        (self.width as f32, self.height as f32)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Scene;
    use crate::camera::Camera;
    use crate::mood::Mood;
    use proptest::prelude::*;

    /// Ten frames in two groups, quick to draw.
    pub fn small() -> Scene {
        Scene {
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
    fn numbers_outside_their_limits_are_errors() {
        assert!(small().check().is_ok());
        for (name, scene) in [
            (
                "odd width",
                Scene {
                    width: 161,
                    ..small()
                },
            ),
            (
                "tiny height",
                Scene {
                    height: 14,
                    ..small()
                },
            ),
            (
                "huge width",
                Scene {
                    width: 4098,
                    ..small()
                },
            ),
            ("no frames", Scene { fps: 0, ..small() }),
            (
                "too many frames",
                Scene {
                    fps: 241,
                    ..small()
                },
            ),
            (
                "no length",
                Scene {
                    seconds: 0.0,
                    ..small()
                },
            ),
            (
                "too long",
                Scene {
                    seconds: 86_401.0,
                    ..small()
                },
            ),
            (
                "no number",
                Scene {
                    seconds: f64::NAN,
                    ..small()
                },
            ),
        ] {
            assert!(scene.check().is_err(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn groups_cover_every_frame_once(seconds in 0.5..1800.0_f64, fps in 8..=60_u32, wide in 80..=960_u32) {
            let scene = Scene { seconds, fps, width: wide * 2, height: 90, ..small() };
            let mut next = 0;
            for index in 0..scene.groups() {
                let group = scene.group(index);
                prop_assert_eq!(group.start, next);
                prop_assert!(!group.is_empty());
                prop_assert!(group.end - group.start <= fps, "more than a second");
                next = group.end;
            }
            prop_assert_eq!(next, scene.frames());
            prop_assert!(scene.group(scene.groups()).is_empty());
        }
    }
}
