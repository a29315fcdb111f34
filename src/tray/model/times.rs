//! Running and remaining time of jobs at a given moment. A job has them as of its last change; they are extrapolated
//! from there.

use crate::job::{Job, JobState, Timestamp, remaining_seconds};
use std::time::Duration;

/// The time from one moment to a later one; zero if `later` is not later.
pub fn since(earlier: Timestamp, later: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(later.0 - earlier.0).unwrap_or(0))
}

/// A duration from the seconds in a job; zero if they are negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, as durations do"
)]
pub fn duration(seconds: f64) -> Duration {
    Duration::from_micros((seconds * 1e6) as u64)
}

/// Running time of this attempt at `now`.
pub fn elapsed(job: &Job, now: Timestamp) -> Duration {
    let before = duration(job.elapsed_seconds);
    match job.state {
        JobState::Running => before.saturating_add(since(job.last_updated_at, now)),
        _ => before,
    }
}

/// The remaining time of a job at `now`; none if it is unknown.
pub fn remaining(job: &Job, now: Timestamp) -> Option<Duration> {
    remaining_seconds(job, now).map(duration)
}

/// The time until all jobs that are not paused are done: that of the longest running job, or all remaining time divided
/// among as many workers as are busy now. None if the time of any job is unknown.
pub fn until_all_done<'a>(
    jobs: impl IntoIterator<Item = &'a Job>,
    now: Timestamp,
) -> Option<Duration> {
    let (mut longest, mut total, mut busy) = (Duration::ZERO, Duration::ZERO, 0);
    for job in jobs {
        let left = match job.state {
            JobState::Running => {
                busy += 1;
                let expected = || {
                    let estimate = duration(job.estimate_seconds?);
                    Some(estimate.saturating_sub(elapsed(job, now)))
                };
                let left = remaining(job, now).or_else(expected)?;
                longest = longest.max(left);
                left
            }
            JobState::Queued => duration(job.estimate_seconds?),
            _ => continue,
        };
        total = total.saturating_add(left);
    }
    (!total.is_zero()).then(|| longest.max(total / busy.max(1)))
}

#[cfg(test)]
mod tests {
    use super::{duration, elapsed, remaining, until_all_done};
    use crate::job::sample::job;
    use crate::job::{Job, JobState, Timestamp};
    use std::time::Duration;

    fn running(eta_seconds: Option<f64>) -> Job {
        Job {
            elapsed_seconds: 113.0,
            eta_seconds,
            last_updated_at: Timestamp(1_000_000),
            ..job(1, JobState::Running)
        }
    }

    #[test]
    fn times_are_counted_on_from_the_last_change() {
        let job = running(Some(42.0));
        for (now, ran, left) in [
            (1_000_000, 113_000, 42_000),
            (1_010_500, 123_500, 31_500),
            (1_999_000, 1_112_000, 0),
            // The browser's clock may be behind, but times never run backwards.
            (900_000, 113_000, 42_000),
        ] {
            let now = Timestamp(now);
            assert_eq!(elapsed(&job, now), Duration::from_millis(ran));
            assert_eq!(remaining(&job, now), Some(Duration::from_millis(left)));
        }
    }

    #[test]
    fn a_length_of_time_that_makes_no_sense_is_the_nearest_that_does() {
        for (seconds, expected) in [
            (-1.0, Duration::ZERO),
            (f64::NAN, Duration::ZERO),
            (1.5, Duration::from_millis(1_500)),
            (f64::INFINITY, Duration::from_micros(u64::MAX)),
        ] {
            assert_eq!(duration(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn all_is_done_with_the_longest_or_with_the_whole_work_shared() {
        let now = Timestamp(1_000_000);
        let queued = |estimate| Job {
            estimate_seconds: Some(estimate),
            ..job(2, JobState::Queued)
        };
        let (long, short) = (running(Some(100.0)), running(Some(20.0)));
        let left = |jobs: &[&Job]| until_all_done(jobs.iter().copied(), now);
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(left(&[&long, &short]), seconds(100));
        assert_eq!(left(&[&long, &short, &queued(200.0)]), seconds(160));
        assert_eq!(left(&[&queued(30.0)]), seconds(30));
        assert_eq!(left(&[&job(1, JobState::Completed)]), None);
    }

    #[test]
    fn no_estimate_without_samples() {
        let now = Timestamp(1_000_000);
        assert_eq!(until_all_done([&running(None)], now), None);
    }
}
