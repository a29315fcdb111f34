//! Moments of a monotonic clock.

use std::ops::Add;
use std::time::Duration;

/// A moment that no change of the machine's clock moves. The clock may stand still while the machine sleeps.
///
/// `std::time::Instant` has no clock to read in a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Monotonic(Duration);

/// Reads the current moment.
pub type MonotonicClock = fn() -> Monotonic;

impl Monotonic {
    /// The moment so long after the page was opened.
    pub const fn after_start(time: Duration) -> Self {
        Self(time)
    }

    /// Whole milliseconds since the page was opened.
    pub fn millis(self) -> i64 {
        i64::try_from(self.0.as_millis()).unwrap_or(i64::MAX)
    }

    /// The time since an earlier moment; zero when it is later.
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<Duration> for Monotonic {
    type Output = Self;

    fn add(self, time: Duration) -> Self {
        Self(self.0.saturating_add(time))
    }
}
