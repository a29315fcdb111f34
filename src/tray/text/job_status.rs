//! What a job is doing, how long it ran and how long it still takes, at a given moment.

use crate::i18n::{Lang, job as texts, time, tray as messages};
use crate::job::{Job, JobState, RequestedState, Timestamp};
use crate::tray::model::times;
use std::time::Duration;

/// A job becomes stalled when it has not reported for this long, so no shorter time is shown.
const STALLED_AFTER: Duration = Duration::from_secs(30);
/// An estimate that runs out is believed from this progress on; before, it was wrong.
const NEARLY_DONE: f64 = 0.9;
/// Less than this remains when the estimate has run out.
const MOMENT: Duration = Duration::from_secs(1);

/// `1:53`, as a stopwatch shows it: the same width from second to second. None for a job that never ran.
pub fn elapsed(job: &Job, now: Timestamp) -> Option<String> {
    let time = times::elapsed(job, now);
    match job.state {
        JobState::Running | JobState::Paused => Some(stopwatch(time)),
        _ if time.is_zero() => None,
        // `0:00` would claim that it took no time.
        _ if time < MOMENT => Some(span(time)),
        _ => Some(stopwatch(time)),
    }
}

/// `took 2:35`, of a job that ended.
pub fn took(lang: Lang, job: &Job) -> Option<String> {
    let time = elapsed(job, job.last_updated_at).filter(|_| job.state.is_finished())?;
    Some(format!("{}\u{a0}{time}", messages::TOOK.get(lang)))
}

/// How long a job still takes: an estimate where there is evidence, and no number where there is none.
pub fn remaining(lang: Lang, job: &Job, now: Timestamp) -> Option<String> {
    let left = |time| messages::LEFT.fill(lang, "t", approximate(time));
    match job.state {
        // Nobody knows when a job will be done that does not report.
        JobState::Running if job.stalled => None,
        JobState::Running => Some(match times::remaining(job, now) {
            Some(time) if time >= MOMENT => left(time),
            Some(_) if job.progress >= Some(NEARLY_DONE) => {
                messages::ANY_MOMENT.get(lang).to_owned()
            }
            Some(_) | None => messages::ESTIMATING.get(lang).to_owned(),
        }),
        JobState::Paused => {
            let time = times::duration(job.eta_seconds?);
            Some(left(time.max(MOMENT)))
        }
        JobState::Queued => {
            let time = times::duration(job.estimate_seconds?);
            Some(messages::EXPECTED.fill(lang, "t", approximate(time.max(MOMENT))))
        }
        JobState::Completed | JobState::Failed | JobState::Cancelled => None,
    }
}

/// What a job is doing, or how it ended. `ahead` is the number of jobs ahead of a queued one.
pub fn step(lang: Lang, job: &Job, now: Timestamp, ahead: Option<usize>) -> String {
    match job.wanted {
        Some(RequestedState::Paused) => return messages::PAUSING.get(lang).to_owned(),
        Some(RequestedState::Cancelled) => return messages::CANCELLING.get(lang).to_owned(),
        None => {}
    }
    let state = || messages::state(job.state).get(lang).to_owned();
    let ago = || time::ago(lang, job.ended_at(), now);
    match (job.state, ahead) {
        (JobState::Running, _) if job.stalled => {
            let silent = times::since(job.last_updated_at, now).max(STALLED_AFTER);
            messages::STALLED.fill(lang, "t", span(silent))
        }
        (JobState::Queued, Some(0)) => messages::NEXT.get(lang).to_owned(),
        (JobState::Queued, Some(ahead)) => messages::PLACE.fill(lang, "n", ahead),
        (JobState::Completed, _) => messages::READY_AGO.fill(lang, "t", ago()),
        (JobState::Cancelled, _) => messages::CANCELLED_AGO.fill(lang, "t", ago()),
        (JobState::Failed, _) => texts::failure(lang, job).map_or_else(state, |(why, _)| why),
        _ => texts::step(lang, job).unwrap_or_else(state),
    }
}

/// A remaining time as coarse as its estimate: seconds only in the last minute, then minutes alone.
pub fn approximate(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds <= 59.0 {
        time::span(seconds.ceil())
    } else if seconds < 3570.0 {
        format!("{}\u{a0}min", (seconds / 60.0).round_ties_even())
    } else {
        time::span(seconds)
    }
}

/// A length of time in at most two units.
pub fn span(time: Duration) -> String {
    time::span(time.as_secs_f64())
}

fn stopwatch(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests;
