//! Estimates the remaining time. Pure: running seconds and progress are passed in.

use super::{Job, JobState, Timestamp};
use serde::{Deserialize, Serialize};

/// How much one new sample moves the smoothed speed.
const SMOOTHING: f64 = 0.3;
/// Running seconds below which the first report sets the position but not the speed: a report right after the
/// start or a pause may carry progress made before.
const FIRST_SPAN: f64 = 0.25;
/// Samples needed for an estimate.
const ENOUGH_SAMPLES: u32 = 2;

/// A smoothed estimate, kept on the job's row between reports.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Eta {
    /// Smoothed progress per second; 0 while unknown.
    pub speed: f64,
    /// Reports so far that raised the progress.
    pub samples: u32,
    /// Progress and running seconds of the latest sample.
    pub progress: f64,
    pub elapsed: f64,
}

impl Eta {
    /// The estimate updated with a report: `progress` (0 to 1) after `elapsed` seconds of this attempt.
    #[must_use]
    pub fn sampled(self, progress: f64, elapsed: f64) -> Self {
        let gained = progress - self.progress;
        let spent = elapsed - self.elapsed;
        if gained <= 0.0 || spent <= 0.0 {
            return self;
        }
        let speed = if self.samples == 0 && spent < FIRST_SPAN {
            0.0
        } else if self.speed == 0.0 {
            gained / spent
        } else {
            // A longer sample weighs more: as much as the same seconds in one-second samples.
            let weight = 1.0 - (1.0 - SMOOTHING).powf(spent.clamp(0.05, 10.0));
            self.speed + weight * (gained / spent - self.speed)
        };
        Self {
            speed,
            samples: self.samples + 1,
            progress,
            elapsed,
        }
    }

    /// Remaining seconds; none until there are enough samples. A resumed job starts over with
    /// `Eta { progress, elapsed, ..default }`, so that earlier work does not count as speed.
    #[must_use]
    pub fn remaining(self) -> Option<f64> {
        (self.samples >= ENOUGH_SAMPLES && self.speed > 0.0)
            .then(|| ((1.0 - self.progress) / self.speed).max(0.0))
    }
}

/// Remaining seconds at `now`: a running job's time since its last change is subtracted. Never below 0.
#[must_use]
pub fn remaining_seconds(job: &Job, now: Timestamp) -> Option<f64> {
    let remaining = job.eta_seconds?;
    let since = if job.state == JobState::Running {
        now.seconds_since(job.last_updated_at).max(0.0)
    } else {
        0.0
    };
    Some((remaining - since).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::Eta;
    use proptest::prelude::*;

    #[test]
    fn one_sample_is_no_evidence() {
        let eta = Eta::default().sampled(0.1, 1.0);
        assert_eq!(eta.remaining(), None);
        let left = eta.sampled(0.2, 2.0).remaining().unwrap();
        assert!((left - 8.0).abs() < 1e-9, "{left}");
    }

    #[test]
    fn a_report_that_comes_with_the_start_is_no_speed() {
        // One hundredth every 0.3 s, the first immediately.
        let mut eta = Eta::default();
        for done in 0..10_u32 {
            let done = f64::from(done);
            eta = eta.sampled((done + 1.0) / 100.0, 0.002 + done * 0.3);
        }
        let left = eta.remaining().unwrap();
        assert!((left - 27.0).abs() < 1e-6, "{left}");
    }

    #[test]
    fn a_report_that_gains_nothing_changes_nothing() {
        let eta = Eta::default().sampled(0.1, 1.0);
        assert_eq!(eta.sampled(0.1, 9.0), eta);
        assert_eq!(eta.sampled(0.05, 9.0), eta);
    }

    proptest! {
        #[test]
        fn steady_work_is_estimated_exactly(total in 1.0_f64..10_000.0, steps in 3_u32..200) {
            let mut eta = Eta::default();
            for step in 1..steps {
                let done = f64::from(step) / f64::from(steps);
                eta = eta.sampled(done, done * total);
            }
            let left = total / f64::from(steps);
            prop_assert!((eta.remaining().unwrap() - left).abs() < left * 1e-6);
        }
    }
}
