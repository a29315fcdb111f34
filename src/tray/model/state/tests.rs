use super::{Alert, Applied, State};
use crate::job::sample::{ME, job};
use crate::job::{Job, JobId, JobState, Timestamp};
use crate::live::{Message, Snapshot};
use crate::tray::model::rows::{Group, Row};
use JobState::{Cancelled, Completed, Failed, Paused, Queued, Running};
use proptest::prelude::*;

fn state(jobs: Vec<Job>) -> State {
    let snapshot = Snapshot {
        epoch: "e".to_owned(),
        cursor: 10,
        server_time: Timestamp(0),
        jobs,
        seen: Vec::new(),
    };
    State::from_snapshot(snapshot, ME.to_owned())
}

fn changes(cursor: u64, jobs: Vec<Job>) -> Message {
    Message::Changes {
        cursor,
        server_time: Timestamp(i64::try_from(cursor).unwrap() * 1000),
        jobs,
    }
}

fn part(epoch: &str, cursor: u64, jobs: Vec<Job>, more: bool) -> Message {
    Message::Snapshot {
        epoch: epoch.to_owned(),
        cursor,
        server_time: Timestamp(0),
        jobs,
        more,
    }
}

/// The next version of a job, in a state.
fn next(job: &Job, state: JobState) -> Job {
    let at = Timestamp(job.last_updated_at.0 + 1000);
    Job {
        state,
        version: job.version + 1,
        last_updated_at: at,
        finished_at: state.is_finished().then_some(at),
        ..job.clone()
    }
}

fn ids(jobs: &[&Job]) -> Vec<JobId> {
    jobs.iter().map(|job| job.job_id.clone()).collect()
}

fn drawn(state: &State) -> Vec<JobId> {
    (state.rows().rows.into_iter())
        .filter_map(|row| match row {
            Row::Job(id) => Some(id),
            _ => None,
        })
        .collect()
}

#[test]
fn what_comes_twice_or_late_changes_nothing() {
    let first = job(1, Running);
    let second = next(&first, Running);
    let third = next(&second, Completed);
    let mut state = state(vec![first.clone()]);
    assert_eq!(
        state.apply(changes(12, vec![third.clone()])).alerts.len(),
        1
    );
    for late in [first, second, third.clone()] {
        assert_eq!(state.apply(changes(11, vec![late])), Applied::default());
    }
    assert_eq!(**state.job(&third.job_id).unwrap(), third);
    assert_eq!(state.position(), ("e", 12));
}

#[test]
fn a_snapshot_replaces_all_with_its_last_part() {
    let (old, stays, new) = (job(1, Running), job(2, Running), job(3, Queued));
    let mut state = state(vec![old.clone(), stays.clone()]);
    let applied = state.apply(part("e", 50, vec![new.clone()], true));
    assert_eq!(applied, Applied::default());
    assert_eq!(
        state.position(),
        ("e", 10),
        "half a snapshot is no position"
    );
    // A change that comes between the parts is newer than what the later part holds.
    let moved = next(&stays, Paused);
    let newest = job(4, Queued);
    state.apply(changes(51, vec![moved.clone(), newest.clone()]));
    let applied = state.apply(part("e", 50, vec![stays], false));
    assert_eq!(applied.gone, ids(&[&old]));
    assert_eq!(state.job(&moved.job_id).unwrap().state, Paused);
    assert_eq!(drawn(&state), ids(&[&moved, &new, &newest]));
    assert_eq!(state.position(), ("e", 51));
}

#[test]
fn parts_of_a_lost_connection_are_forgotten() {
    let (kept, lost) = (job(1, Running), job(2, Running));
    let mut state = state(vec![]);
    state.apply(part("e", 50, vec![lost], true));
    state.reconnected();
    state.apply(part("e", 50, vec![kept.clone()], false));
    assert_eq!(drawn(&state), ids(&[&kept]));
}

#[test]
fn another_epoch_may_go_back() {
    let mut newer = job(1, Completed);
    newer.version = 9;
    let older = job(1, Running);
    let mut state = state(vec![newer]);
    state.apply(part("f", 3, vec![older.clone()], false));
    assert_eq!(state.job(&older.job_id).unwrap().state, Running);
    assert_eq!(state.position(), ("f", 3));
}

#[test]
fn ends_of_ones_own_jobs_alert_once() {
    let running = job(1, Running);
    for (end, alerts) in [(Completed, 1), (Failed, 1), (Cancelled, 0), (Paused, 0)] {
        let mut state = state(vec![running.clone()]);
        let applied = state.apply(changes(11, vec![next(&running, end)]));
        assert_eq!(applied.alerts.len(), alerts, "{end:?}");
    }
    let mut foreign = running.clone();
    foreign.owner.id = "somebody".to_owned();
    let mut state = state(vec![foreign.clone()]);
    assert!(
        state
            .apply(changes(11, vec![next(&foreign, Completed)]))
            .alerts
            .is_empty()
    );
}

#[test]
fn what_ended_while_away_alerts_and_what_was_over_before_does_not() {
    let (running, old) = (job(100, Running), job(1, Completed));
    let unknown = job(101, Failed);
    let mut state = state(vec![running.clone()]);
    state.apply(Message::Alive {
        cursor: 10,
        server_time: Timestamp(100_000),
    });
    let ended = next(&running, Completed);
    let applied = state.apply(part(
        "e",
        90,
        vec![ended.clone(), old, unknown.clone()],
        false,
    ));
    let told: Vec<_> = applied
        .alerts
        .iter()
        .map(|alert| alert.job.job_id.clone())
        .collect();
    assert_eq!(told, ids(&[&ended, &unknown]));
    assert_eq!(
        Alert::id_of(&applied.alerts[0].job),
        format!("{}.1.completed", ended.job_id.as_str())
    );
}

#[test]
fn seen_ends_count_no_more_until_they_end_again() {
    let failed = job(1, Failed);
    let mut state = state(vec![failed.clone(), job(2, Completed), job(3, Cancelled)]);
    let counts = |state: &State| (state.summary().failed_unseen, state.summary().ready_unseen);
    assert_eq!(counts(&state), (1, 1));
    state.apply(Message::Seen {
        job_ids: ids(&[&failed]),
    });
    assert_eq!(counts(&state), (0, 1));
    let again = Job {
        attempt: 2,
        ..next(&failed, Queued)
    };
    state.apply(changes(11, vec![again.clone()]));
    state.apply(changes(12, vec![next(&again, Failed)]));
    assert_eq!(counts(&state), (1, 1));
}

#[test]
fn rows_stand_in_the_order_of_the_contract() {
    let due = |n, eta_seconds| Job {
        eta_seconds,
        ..job(n, Running)
    };
    let (late, soon, unknown) = (due(1, Some(90.0)), due(2, Some(5.0)), due(3, None));
    let (paused, next, last) = (job(4, Paused), job(5, Queued), job(6, Queued));
    let (done, newer) = (job(7, Completed), job(8, Failed));
    let all = [&done, &last, &unknown, &late, &newer, &next, &soon, &paused];
    let state = state(all.into_iter().cloned().collect());
    let expected = ids(&[&soon, &late, &unknown, &paused, &next, &last, &newer, &done]);
    assert_eq!(drawn(&state), expected);
    assert_eq!(state.rows().rows[0], Row::Head(Group::Running));
}

#[test]
fn running_rows_trade_places_only_for_a_reason() {
    let due = |n, version, eta_seconds| Job {
        eta_seconds: Some(eta_seconds),
        version,
        last_updated_at: Timestamp(0),
        ..job(n, Running)
    };
    let (a, b) = (due(1, 1, 30.0), due(2, 1, 31.0));
    let mut state = state(vec![a.clone(), b.clone()]);
    state.apply(changes(11, vec![due(2, 2, 29.0)]));
    assert_eq!(drawn(&state), ids(&[&a, &b]), "a second is no reason");
    state.apply(changes(12, vec![due(2, 3, 20.0)]));
    assert_eq!(drawn(&state), ids(&[&b, &a]));
}

#[test]
fn a_long_open_tab_keeps_a_bounded_number() {
    let mut state = state(vec![]);
    for n in 1..=400 {
        let job = job(n, Completed);
        state.apply(changes(u64::from(n) + 10, vec![job]));
    }
    assert_eq!(state.jobs().count(), super::KEPT_FINISHED);
    assert!(state.job(&job(400, Completed).job_id).is_some());
}

proptest! {
    /// However the work is spread and whatever ends first: an end never takes progress back.
    #[test]
    fn progress_never_falls_because_a_job_ended(
        works in prop::collection::vec((1.0_f64..1000.0, 0.0_f64..1.0, 0_u8..3), 1..12),
    ) {
        let jobs: Vec<_> = (1..).zip(&works).map(|(n, (work, progress, _))| Job {
            estimate_seconds: Some(*work),
            progress: Some(*progress),
            ..job(n, Running)
        }).collect();
        let mut state = state(jobs.clone());
        let mut before = state.summary().progress.unwrap();
        for (at, (job, (_, _, how))) in jobs.iter().zip(&works).enumerate() {
            let end = [Completed, Failed, Cancelled][usize::from(*how)];
            state.apply(changes(at as u64 + 11, vec![next(job, end)]));
            let Some(now) = state.summary().progress else { break };
            prop_assert!(now >= before - 1e-12, "{now} < {before}");
            before = now;
        }
        prop_assert_eq!(state.summary().progress, None, "idle at the end");
    }

    /// Five watchers who lose their connection at other moments, hear some things twice and
    /// snapshots in parts, all end with the same rows.
    #[test]
    fn five_cursors_agree(
        steps in prop::collection::vec((0_usize..6, 0_usize..6), 1..60),
        breaks in prop::collection::vec(prop::collection::vec(any::<bool>(), 60), 5),
        part_size in 1_usize..4,
    ) {
        // What the server holds: each job with the number of its latest change.
        let mut rows: Vec<(u64, Job)> = (1..=6).map(|n| (u64::from(n), job(n, Queued))).collect();
        let mut watchers = vec![(state(vec![]), 0_u64); 5];
        for (step, (which, to)) in steps.iter().enumerate() {
            let cursor = step as u64 + 100;
            let (change, job) = &mut rows[*which];
            *change = cursor;
            *job = next(job, JobState::ALL[*to]);
            for (watcher, breaks) in watchers.iter_mut().zip(&breaks) {
                if breaks[step % breaks.len()] {
                    continue;
                }
                deliver(watcher, &rows, cursor, part_size);
            }
        }
        for watcher in &mut watchers {
            deliver(watcher, &rows, 1000, part_size);
            for (_, job) in &rows {
                prop_assert_eq!(&**watcher.0.job(&job.job_id).unwrap(), job);
            }
        }
        let (first, rest) = watchers.split_first().unwrap();
        for other in rest {
            prop_assert_eq!(first.0.summary().running, other.0.summary().running);
            prop_assert_eq!(first.0.jobs().count(), other.0.jobs().count());
        }
    }
}

/// As the server does: a snapshot in parts for who is new, else what changed since; twice.
fn deliver(watcher: &mut (State, u64), rows: &[(u64, Job)], cursor: u64, part_size: usize) {
    let (state, since) = watcher;
    if *since == 0 {
        let parts: Vec<_> = rows.chunks(part_size).collect();
        for (at, jobs) in parts.iter().enumerate() {
            let jobs = jobs.iter().map(|(_, job)| job.clone()).collect();
            state.apply(part("e", cursor, jobs, at + 1 < parts.len()));
        }
    } else {
        for _ in 0..2 {
            let news = rows.iter().filter(|(change, _)| change > since);
            state.apply(changes(cursor, news.map(|(_, job)| job.clone()).collect()));
        }
    }
    *since = cursor;
}

proptest! {
    /// The panel is put in order anew only where a message says that something moved.
    #[test]
    fn what_says_that_nothing_moved_moves_no_row(
        steps in prop::collection::vec((0..5_u32, 0..5_usize, 0.0..100.0_f64), 1..60)
    ) {
        let mut jobs: Vec<Job> = (0..5).map(|n| job(n, Queued)).collect();
        let mut state = state(jobs.clone());
        for ((at, to, eta), cursor) in steps.into_iter().zip(11..) {
            let job = &mut jobs[at as usize];
            // Half of the steps are reports of what goes on.
            let to = [job.state, job.state, Running, Completed, Failed][to];
            *job = Job { eta_seconds: Some(eta), progress: Some(eta / 100.0), ..next(job, to) };
            let before = (state.rows(), state.unseen());
            let applied = state.apply(changes(cursor, vec![job.clone()]));
            if !applied.moved {
                prop_assert_eq!(before, (state.rows(), state.unseen()));
            }
        }
    }
}
