//! The delay before the next attempt to connect. Pure: the random number is passed in.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(500);
const MAX: Duration = Duration::from_secs(30);
/// Doublings after which the delay is at its maximum in any case.
const MAX_DOUBLINGS: u32 = 10;

/// The delay after this many failures in a row (from 1). Half of it is random, with `random` from 0 to 1, so that many
/// pages do not reconnect at the same moment.
pub fn delay(failures: u32, random: f64) -> Duration {
    let doublings = failures.saturating_sub(1).min(MAX_DOUBLINGS);
    let full = (FIRST * (1 << doublings)).min(MAX);
    full.mul_f64(0.5 + 0.5 * random.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::delay;
    use std::time::Duration;

    #[test]
    fn delays_double_from_half_a_second_to_half_a_minute() {
        for (failures, shortest, longest) in [
            (0, 250, 500),
            (1, 250, 500),
            (2, 500, 1_000),
            (4, 2_000, 4_000),
            (7, 15_000, 30_000),
            (u32::MAX, 15_000, 30_000),
        ] {
            for (random, millis) in [(0.0, shortest), (1.0, longest)] {
                let expected = Duration::from_millis(millis);
                assert_eq!(delay(failures, random), expected, "{failures}");
            }
        }
    }
}
