//! What a row says of its job's time, at a given now. Pure.

use crate::i18n::{Lang, job as texts, time, tray as messages};
use crate::job::{Job, JobState, Timestamp, remaining_seconds};

/// A stalled job says so with the age of its last report; until then it is nobody's business.
const STALLED_SECONDS: f64 = 30.0;

/// An estimate that ran out is believed from here on; before, it was wrong.
const NEARLY_DONE: f64 = 0.9;

/// Running seconds of this attempt at `now`.
pub fn elapsed_seconds(job: &Job, now: Timestamp) -> f64 {
    let since = match job.state {
        JobState::Running => now.seconds_since(job.last_updated_at).max(0.0),
        _ => 0.0,
    };
    job.elapsed_seconds + since
}

/// `1:53`, as a stop-watch shows it: the same width from second to second. Nothing is said of a
/// job that never ran.
pub fn elapsed(job: &Job, now: Timestamp) -> Option<String> {
    let seconds = elapsed_seconds(job, now);
    match job.state {
        JobState::Running | JobState::Paused => Some(stopwatch(seconds)),
        _ if seconds <= 0.0 => None,
        // `0:00` would say that it took no time.
        _ if seconds < 1.0 => Some(time::span(seconds)),
        _ => Some(stopwatch(seconds)),
    }
}

/// `took 2:35`, of what has ended.
pub fn took(lang: Lang, job: &Job) -> Option<String> {
    let text = elapsed(job, job.last_updated_at).filter(|_| job.state.is_finished())?;
    Some(format!("{}\u{a0}{text}", messages::TOOK.get(lang)))
}

/// What remains: an estimate, where there is evidence, and honest words where there is none.
pub fn remaining(lang: Lang, job: &Job, now: Timestamp) -> Option<String> {
    match job.state {
        // Nobody knows when work ends of which nobody hears.
        JobState::Running if job.stalled => None,
        JobState::Running => Some(match remaining_seconds(job, now) {
            Some(left) if left < 1.0 && job.progress < Some(NEARLY_DONE) => {
                messages::ESTIMATING.get(lang).to_owned()
            }
            Some(left) if left < 1.0 => messages::ANY_MOMENT.get(lang).to_owned(),
            Some(left) => messages::LEFT.fill(lang, "t", about(left)),
            None => messages::ESTIMATING.get(lang).to_owned(),
        }),
        JobState::Paused => job
            .eta_seconds
            .map(|left| messages::LEFT.fill(lang, "t", about(left.max(1.0)))),
        JobState::Queued => job
            .estimate_seconds
            .map(|all| messages::EXPECTED.fill(lang, "t", about(all.max(1.0)))),
        _ => None,
    }
}

/// The line under the name: what the job is at, or how it ended.
pub fn step(lang: Lang, job: &Job, now: Timestamp, ahead: Option<usize>) -> String {
    if job.state == JobState::Running && job.stalled {
        let silent = now.seconds_since(job.last_updated_at).max(STALLED_SECONDS);
        return messages::STALLED.fill(lang, "t", time::span(silent));
    }
    let ended = job.finished_at.unwrap_or(job.last_updated_at);
    match (job.state, ahead) {
        (JobState::Queued, Some(0)) => messages::NEXT.get(lang).to_owned(),
        (JobState::Queued, Some(ahead)) => messages::PLACE.fill(lang, "n", ahead),
        (JobState::Completed, _) => {
            messages::READY_AGO.fill(lang, "t", time::ago(lang, ended, now))
        }
        (JobState::Cancelled, _) => {
            messages::CANCELLED_AGO.fill(lang, "t", time::ago(lang, ended, now))
        }
        (JobState::Failed, _) => texts::failure(lang, job).map_or_else(
            || messages::state(job.state).get(lang).to_owned(),
            |(why, _)| why,
        ),
        (state, _) => {
            texts::step(lang, job).unwrap_or_else(|| messages::state(state).get(lang).to_owned())
        }
    }
}

/// Seconds until all that is not paused is done, as far as it can be known: the longest running
/// one, or the whole work shared by as many hands as work now.
pub fn all_done_in<'a>(jobs: impl IntoIterator<Item = &'a Job>, now: Timestamp) -> Option<f64> {
    let (mut longest, mut all, mut hands) = (0.0_f64, 0.0, 0.0_f64);
    for job in jobs {
        let left = match job.state {
            JobState::Running => {
                hands += 1.0;
                let left = remaining_seconds(job, now).or_else(|| {
                    job.estimate_seconds
                        .map(|all| (all - elapsed_seconds(job, now)).max(0.0))
                })?;
                longest = longest.max(left);
                left
            }
            JobState::Queued => job.estimate_seconds?,
            _ => continue,
        };
        all += left;
    }
    (all > 0.0).then(|| longest.max(all / hands.max(1.0)))
}

/// A remaining time as coarse as its estimate: seconds only in the last minute.
pub fn about(seconds: f64) -> String {
    if seconds <= 59.0 {
        time::span(seconds.ceil())
    } else if seconds < 3570.0 {
        // Two figures at most: `3 min 12 s` promises more than an estimate knows.
        format!("{}\u{a0}min", whole_minutes(seconds))
    } else {
        time::span(seconds)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "below an hour"
)]
fn whole_minutes(seconds: f64) -> u32 {
    (seconds / 60.0).round_ties_even() as u32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what is shown"
)]
fn stopwatch(seconds: f64) -> String {
    let seconds = seconds.clamp(0.0, 1e12) as u64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

#[cfg(test)]
mod tests;
