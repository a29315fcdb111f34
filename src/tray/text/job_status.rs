//! What a job is doing, how long it has run and how long it will take, at a given moment.

use crate::i18n::{Lang, job as texts, time, tray as messages};
use crate::job::{Job, JobState, RequestedState, STALLED_AFTER, Timestamp};
use crate::tray::model::times;
use std::time::Duration;

/// When an estimate runs out at this progress or above, the job is nearly done; below, the estimate was wrong.
const NEARLY_DONE: f64 = 0.9;
/// An estimate with less than this left has run out.
const MOMENT: Duration = Duration::from_secs(1);

/// `1:53`, as on a stopwatch, so that its width stays the same. None for a job that never ran.
pub fn elapsed(job: &Job, now: Timestamp) -> Option<String> {
    let time = times::elapsed(job, now);
    match job.state {
        JobState::Running | JobState::Paused => Some(stopwatch(time)),
        _ if time.is_zero() => None,
        // `0:00` would suggest that the job took no time.
        _ if time < MOMENT => Some(span(time)),
        _ => Some(stopwatch(time)),
    }
}

/// `took 2:35`, for a job that ended.
pub fn took(lang: Lang, job: &Job) -> Option<String> {
    let time = elapsed(job, job.last_updated_at).filter(|_| job.state.is_finished())?;
    Some(format!("{}\u{a0}{time}", messages::TOOK.get(lang)))
}

/// How long a job will still take, with a number only if there is an estimate; none if nothing can be said.
pub fn remaining(lang: Lang, job: &Job, now: Timestamp) -> Option<String> {
    let left = |time| messages::LEFT.fill(lang, "t", approximate(time));
    match job.state {
        // The remaining time of a job that does not report is unknown.
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
        (JobState::Queued, Some(ahead)) => messages::AHEAD_IN_QUEUE.fill(lang, "n", ahead),
        (JobState::Completed, _) => messages::READY_AGO.fill(lang, "t", ago()),
        (JobState::Cancelled, _) => messages::CANCELLED_AGO.fill(lang, "t", ago()),
        (JobState::Failed, _) => texts::failure(lang, job).map_or_else(state, |(why, _)| why),
        _ => texts::step(lang, job).unwrap_or_else(state),
    }
}

/// A remaining time, as coarse as its estimate: in seconds below a minute, in minutes below an hour.
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

/// A duration in at most two units.
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
