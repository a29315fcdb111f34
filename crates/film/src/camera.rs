//! Camera moves: the view at each moment, and how far each depth shifts with it.

use serde::{Deserialize, Serialize};
use std::f32::consts::{PI, TAU};

/// How the camera moves through a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Camera {
    /// Moves closer.
    Push,
    /// Moves back.
    Pull,
    PanLeft,
    PanRight,
    /// Tilts up.
    Rise,
    /// Stays in place, except for the sway of a hand-held camera.
    Hold,
}

impl Camera {
    pub const ALL: [Self; 6] = [
        Self::Push,
        Self::Pull,
        Self::PanLeft,
        Self::PanRight,
        Self::Rise,
        Self::Hold,
    ];
}

/// A layer's size in frame sizes, large enough that no move shows its edge.
pub const OVERSCAN: f32 = 1.18;

/// The transform of a layer at one moment: scale about the centre, then shift by fractions of the frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    pub zoom: f32,
    pub x: f32,
    pub y: f32,
}

/// The sway of a hand-held camera: cycles a second, and reach as a fraction of the frame.
const HAND_HZ: f32 = 0.13;
const HAND_REACH: f32 = 0.003;

/// The view at a position in the film (0 to 1), `time` seconds from its start.
pub fn view(camera: Camera, position: f32, time: f32) -> View {
    let eased = ease(position);
    // From -1 to 1.
    let across = eased * 2.0 - 1.0;
    let (zoom, x, y) = match camera {
        Camera::Push => (1.0 + 0.20 * eased, -0.012 * across, 0.010 * eased),
        Camera::Pull => (1.20 - 0.20 * eased, 0.012 * across, 0.010 * (1.0 - eased)),
        // The camera goes left, so the picture goes right.
        Camera::PanLeft => (1.05, 0.070 * across, 0.0),
        Camera::PanRight => (1.05, -0.070 * across, 0.0),
        Camera::Rise => (1.04 + 0.03 * eased, 0.0, 0.070 * across),
        Camera::Hold => (1.01 + 0.03 * eased, 0.0, 0.0),
    };
    let hand = time * HAND_HZ * TAU;
    View {
        zoom,
        x: x + HAND_REACH * hand.sin(),
        y: y + HAND_REACH * (hand * 1.37 + 1.0).sin(),
    }
}

impl View {
    /// The view of a layer by its depth: 0 at the horizon, 1 where the character stands, more in front.
    pub fn at_depth(self, depth: f32) -> Self {
        Self {
            zoom: 1.0 + (self.zoom - 1.0) * depth,
            x: self.x * depth,
            y: self.y * depth,
        }
    }

    /// The position of a point in this view. Both are fractions of the frame, from its centre.
    pub fn place(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.zoom + self.x, y * self.zoom + self.y)
    }
}

/// Sinusoidal ease-in and ease-out: maps 0 to 0 and 1 to 1, with no speed at both ends.
pub fn ease(t: f32) -> f32 {
    (1.0 - (t.clamp(0.0, 1.0) * PI).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::{Camera, OVERSCAN, ease, view};
    use proptest::prelude::*;

    #[test]
    fn easing_starts_and_ends_at_rest() {
        for (t, eased) in [(-1.0, 0.0), (0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (2.0, 1.0)] {
            assert!((ease(t) - eased).abs() < 1e-6, "{t}");
        }
        assert!(ease(0.01) < 0.001 && ease(0.99) > 0.999);
    }

    #[test]
    fn each_move_goes_in_its_direction() {
        let (from, to) = (|m| view(m, 0.0, 0.0), |m| view(m, 1.0, 0.0));
        assert!(to(Camera::Push).zoom > from(Camera::Push).zoom + 0.1);
        assert!(to(Camera::Pull).zoom < from(Camera::Pull).zoom - 0.1);
        assert!(to(Camera::PanLeft).x > from(Camera::PanLeft).x + 0.1);
        assert!(to(Camera::PanRight).x < from(Camera::PanRight).x - 0.1);
        assert!(to(Camera::Rise).y > from(Camera::Rise).y + 0.1);
        assert!((to(Camera::Hold).x - from(Camera::Hold).x).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn no_move_shows_the_edge_of_a_layer(position in 0.0..=1.0_f32, time in 0.0..1800.0_f32, depth in 0.0..=1.0_f32) {
            for camera in Camera::ALL {
                let seen = view(camera, position, time).at_depth(depth);
                let spare = (OVERSCAN * seen.zoom - 1.0) / 2.0;
                prop_assert!(seen.x.abs() <= spare && seen.y.abs() <= spare, "{:?} {:?}", camera, seen);
            }
        }

        #[test]
        fn the_camera_never_jumps(position in 0.0..0.999_f32, time in 0.0..1800.0_f32) {
            for camera in Camera::ALL {
                let (a, b) = (view(camera, position, time), view(camera, position + 0.001, time + 0.01));
                let step = (a.zoom - b.zoom).abs() + (a.x - b.x).abs() + (a.y - b.y).abs();
                prop_assert!(step < 0.002, "{:?} jumps by {}", camera, step);
            }
        }
    }
}
