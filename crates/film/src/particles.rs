//! What floats in the air: where each speck is at each moment, from the seed alone.

use crate::film::Film;
use crate::mood::Air;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::f32::consts::TAU;

/// One speck for the length of the film.
struct Speck {
    x: f32,
    y: f32,
    /// 0.3 far to 1.7 close to the lens.
    depth: f32,
    size: f32,
    phase: f32,
    pace: f32,
}

/// Where a speck is drawn: parts of the frame from its upper left, size in parts of its height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub opacity: f32,
    pub depth: f32,
}

/// All specks of a film, far ones first.
pub struct Particles {
    air: Air,
    specks: Vec<Speck>,
}

impl Particles {
    pub fn new(film: &Film) -> Self {
        let air = film.mood.air();
        let count = match air {
            Air::Dust => 46,
            Air::Snow => 130,
            Air::Sparks => 64,
            Air::Fireflies => 30,
        };
        let mut random = ChaCha8Rng::seed_from_u64(film.seed);
        let mut specks: Vec<_> = (0..count)
            .map(|_| Speck {
                x: random.random_range(0.0..1.0),
                y: random.random_range(0.0..1.0),
                depth: 0.3 + 1.4 * random.random_range(0.0..1.0_f32).powi(2),
                size: random.random_range(0.7..1.4),
                phase: random.random_range(0.0..TAU),
                pace: random.random_range(0.6..1.4),
            })
            .collect();
        specks.sort_by(|a, b| a.depth.total_cmp(&b.depth));
        Self { air, specks }
    }

    /// Every speck `time` seconds in, far ones first.
    pub fn at(&self, time: f32) -> impl Iterator<Item = Spot> {
        self.specks
            .iter()
            .map(move |speck| speck.at(self.air, time))
    }
}

impl Speck {
    fn at(&self, air: Air, time: f32) -> Spot {
        let pace = self.pace * self.depth;
        let sway =
            |turns: f32, reach: f32| reach * (time * turns * TAU * self.pace + self.phase).sin();
        let twinkle = |turns: f32| 0.5 + 0.5 * (time * turns * TAU + self.phase * 3.0).sin();
        let (right, down, size, opacity) = match air {
            Air::Dust => (
                0.010 * time * pace,
                -0.006 * time * pace + sway(0.08, 0.02),
                0.012,
                0.16 + 0.24 * twinkle(0.2),
            ),
            Air::Snow => (
                0.02 * time * pace + sway(0.16, 0.014),
                0.11 * time * pace,
                0.013,
                0.75,
            ),
            Air::Sparks => (
                0.05 * time * pace + sway(0.6, 0.012),
                -0.16 * time * pace,
                0.009,
                0.35 + 0.6 * twinkle(1.7),
            ),
            Air::Fireflies => (
                sway(0.05, 0.07),
                sway(0.09, 0.05),
                0.020,
                0.9 * twinkle(0.23).powi(3),
            ),
        };
        // Out of focus the nearer it is: larger and fainter.
        let blurred = (self.depth - 1.0).max(0.0);
        let y = wrap(self.y + down);
        // A spark goes out as it rises.
        let life = if air == Air::Sparks {
            y.clamp(0.0, 1.0)
        } else {
            1.0
        };
        Spot {
            x: wrap(self.x + right),
            y,
            size: size * self.size * self.depth * (1.0 + 4.0 * blurred),
            opacity: (opacity * life / (1.0 + 3.5 * blurred)).clamp(0.0, 1.0),
            depth: self.depth,
        }
    }
}

/// Around the frame and its margin: what leaves on one side comes in on the other, unseen.
fn wrap(at: f32) -> f32 {
    (at + 0.1).rem_euclid(1.2) - 0.1
}

#[cfg(test)]
mod tests {
    use super::Particles;
    use crate::film::{Film, tests::small};
    use crate::mood::Mood;
    use proptest::prelude::*;

    fn spots(mood: Mood, seed: u64, time: f32) -> Vec<super::Spot> {
        Particles::new(&Film {
            mood,
            seed,
            ..small()
        })
        .at(time)
        .collect()
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(spots(Mood::Cold, 3, 1.0), spots(Mood::Cold, 3, 1.0));
        assert_ne!(spots(Mood::Cold, 3, 1.0), spots(Mood::Cold, 4, 1.0));
    }

    proptest! {
        #[test]
        fn specks_stay_around_the_frame_and_move_smoothly(seed: u64, time in 0.0..1800.0_f32) {
            for mood in [Mood::Calm, Mood::Warm, Mood::Cold, Mood::Tense, Mood::Wonder] {
                for (now, next) in spots(mood, seed, time).into_iter().zip(spots(mood, seed, time + 0.02)) {
                    prop_assert!((-0.1..=1.1).contains(&now.x) && (-0.1..=1.1).contains(&now.y));
                    prop_assert!((0.0..=1.0).contains(&now.opacity) && now.size < 0.3);
                    let step = (now.x - next.x).abs().max((now.y - next.y).abs());
                    prop_assert!(!(0.02..=1.15).contains(&step), "{:?} jumps to {:?}", now, next);
                }
            }
        }
    }
}
