//! How long to wait before the next try to connect. Pure: chance is passed in.

/// The first wait.
const FIRST_MILLIS: f64 = 500.0;
/// No wait is longer.
const LONGEST_MILLIS: f64 = 30_000.0;

/// Milliseconds to wait before a try, the `failed`-th since the last success (from 1); `random`
/// is 0 to 1. Half of the wait is chance, so that many pages do not come back at one moment.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 250 and 30,000"
)]
pub fn wait_millis(failed: u32, random: f64) -> u32 {
    let exponent = f64::from(failed.saturating_sub(1).min(10));
    let full = (FIRST_MILLIS * exponent.exp2()).min(LONGEST_MILLIS);
    (full * (0.5 + 0.5 * random.clamp(0.0, 1.0))) as u32
}

#[cfg(test)]
mod tests {
    use super::wait_millis;

    #[test]
    fn waits_double_from_half_a_second_to_half_a_minute() {
        for (failed, shortest, longest) in [
            (0, 250, 500),
            (1, 250, 500),
            (2, 500, 1000),
            (4, 2000, 4000),
            (7, 15_000, 30_000),
            (u32::MAX, 15_000, 30_000),
        ] {
            assert_eq!(wait_millis(failed, 0.0), shortest, "{failed}");
            assert_eq!(wait_millis(failed, 1.0), longest, "{failed}");
        }
    }
}
