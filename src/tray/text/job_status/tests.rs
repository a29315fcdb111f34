use super::{about, all_done_in, elapsed, remaining, step};
use crate::i18n::Lang;
use crate::job::sample::job;
use crate::job::{Job, JobState, Timestamp};

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
        // The browser's clock may be behind: nothing runs backwards.
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
fn what_took_no_second_is_not_said_to_have_taken_none() {
    for (elapsed_seconds, said) in [(0.0, None), (0.3, Some("< 1 s")), (61.0, Some("1:01"))] {
        for state in [JobState::Completed, JobState::Failed, JobState::Cancelled] {
            let job = Job {
                state,
                elapsed_seconds,
                ..running(None)
            };
            let took = elapsed(&job, Timestamp(9_000_000)).map(|text| plain(&text));
            assert_eq!(took.as_deref(), said, "{state:?}");
        }
    }
}

#[test]
fn a_paused_job_stands_still() {
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
fn without_evidence_nothing_is_promised() {
    let now = Timestamp(1_000_000);
    assert_eq!(
        remaining(Lang::En, &running(None), now).as_deref(),
        Some("estimating…")
    );
    assert_eq!(remaining(Lang::En, &job(1, JobState::Queued), now), None);
    assert_eq!(all_done_in([&running(None)], now), None);
}

#[test]
fn an_estimate_that_ran_out_early_was_wrong() {
    let job = Job {
        progress: Some(0.4),
        ..running(Some(5.0))
    };
    let words = remaining(Lang::En, &job, Timestamp(1_005_000));
    assert_eq!(words.as_deref(), Some("estimating…"));
}

#[test]
fn a_stalled_job_says_for_how_long() {
    let job = Job {
        stalled: true,
        ..running(None)
    };
    let words = step(Lang::En, &job, Timestamp(1_065_000), None);
    assert_eq!(plain(&words), "No news for 1 min 05 s");
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
        assert_eq!(plain(&about(seconds)), words, "{seconds}");
    }
}

#[test]
fn all_is_done_with_the_longest_or_with_the_whole_shared_out() {
    let now = Timestamp(1_000_000);
    let queued = |estimate| Job {
        estimate_seconds: Some(estimate),
        ..job(2, JobState::Queued)
    };
    let (long, short) = (running(Some(100.0)), running(Some(20.0)));
    let left = |jobs: &[&Job]| all_done_in(jobs.iter().copied(), now);
    assert_eq!(left(&[&long, &short]), Some(100.0));
    assert_eq!(left(&[&long, &short, &queued(200.0)]), Some(160.0));
    assert_eq!(left(&[&queued(30.0)]), Some(30.0));
    assert_eq!(left(&[&job(1, JobState::Completed)]), None);
}
