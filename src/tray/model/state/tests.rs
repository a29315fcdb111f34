mod properties;

use super::{StateUpdate, TrayState};
use crate::job::sample::{ME, job};
use crate::job::{Job, JobId, JobState, Timestamp};
use crate::live::{Message, Snapshot};
use crate::tray::model::alert::AlertId;
use crate::tray::model::rows::{PanelRow, RowGroup};
use JobState::{Cancelled, Completed, Failed, Paused, Queued, Running};

fn state(jobs: Vec<Job>) -> TrayState {
    let snapshot = Snapshot {
        epoch: "e".to_owned(),
        cursor: 10,
        server_time: Timestamp(0),
        jobs,
        seen: Vec::new(),
    };
    TrayState::new(snapshot, ME.to_owned())
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

fn row_ids(state: &TrayState) -> Vec<JobId> {
    (state.rows().rows.into_iter())
        .filter_map(|row| match row {
            PanelRow::Job(id) => Some(id),
            _ => None,
        })
        .collect()
}

#[test]
fn an_old_version_of_a_job_changes_nothing() {
    let first = job(1, Running);
    let second = next(&first, Running);
    let third = next(&second, Completed);
    let mut state = state(vec![first.clone()]);
    assert_eq!(
        state.apply(changes(12, vec![third.clone()])).alerts.len(),
        1
    );
    for late in [first, second, third.clone()] {
        assert_eq!(state.apply(changes(11, vec![late])), StateUpdate::default());
    }
    assert_eq!(**state.job(&third.job_id).unwrap(), third);
    assert_eq!(state.position(), ("e", 12));
}

#[test]
fn a_snapshot_replaces_everything_when_its_last_part_arrives() {
    let (old, stays, new) = (job(1, Running), job(2, Running), job(3, Queued));
    let mut state = state(vec![old.clone(), stays.clone()]);
    let update = state.apply(part("e", 50, vec![new.clone()], true));
    assert_eq!(update, StateUpdate::default());
    assert_eq!(
        state.position(),
        ("e", 10),
        "an unfinished snapshot is no position to resume from"
    );
    // A change that arrives between the parts is newer than the job in the later part.
    let moved = next(&stays, Paused);
    let newest = job(4, Queued);
    state.apply(changes(51, vec![moved.clone(), newest.clone()]));
    let update = state.apply(part("e", 50, vec![stays], false));
    assert_eq!(update.removed, ids(&[&old]));
    assert_eq!(state.job(&moved.job_id).unwrap().state, Paused);
    assert_eq!(row_ids(&state), ids(&[&moved, &new, &newest]));
    assert_eq!(state.position(), ("e", 51));
}

#[test]
fn parts_from_before_a_reconnect_are_dropped() {
    let (kept, lost) = (job(1, Running), job(2, Running));
    let mut state = state(vec![]);
    state.apply(part("e", 50, vec![lost], true));
    state.reconnect();
    state.apply(part("e", 50, vec![kept.clone()], false));
    assert_eq!(row_ids(&state), ids(&[&kept]));
}

#[test]
fn a_new_epoch_may_hold_older_versions() {
    let mut newer = job(1, Completed);
    newer.version = 9;
    let older = job(1, Running);
    let mut state = state(vec![newer]);
    state.apply(part("f", 3, vec![older.clone()], false));
    assert_eq!(state.job(&older.job_id).unwrap().state, Running);
    assert_eq!(state.position(), ("f", 3));
}

#[test]
fn only_results_and_failures_of_ones_own_jobs_alert() {
    let running = job(1, Running);
    for (end, alerts) in [(Completed, 1), (Failed, 1), (Cancelled, 0), (Paused, 0)] {
        let mut state = state(vec![running.clone()]);
        let update = state.apply(changes(11, vec![next(&running, end)]));
        assert_eq!(update.alerts.len(), alerts, "{end:?}");
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
fn a_job_that_ended_while_offline_alerts_and_an_old_end_does_not() {
    let (running, old) = (job(100, Running), job(1, Completed));
    let unknown = job(101, Failed);
    let mut state = state(vec![running.clone()]);
    state.apply(Message::Alive {
        cursor: 10,
        server_time: Timestamp(100_000),
    });
    let ended = next(&running, Completed);
    let update = state.apply(part(
        "e",
        90,
        vec![ended.clone(), old, unknown.clone()],
        false,
    ));
    let alerted: Vec<_> = update
        .alerts
        .iter()
        .map(|alert| alert.job.job_id.clone())
        .collect();
    assert_eq!(alerted, ids(&[&ended, &unknown]));
    assert_eq!(
        AlertId::of(&update.alerts[0].job).as_str(),
        format!("{}.1.completed", ended.job_id.as_str())
    );
}

#[test]
fn a_seen_job_counts_again_when_its_next_attempt_ends() {
    let failed = job(1, Failed);
    let mut state = state(vec![failed.clone(), job(2, Completed), job(3, Cancelled)]);
    let counts = |state: &TrayState| (state.totals().failed_unseen, state.totals().ready_unseen);
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
fn rows_are_in_the_order_of_the_contract() {
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
    assert_eq!(row_ids(&state), expected);
    assert_eq!(state.rows().rows[0], PanelRow::Heading(RowGroup::Running));
}

#[test]
fn running_rows_swap_only_when_one_is_clearly_sooner() {
    let due = |n, version, eta_seconds| Job {
        eta_seconds: Some(eta_seconds),
        version,
        last_updated_at: Timestamp(0),
        ..job(n, Running)
    };
    let (a, b) = (due(1, 1, 30.0), due(2, 1, 31.0));
    let mut state = state(vec![a.clone(), b.clone()]);
    state.apply(changes(11, vec![due(2, 2, 29.0)]));
    assert_eq!(
        row_ids(&state),
        ids(&[&a, &b]),
        "one second is not clearly sooner"
    );
    state.apply(changes(12, vec![due(2, 3, 20.0)]));
    assert_eq!(row_ids(&state), ids(&[&b, &a]));
}

#[test]
fn a_tab_keeps_a_bounded_number_of_finished_jobs() {
    let mut state = state(vec![]);
    for n in 1..=400 {
        let job = job(n, Completed);
        state.apply(changes(u64::from(n) + 10, vec![job]));
    }
    assert_eq!(state.jobs().count(), super::MAX_FINISHED as usize);
    assert!(state.job(&job(400, Completed).job_id).is_some());
}
