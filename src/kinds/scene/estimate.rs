//! How long a film takes to render, learned from the last one.

use std::sync::atomic::{AtomicU64, Ordering};

/// Seconds of work per megapixel before the first film is measured: on a core of 2.5 GHz, by build profile.
const INITIAL_COST: f64 = if cfg!(debug_assertions) { 0.60 } else { 0.16 };
/// Seconds to draw the layers and to write the film, whatever its length.
const FIXED_SECONDS: f64 = 0.4;

/// The measured cost of rendering, shared by all jobs of the process.
pub struct RenderCost {
    /// Seconds of work per megapixel, as the bits of an `f64`.
    bits: AtomicU64,
}

impl Default for RenderCost {
    fn default() -> Self {
        Self {
            bits: AtomicU64::new(INITIAL_COST.to_bits()),
        }
    }
}

impl RenderCost {
    /// The seconds that rendering takes; `megapixels` is the sum over all frames.
    pub fn estimate(&self, megapixels: f64) -> f64 {
        FIXED_SECONDS + megapixels * f64::from_bits(self.bits.load(Ordering::Relaxed))
    }

    pub fn record(&self, seconds_per_megapixel: f64) {
        let bits = seconds_per_megapixel.to_bits();
        self.bits.store(bits, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::RenderCost;

    #[test]
    fn the_last_film_decides_the_next_estimate() {
        let cost = RenderCost::default();
        cost.record(2.0);
        cost.record(0.5);
        assert!((cost.estimate(10.0) - 5.4).abs() < 1e-9);
    }
}
