//! Particles in the air. The position of a particle at any moment follows from the seed alone.

use crate::mood::Air;
use crate::scene::Scene;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::f32::consts::TAU;

/// A particle, which exists for the whole film.
struct Particle {
    x: f32,
    y: f32,
    /// From 0.3, far, to 1.7, close to the lens.
    depth: f32,
    size: f32,
    phase: f32,
    pace: f32,
}

/// Where a particle is drawn, in fractions of the frame from its upper left corner; `size` is a
/// fraction of the frame's height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub opacity: f32,
    pub depth: f32,
}

/// All particles of a film, far ones first.
pub struct Particles {
    air: Air,
    particles: Vec<Particle>,
}

impl Particles {
    pub fn new(scene: &Scene) -> Self {
        let air = scene.mood.air();
        let count = match air {
            Air::Dust => 46,
            Air::Snow => 130,
            Air::Sparks => 64,
            Air::Fireflies => 30,
        };
        let mut random = ChaCha8Rng::seed_from_u64(scene.seed);
        let mut particles: Vec<_> = (0..count)
            .map(|_| Particle {
                x: random.random_range(0.0..1.0),
                y: random.random_range(0.0..1.0),
                depth: 0.3 + 1.4 * random.random_range(0.0..1.0_f32).powi(2),
                size: random.random_range(0.7..1.4),
                phase: random.random_range(0.0..TAU),
                pace: random.random_range(0.6..1.4),
            })
            .collect();
        particles.sort_by(|a, b| a.depth.total_cmp(&b.depth));
        Self { air, particles }
    }

    /// Every particle `time` seconds from the start, far ones first.
    pub fn at(&self, time: f32) -> impl Iterator<Item = Spot> {
        self.particles
            .iter()
            .map(move |particle| particle.at(self.air, time))
    }
}

impl Particle {
    fn at(&self, air: Air, time: f32) -> Spot {
        let pace = self.pace * self.depth;
        let sway = |hz: f32, reach: f32| reach * (time * hz * TAU * self.pace + self.phase).sin();
        let twinkle = |hz: f32| 0.5 + 0.5 * (time * hz * TAU + self.phase * 3.0).sin();
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
        // The nearer a particle is, the more it is out of focus: larger and fainter.
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

/// Wraps around the frame and a margin, so that a particle changes sides outside the frame.
fn wrap(position: f32) -> f32 {
    (position + 0.1).rem_euclid(1.2) - 0.1
}

#[cfg(test)]
mod tests {
    use super::Particles;
    use crate::mood::Mood;
    use crate::scene::{Scene, tests::small};
    use proptest::prelude::*;

    fn spots(mood: Mood, seed: u64, time: f32) -> Vec<super::Spot> {
        Particles::new(&Scene {
            mood,
            seed,
            ..small()
        })
        .at(time)
        .collect()
    }

    #[test]
    fn equal_seeds_make_equal_particles() {
        assert_eq!(spots(Mood::Cold, 3, 1.0), spots(Mood::Cold, 3, 1.0));
        assert_ne!(spots(Mood::Cold, 3, 1.0), spots(Mood::Cold, 4, 1.0));
    }

    proptest! {
        #[test]
        fn particles_stay_near_the_frame_and_never_jump(seed: u64, time in 0.0..1800.0_f32) {
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
