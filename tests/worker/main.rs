//! The worker on a real queue, with a kind of job whose every step waits for a permit of the test.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

mod script;
mod story;
mod test_context;
mod vessel;

use jobtray::job::{JobId, JobState, Notify, RequestedState, Timestamp};
use jobtray::queue::{Caller, ClaimRequest, KindRegistry, NewJob, Queue};
use jobtray::store;
use jobtray::worker::{JobHandlers, Worker};
use serde_json::json;
use sqlx::{Connection, Executor};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use test_context::{TestContext, until};
use uuid::Uuid;

const FILE: &str = "sqlite:DIR/jobs.db";
const MEMORY: &str = "memory:";

#[tokio::test]
async fn a_completed_job_has_its_artifact_and_its_log_in_order() {
    for url in [MEMORY, FILE] {
        let ctx = TestContext::new(url, 1).await;
        let id = ctx.submit(json!({ "steps": 3 })).await;
        ctx.kind.gate.add_permits(3);
        let job = ctx.until(&id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Completed);
        assert_eq!(job.progress, Some(1.0));
        let page = job.result.unwrap().page;
        assert_eq!(page.as_deref(), Some(format!("/counted/{id}").as_str()));
        assert_eq!(
            ctx.log_lines(&id).await,
            ["counted 0", "counted 1", "counted 2"]
        );
        assert_eq!(ctx.result_text(&id).await, "0\n1\n2\n");
        ctx.until_swept(&id).await;
    }
}

#[tokio::test]
async fn a_paused_job_resumes_where_it_stopped() {
    for url in [MEMORY, FILE] {
        let ctx = TestContext::new(url, 1).await;
        let id = ctx.submit(json!({ "steps": 4 })).await;
        ctx.let_through(&id, 0.5, 2).await;
        let job = ctx.queue.pause(&ctx.me, &id).await.unwrap();
        assert_eq!(job.wanted, Some(RequestedState::Paused));
        ctx.until(&id, |job| job.state == JobState::Paused).await;
        ctx.queue.resume(&ctx.me, &id).await.unwrap();
        ctx.kind.gate.add_permits(2);
        let job = ctx.until(&id, |job| job.state.is_finished()).await;
        assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
        assert_eq!(ctx.steps_done(), [0, 1, 2, 3]);
    }
}

#[tokio::test]
async fn a_running_job_is_cancelled_and_its_scratch_folder_is_removed() {
    let ctx = TestContext::new(MEMORY, 1).await;
    let id = ctx.submit(json!({ "steps": 4 })).await;
    ctx.let_through(&id, 0.25, 1).await;
    ctx.cancel(&id).await;
    ctx.until_swept(&id).await;
}

#[tokio::test]
async fn a_panic_fails_its_own_job_and_no_other() {
    let ctx = TestContext::new(MEMORY, 2).await;
    let other = ctx.submit(json!({ "steps": 2 })).await;
    let id = ctx.submit(json!({ "steps": 0, "then": "panic" })).await;
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    assert_eq!(job.failure.unwrap().code, "internal");
    ctx.kind.gate.add_permits(2);
    let job = ctx.until(&other, |job| job.state.is_finished()).await;
    assert_eq!(job.state, JobState::Completed);
}

#[tokio::test]
async fn a_failure_keeps_its_code_and_its_summary_is_one_line() {
    let ctx = TestContext::new(MEMORY, 1).await;
    let id = ctx.submit(json!({ "steps": 0, "then": "fail" })).await;
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    let failure = job.failure.unwrap();
    assert_eq!(failure.code, "upstream_rejected");
    assert_eq!(failure.summary, "the service refused");
}

#[tokio::test]
async fn a_handler_that_stops_without_a_request_fails_the_job() {
    let ctx = TestContext::new(MEMORY, 1).await;
    let id = ctx.submit(json!({ "steps": 0, "then": "stop" })).await;
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    assert_eq!(job.failure.unwrap().code, "internal");
}

#[tokio::test]
async fn no_more_jobs_run_at_once_than_the_limit_allows() {
    let ctx = TestContext::new(MEMORY, 2).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(ctx.submit(json!({ "steps": 1 })).await);
    }
    ctx.until(&ids[1], |job| job.state == JobState::Running)
        .await;
    assert_eq!(ctx.get(&ids[2]).await.state, JobState::Queued);
    ctx.kind.gate.add_permits(5);
    for id in &ids {
        ctx.until(id, |job| job.state == JobState::Completed).await;
    }
    assert_eq!(ctx.kind.peak_running.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_lost_lease_stops_the_old_run_and_a_new_run_resumes() {
    let ctx = TestContext::new(MEMORY, 2).await;
    let id = ctx.submit(json!({ "steps": 4 })).await;
    ctx.let_through(&id, 0.5, 2).await;
    assert_eq!(ctx.queue.release_all().await.unwrap(), 1);
    // The new run starts after the old one has left the job's folder, so the old one takes no permit.
    ctx.until_runs_started(2).await;
    ctx.kind.gate.add_permits(2);
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    assert_eq!((job.state, job.attempt), (JobState::Completed, 2));
    assert_eq!(ctx.steps_done(), [0, 1, 2, 3]);
}

#[tokio::test]
async fn a_shutdown_hands_a_job_back_and_the_next_worker_resumes_it() {
    let mut ctx = TestContext::new(FILE, 1).await;
    let id = ctx.submit(json!({ "steps": 3 })).await;
    ctx.let_through(&id, 0.3, 1).await;
    ctx.stop_worker().await;
    let job = ctx.get(&id).await;
    assert_eq!((job.state, job.attempt), (JobState::Queued, 1));
    ctx.start_worker(1);
    ctx.kind.gate.add_permits(2);
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    assert_eq!((job.state, job.attempt), (JobState::Completed, 1));
    assert_eq!(ctx.steps_done(), [0, 1, 2]);
}

#[tokio::test]
async fn the_scratch_folder_of_a_job_cancelled_while_paused_is_swept() {
    let mut ctx = TestContext::new(FILE, 1).await;
    let id = ctx.submit(json!({ "steps": 2 })).await;
    let waits = ctx.submit(json!({ "steps": 1 })).await;
    ctx.let_through(&id, 0.5, 1).await;
    ctx.queue.pause(&ctx.me, &waits).await.unwrap();
    ctx.queue.pause(&ctx.me, &id).await.unwrap();
    ctx.until(&id, |job| job.state == JobState::Paused).await;
    ctx.stop_worker().await;
    ctx.queue.cancel(&ctx.me, &id).await.unwrap();
    assert!(ctx.scratch(&id).exists());
    std::fs::create_dir(ctx.scratch(&waits)).unwrap();
    ctx.start_worker(0);
    ctx.until_swept(&id).await;
    assert!(
        ctx.scratch(&waits).exists(),
        "a paused job keeps its folder"
    );
}

#[tokio::test]
async fn a_starting_worker_removes_artifacts_that_no_row_names() {
    let mut ctx = TestContext::new(FILE, 1).await;
    let done = ctx.submit(json!({ "steps": 1 })).await;
    ctx.kind.gate.add_permits(1);
    ctx.until(&done, |job| job.state.is_finished()).await;
    ctx.stop_worker().await;
    let waits = ctx.submit(json!({ "steps": 1 })).await;
    let cancelled = ctx.submit(json!({ "steps": 1 })).await;
    ctx.queue.cancel(&ctx.me, &cancelled).await.unwrap();

    let folder = ctx.data.path().join("artifacts/jobs");
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
    let outside = ctx.data.path().join("outside");
    std::fs::write(&outside, "x").unwrap();
    kept.push(format!("{cancelled}.2.txt"));
    std::os::unix::fs::symlink(&outside, folder.join(&kept[4])).unwrap();
    kept.push(format!("{cancelled}.3.txt"));
    std::fs::create_dir(folder.join(&kept[5])).unwrap();
    // The first run may have created this name, or may have been stopped before it did.
    let plain = folder.join(format!("{done}.txt"));
    let _ = std::fs::remove_file(&plain);
    kept.push(format!("{done}.txt"));

    ctx.start_worker(0);
    ctx.stop_worker().await;
    kept.sort();
    assert_eq!(ctx.artifact_names(), kept);
    let read = |name: &std::path::Path| std::fs::read_to_string(name).unwrap();
    assert_eq!(read(&plain), read(&folder.join(&kept[0])));
    assert!(outside.exists());
}

#[tokio::test]
async fn a_worker_with_another_database_removes_no_files_of_the_first() {
    let mut ctx = TestContext::new(MEMORY, 0).await;
    ctx.stop_worker().await;
    let theirs = JobId::new("counting", Uuid::now_v7());
    std::fs::create_dir_all(ctx.scratch(&theirs)).unwrap();
    let folder = ctx.data.path().join("artifacts/jobs");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{theirs}.1.txt")), "x").unwrap();
    ctx.start_worker(0);
    ctx.stop_worker().await;
    assert!(ctx.scratch(&theirs).exists());
    assert_eq!(ctx.artifact_names().len(), 1);
}

#[tokio::test]
async fn a_run_whose_final_report_is_rejected_removes_its_file() {
    let ctx = TestContext::new(FILE, 1).await;
    let id = ctx.submit(json!({ "steps": 1 })).await;
    let url = format!("sqlite:{}", ctx.data.path().join("jobs.db").display());
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let block_completion =
        "create trigger block_completion before update on jobs when new.state = 'completed'
        begin select raise(abort, 'not now'); end";
    database.execute(block_completion).await.unwrap();
    ctx.kind.gate.add_permits(1);
    let file = ctx.data.path().join(format!("artifacts/jobs/{id}.1.txt"));
    until(|| file.exists()).await;
    assert_eq!(ctx.queue.release_all().await.unwrap(), 1);
    until(|| !file.exists()).await;
    database
        .execute("drop trigger block_completion")
        .await
        .unwrap();
    ctx.kind.gate.add_permits(1);
    ctx.until(&id, |job| job.state.is_finished()).await;
    let names = [format!("{id}.2.txt"), format!("{id}.txt")];
    until(|| ctx.artifact_names() == names).await;
}

#[tokio::test]
async fn at_concurrency_0_nothing_runs_but_expired_leases_are_rescued() {
    let ctx = TestContext::new(MEMORY, 0).await;
    let id = ctx.submit(json!({ "steps": 1 })).await;
    let claim = ctx.queue.claim(ClaimRequest {
        studio: Some("studio".to_owned()),
        kinds: vec!["counting".to_owned()],
        worker: "elsewhere".to_owned(),
        ttl_seconds: 1,
    });
    assert!(claim.await.unwrap().is_some());
    let job = ctx.until(&id, |job| job.state == JobState::Queued).await;
    assert_eq!(job.attempt, 2);
}

#[tokio::test]
async fn many_reports_are_merged_and_every_log_line_is_kept() {
    let ctx = TestContext::new(MEMORY, 1).await;
    let id = ctx.submit(json!({ "steps": 0, "then": "flood" })).await;
    let job = ctx.until(&id, |job| job.state.is_finished()).await;
    assert!(job.version < 20, "{}", job.version);
    let last = ctx.queue.logs(&ctx.me, &id, 1999, 10).await.unwrap();
    assert_eq!(last.lines.len(), 1);
    assert_eq!(last.lines[0].text, "1999");
    let lines = ctx.log_lines(&id).await;
    assert!(
        lines
            .iter()
            .enumerate()
            .all(|(at, text)| *text == at.to_string())
    );
}

#[tokio::test]
async fn a_worker_forgets_expired_idempotency_keys() {
    let now = Arc::new(AtomicI64::new(1_700_000_000_000));
    let clock_hand = Arc::clone(&now);
    let clock = Arc::new(move || Timestamp(clock_hand.load(Ordering::SeqCst)));
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
    let is_forgotten = async {
        while submit().await == first {
            tokio::task::yield_now().await;
        }
    };
    let is_forgotten = tokio::time::timeout(Duration::from_secs(20), is_forgotten).await;
    is_forgotten.expect("the key is never forgotten");
    worker.shutdown().await;
}
