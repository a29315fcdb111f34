//! The worker on a real queue, with a kind whose every step the test lets through.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

mod bench;
mod script;
mod story;
mod vessel;

use bench::{Bench, until};
use jobtray::job::{JobId, JobState, Notify, RequestedState, Timestamp};
use jobtray::queue::{Caller, ClaimRequest, KindRegistry, NewJob, Queue};
use jobtray::store;
use jobtray::worker::{JobHandlers, Worker};
use serde_json::json;
use sqlx::{Connection, Executor};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

const FILE: &str = "sqlite:DIR/jobs.db";
const MEMORY: &str = "memory:";

#[tokio::test]
async fn a_job_ends_with_its_artifact_and_its_log_in_order() {
    for url in [MEMORY, FILE] {
        let bench = Bench::new(url, 1).await;
        let id = bench.submit(json!({ "steps": 3 })).await;
        bench.kind.gate.add_permits(3);
        let job = bench.until(&id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Completed);
        assert_eq!(job.progress, Some(1.0));
        let page = job.result.unwrap().page;
        assert_eq!(page.as_deref(), Some(format!("/counted/{id}").as_str()));
        assert_eq!(
            bench.lines(&id).await,
            ["counted 0", "counted 1", "counted 2"]
        );
        assert_eq!(bench.made(&id).await, "0\n1\n2\n");
        bench.swept(&id).await;
    }
}

#[tokio::test]
async fn a_paused_job_goes_on_where_it_stopped() {
    for url in [MEMORY, FILE] {
        let bench = Bench::new(url, 1).await;
        let id = bench.submit(json!({ "steps": 4 })).await;
        bench.step(&id, 0.5, 2).await;
        let requested = Instant::now();
        let job = bench.queue.pause(&bench.me, &id).await.unwrap();
        assert_eq!(job.wanted, Some(RequestedState::Paused));
        bench.until(&id, |job| job.state == JobState::Paused).await;
        let took = requested.elapsed();
        assert!(took < Duration::from_secs(1), "{took:?}");
        bench.queue.resume(&bench.me, &id).await.unwrap();
        bench.kind.gate.add_permits(2);
        let job = bench.until(&id, |job| job.state.is_finished()).await;
        assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
        assert_eq!(bench.done(), [0, 1, 2, 3]);
    }
}

#[tokio::test]
async fn a_cancelled_job_ends_within_a_second_and_leaves_nothing() {
    let bench = Bench::new(MEMORY, 1).await;
    let id = bench.submit(json!({ "steps": 4 })).await;
    bench.step(&id, 0.25, 1).await;
    bench.cancel(&id).await;
    bench.swept(&id).await;
}

#[tokio::test]
async fn a_panic_fails_its_own_job_and_nothing_else() {
    let bench = Bench::new(MEMORY, 2).await;
    let other = bench.submit(json!({ "steps": 2 })).await;
    let id = bench.submit(json!({ "steps": 0, "then": "panic" })).await;
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    assert_eq!(job.failure.unwrap().code, "internal");
    bench.kind.gate.add_permits(2);
    let job = bench.until(&other, |job| job.state.is_finished()).await;
    assert_eq!(job.state, JobState::Completed);
}

#[tokio::test]
async fn a_failure_keeps_its_code_and_says_it_in_one_line() {
    let bench = Bench::new(MEMORY, 1).await;
    let id = bench.submit(json!({ "steps": 0, "then": "fail" })).await;
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    let failure = job.failure.unwrap();
    assert_eq!(failure.code, "upstream_rejected");
    assert_eq!(failure.summary, "the service refused");
}

#[tokio::test]
async fn a_kind_that_stops_unasked_fails_instead_of_going_round() {
    let bench = Bench::new(MEMORY, 1).await;
    let id = bench.submit(json!({ "steps": 0, "then": "stop" })).await;
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    assert_eq!(job.failure.unwrap().code, "internal");
}

#[tokio::test]
async fn no_more_run_at_once_than_allowed() {
    let bench = Bench::new(MEMORY, 2).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(bench.submit(json!({ "steps": 1 })).await);
    }
    bench
        .until(&ids[1], |job| job.state == JobState::Running)
        .await;
    assert_eq!(bench.get(&ids[2]).await.state, JobState::Queued);
    bench.kind.gate.add_permits(5);
    for id in &ids {
        bench
            .until(id, |job| job.state == JobState::Completed)
            .await;
    }
    assert_eq!(bench.kind.most_at_once.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_lost_lease_stops_the_old_run_and_the_new_one_goes_on() {
    let bench = Bench::new(MEMORY, 2).await;
    let id = bench.submit(json!({ "steps": 4 })).await;
    bench.step(&id, 0.5, 2).await;
    assert_eq!(bench.queue.release_all().await.unwrap(), 1);
    // It begins when the old run is out of the job's folder, so no permit goes to that one.
    bench.begun(2).await;
    bench.kind.gate.add_permits(2);
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    assert_eq!((job.state, job.attempt), (JobState::Completed, 2));
    assert_eq!(bench.done(), [0, 1, 2, 3]);
}

#[tokio::test]
async fn a_shutdown_hands_back_and_the_next_start_goes_on() {
    let mut bench = Bench::new(FILE, 1).await;
    let id = bench.submit(json!({ "steps": 3 })).await;
    bench.step(&id, 0.3, 1).await;
    bench.stop().await;
    let job = bench.get(&id).await;
    assert_eq!((job.state, job.attempt), (JobState::Queued, 1));
    bench.start(1);
    bench.kind.gate.add_permits(2);
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
    assert_eq!(bench.done(), [0, 1, 2]);
}

#[tokio::test]
async fn what_was_cancelled_in_a_pause_is_swept() {
    let mut bench = Bench::new(FILE, 1).await;
    let id = bench.submit(json!({ "steps": 2 })).await;
    let waits = bench.submit(json!({ "steps": 1 })).await;
    bench.step(&id, 0.5, 1).await;
    bench.queue.pause(&bench.me, &waits).await.unwrap();
    bench.queue.pause(&bench.me, &id).await.unwrap();
    bench.until(&id, |job| job.state == JobState::Paused).await;
    bench.stop().await;
    bench.queue.cancel(&bench.me, &id).await.unwrap();
    assert!(bench.scratch(&id).exists());
    std::fs::create_dir(bench.scratch(&waits)).unwrap();
    bench.start(0);
    bench.swept(&id).await;
    assert!(bench.scratch(&waits).exists(), "a paused job keeps its own");
}

#[tokio::test]
async fn a_start_removes_finished_files_of_ours_that_no_row_names() {
    let mut bench = Bench::new(FILE, 1).await;
    let done = bench.submit(json!({ "steps": 1 })).await;
    bench.kind.gate.add_permits(1);
    bench.until(&done, |job| job.state.is_finished()).await;
    bench.stop().await;
    let waits = bench.submit(json!({ "steps": 1 })).await;
    let cancelled = bench.submit(json!({ "steps": 1 })).await;
    bench.queue.cancel(&bench.me, &cancelled).await.unwrap();

    let folder = bench.data.path().join("artifacts/jobs");
    let unknown = JobId::new("counting", Uuid::now_v7());
    let mut kept = vec![
        format!("{done}.1.txt"),
        format!("{done}.1.txt.bak"),
        format!("{unknown}.1.txt"),
        "notes.txt".to_owned(),
    ];
    let removed = [
        format!("{done}.2.txt"),
        format!("{waits}.1.txt"),
        format!("{cancelled}.1.mp4"),
    ];
    for name in kept[1..].iter().chain(&removed) {
        std::fs::write(folder.join(name), "x").unwrap();
    }
    let outside = bench.data.path().join("outside");
    std::fs::write(&outside, "x").unwrap();
    kept.push(format!("{cancelled}.2.txt"));
    std::os::unix::fs::symlink(&outside, folder.join(&kept[4])).unwrap();
    kept.push(format!("{cancelled}.3.txt"));
    std::fs::create_dir(folder.join(&kept[5])).unwrap();
    // Its run gave it that, or was cut off before.
    let plain = folder.join(format!("{done}.txt"));
    let _ = std::fs::remove_file(&plain);
    kept.push(format!("{done}.txt"));

    bench.start(0);
    bench.stop().await;
    kept.sort();
    assert_eq!(bench.artifacts(), kept);
    let read = |name: &std::path::Path| std::fs::read_to_string(name).unwrap();
    assert_eq!(read(&plain), read(&folder.join(&kept[0])));
    assert!(outside.exists());
}

#[tokio::test]
async fn another_database_on_the_same_folder_removes_nothing_of_the_first() {
    let mut bench = Bench::new(MEMORY, 0).await;
    bench.stop().await;
    let theirs = JobId::new("counting", Uuid::now_v7());
    std::fs::create_dir_all(bench.scratch(&theirs)).unwrap();
    let folder = bench.data.path().join("artifacts/jobs");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{theirs}.1.txt")), "x").unwrap();
    bench.start(0);
    bench.stop().await;
    assert!(bench.scratch(&theirs).exists());
    assert_eq!(bench.artifacts().len(), 1);
}

#[tokio::test]
async fn a_run_whose_last_report_is_refused_takes_its_file_back() {
    let bench = Bench::new(FILE, 1).await;
    let id = bench.submit(json!({ "steps": 1 })).await;
    let url = format!("sqlite:{}", bench.data.path().join("jobs.db").display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let no_ends = "create trigger no_ends before update on jobs when new.state = 'completed'
        begin select raise(abort, 'not now'); end";
    database.execute(no_ends).await.unwrap();
    bench.kind.gate.add_permits(1);
    let file = bench.data.path().join(format!("artifacts/jobs/{id}.1.txt"));
    until(|| file.exists()).await;
    assert_eq!(bench.queue.release_all().await.unwrap(), 1);
    until(|| !file.exists()).await;
    database.execute("drop trigger no_ends").await.unwrap();
    bench.kind.gate.add_permits(1);
    bench.until(&id, |job| job.state.is_finished()).await;
    let names = [format!("{id}.2.txt"), format!("{id}.txt")];
    until(|| bench.artifacts() == names).await;
}

#[tokio::test]
async fn without_places_nothing_runs_but_dead_workers_are_noticed() {
    let bench = Bench::new(MEMORY, 0).await;
    let id = bench.submit(json!({ "steps": 1 })).await;
    let claim = bench.queue.claim(ClaimRequest {
        studio: Some("studio".to_owned()),
        kinds: vec!["counting".to_owned()],
        worker: "elsewhere".to_owned(),
        ttl_seconds: 1,
    });
    assert!(claim.await.unwrap().is_some());
    let claimed = Instant::now();
    let job = bench.until(&id, |job| job.state == JobState::Queued).await;
    assert_eq!(job.attempt, 2);
    let took = claimed.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[tokio::test]
async fn a_flood_of_reports_is_merged_and_every_line_is_kept() {
    let bench = Bench::new(MEMORY, 1).await;
    let id = bench.submit(json!({ "steps": 0, "then": "flood" })).await;
    let job = bench.until(&id, |job| job.state.is_finished()).await;
    assert!(job.version < 20, "{}", job.version);
    let last = bench.queue.logs(&bench.me, &id, 1999, 10).await.unwrap();
    assert_eq!(last.lines.len(), 1);
    assert_eq!(last.lines[0].text, "1999");
    let lines = bench.lines(&id).await;
    assert!(
        lines
            .iter()
            .enumerate()
            .all(|(at, text)| *text == at.to_string())
    );
}

#[tokio::test]
async fn a_worker_forgets_old_keys_by_itself() {
    let now = Arc::new(AtomicI64::new(1_700_000_000_000));
    let hand = Arc::clone(&now);
    let clock = Arc::new(move || Timestamp(hand.load(Ordering::SeqCst)));
    let folder = tempfile::tempdir().unwrap();
    let store = store::open(MEMORY, folder.path()).await.unwrap();
    let queue = Queue::with_clock(store, KindRegistry::new(Vec::new()), clock);
    let me = Caller {
        studio: "studio".to_owned(),
        user: "me".to_owned(),
        name: "Me".to_owned(),
    };
    let keyed = NewJob {
        kind: "chore".to_owned(),
        name: None,
        input: json!({}),
        notify: Notify::Default,
        refs: Vec::new(),
        external: true,
        idempotency_key: Some("k".to_owned()),
    };
    let submit = || async { queue.submit(&me, keyed.clone()).await.unwrap().job_id };
    let first = submit().await;
    now.fetch_add(25 * 3_600_000, Ordering::SeqCst);
    let worker = Worker::start(queue.clone(), JobHandlers::default(), folder.path(), 0);
    let forgotten = async {
        while submit().await == first {
            tokio::task::yield_now().await;
        }
    };
    let forgotten = tokio::time::timeout(Duration::from_secs(20), forgotten).await;
    forgotten.expect("the key is known for ever");
    worker.shutdown().await;
}
