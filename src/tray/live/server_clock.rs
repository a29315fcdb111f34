//! The server's time, measured by the browser's clocks. Pure.

use crate::job::Timestamp;
use crate::tray::monotonic::Monotonic;
use std::collections::VecDeque;

/// How many of the latest messages determine the offset of a clock.
const SAMPLES: usize = 8;

/// A reading of both browser clocks.
#[derive(Debug, Clone, Copy)]
pub struct BrowserTime {
    pub monotonic: Monotonic,
    /// The user's clock, which may be set at any time and continues while the machine sleeps.
    pub wall: Timestamp,
}

/// The server's clock.
///
/// It follows the monotonic clock. While no messages come, it follows the wall clock instead, because the machine may
/// have been asleep.
#[derive(Debug, Clone, Default)]
pub struct ServerClock {
    monotonic: Offset,
    wall: Offset,
}

impl ServerClock {
    /// Records the server's time from a message that just arrived.
    pub fn sample(&mut self, server: Timestamp, browser: BrowserTime) {
        self.monotonic.sample(server, browser.monotonic.millis());
        self.wall.sample(server, browser.wall.0);
    }

    /// Call it when messages may arrive again after a time without any. Only the wall clock has measured that time, so
    /// the monotonic clock is set by it.
    pub fn resume(&mut self, browser: BrowserTime) {
        let server = self.wall.apply(browser.wall.0);
        self.monotonic.sample(server, browser.monotonic.millis());
    }

    /// The server's time now.
    pub fn now(&self, browser: BrowserTime, offline: bool) -> Timestamp {
        if offline {
            self.wall.apply(browser.wall.0)
        } else {
            self.monotonic.apply(browser.monotonic.millis())
        }
    }
}

/// The difference between the server's clock and one of the browser's, in milliseconds.
///
/// Messages can only be late, so the largest difference of the latest few is the most accurate.
#[derive(Debug, Clone, Default)]
struct Offset {
    samples: VecDeque<i64>,
}

impl Offset {
    fn sample(&mut self, server: Timestamp, browser: i64) {
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back(server.0 - browser);
    }

    fn apply(&self, browser: i64) -> Timestamp {
        Timestamp(browser + self.samples.iter().max().copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::{BrowserTime, SAMPLES, ServerClock};
    use crate::job::Timestamp;
    use crate::tray::monotonic::Monotonic;
    use std::time::Duration;

    fn browser(monotonic: u64, wall: i64) -> BrowserTime {
        BrowserTime {
            monotonic: Monotonic::after_start(Duration::from_millis(monotonic)),
            wall: Timestamp(wall),
        }
    }

    #[test]
    fn a_late_message_does_not_move_the_clock() {
        let mut clock = ServerClock::default();
        clock.sample(Timestamp(10_000), browser(1_000, 1_000));
        clock.sample(Timestamp(11_000), browser(3_500, 3_500));
        for offline in [false, true] {
            let now = clock.now(browser(4_000, 4_000), offline);
            assert_eq!(now, Timestamp(13_000));
        }
    }

    #[test]
    fn a_wall_clock_that_was_set_is_followed_after_eight_messages() {
        let mut clock = ServerClock::default();
        clock.sample(Timestamp(10_000), browser(0, 0));
        for _ in 0..SAMPLES {
            clock.sample(Timestamp(10_000), browser(0, 9_000));
        }
        assert_eq!(clock.now(browser(0, 9_000), true), Timestamp(10_000));
    }

    #[test]
    fn a_wall_clock_that_was_set_does_not_move_the_time_while_messages_come() {
        let mut clock = ServerClock::default();
        clock.sample(Timestamp(10_000), browser(1_000, 1_000));
        assert_eq!(clock.now(browser(2_000, 99_000), false), Timestamp(11_000));
    }

    #[test]
    fn time_that_the_machine_slept_counts_after_it_resumes() {
        let mut clock = ServerClock::default();
        clock.sample(Timestamp(10_000), browser(1_000, 1_000));
        // An hour passes while the monotonic clock is stopped.
        let awake = browser(1_000, 3_601_000);
        assert_eq!(clock.now(awake, true), Timestamp(3_610_000));
        clock.resume(awake);
        assert_eq!(clock.now(awake, false), Timestamp(3_610_000));
    }
}
