use super::{approximate, elapsed, remaining, step};
use crate::i18n::Lang;
use crate::job::sample::job;
use crate::job::{Job, JobState, RequestedState, Timestamp};
use std::time::Duration;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn running(eta_seconds: Option<f64>) -> Job {
    Job {
        progress: Some(0.95),
        elapsed_seconds: 113.0,
        eta_seconds,
        last_updated_at: Timestamp(1_000_000),
        ..job(1, JobState::Running)
    }
}

#[test]
fn times_are_counted_on_from_the_last_change() {
    let job = running(Some(42.0));
    for (now, gone, left) in [
        (1_000_000, "1:53", "42 s left"),
        (1_010_000, "2:03", "32 s left"),
        (1_041_500, "2:34", "any moment"),
        (1_999_000, "18:32", "any moment"),
        // The browser's clock may be behind, but times never run backwards.
        (900_000, "1:53", "42 s left"),
    ] {
        let now = Timestamp(now);
        assert_eq!(elapsed(&job, now).as_deref(), Some(gone));
        assert_eq!(
            remaining(Lang::En, &job, now)
                .map(|text| plain(&text))
                .as_deref(),
            Some(left)
        );
    }
}

#[test]
fn a_job_that_ran_for_less_than_a_second_does_not_show_zero() {
    for (elapsed_seconds, text) in [(0.0, None), (0.3, Some("< 1 s")), (61.0, Some("1:01"))] {
        for state in [JobState::Completed, JobState::Failed, JobState::Cancelled] {
            let job = Job {
                state,
                elapsed_seconds,
                ..running(None)
            };
            let took = elapsed(&job, Timestamp(9_000_000)).map(|text| plain(&text));
            assert_eq!(took.as_deref(), text, "{state:?}");
        }
    }
}

#[test]
fn the_times_of_a_paused_job_stand_still() {
    let job = Job {
        state: JobState::Paused,
        ..running(Some(42.0))
    };
    let later = Timestamp(9_000_000);
    assert_eq!(elapsed(&job, later).as_deref(), Some("1:53"));
    assert_eq!(
        remaining(Lang::En, &job, later)
            .map(|text| plain(&text))
            .as_deref(),
        Some("42 s left")
    );
}

#[test]
fn without_evidence_no_time_is_shown() {
    let now = Timestamp(1_000_000);
    assert_eq!(
        remaining(Lang::En, &running(None), now).as_deref(),
        Some("estimating…")
    );
    assert_eq!(remaining(Lang::En, &job(1, JobState::Queued), now), None);
}

#[test]
fn an_estimate_that_runs_out_early_is_not_believed() {
    let job = Job {
        progress: Some(0.4),
        ..running(Some(5.0))
    };
    let words = remaining(Lang::En, &job, Timestamp(1_005_000));
    assert_eq!(words.as_deref(), Some("estimating…"));
}

#[test]
fn a_stalled_job_shows_how_long_it_has_been_silent() {
    let job = Job {
        stalled: true,
        ..running(None)
    };
    let words = step(Lang::En, &job, Timestamp(1_065_000), None);
    assert_eq!(plain(&words), "No update for 1 min 05 s");
    assert_eq!(remaining(Lang::En, &job, Timestamp(1_065_000)), None);
}

#[test]
fn remaining_times_are_as_coarse_as_estimates() {
    for (seconds, words) in [
        (0.2, "1 s"),
        (59.0, "59 s"),
        (59.5, "1 min"),
        (200.0, "3 min"),
        (3569.0, "59 min"),
        (3600.0, "1 h 00 min"),
    ] {
        assert_eq!(
            plain(&approximate(Duration::from_secs_f64(seconds))),
            words,
            "{seconds}"
        );
    }
}

#[test]
fn a_requested_state_shows_before_the_worker_honours_it() {
    for (wanted, text) in [
        (RequestedState::Paused, "Pausing…"),
        (RequestedState::Cancelled, "Cancelling…"),
    ] {
        let job = Job {
            wanted: Some(wanted),
            ..running(None)
        };
        assert_eq!(step(Lang::En, &job, job.last_updated_at, None), text);
    }
}
