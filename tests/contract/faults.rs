//! Locked databases and restarts: no write is falsely acknowledged, and service returns.

use crate::stage::{Stage, progress};
use jobtray::job::JobState;
use jobtray::queue::QueueError;
use jobtray::store;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Executor};
use std::path::Path;

async fn open(folder: &Path) -> Stage {
    let url = format!("sqlite:{}", folder.join("jobs.db").display());
    Stage::new(store::open(&url, folder).await.unwrap())
}

/// A connection of another program to the same file.
async fn other_program(folder: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(folder.join("jobs.db"))
        .connect()
        .await
        .unwrap()
}

async fn integrity(folder: &Path) -> String {
    let mut other = other_program(folder).await;
    sqlx::query_scalar("pragma integrity_check")
        .fetch_one(&mut other)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_failed_commit_wakes_no_subscriber_and_service_returns() {
    let folder = tempfile::tempdir().unwrap();
    let stage = open(folder.path()).await;
    let job = stage.external().await;
    let mut watch = stage.queue.watch("studio");
    let mut other = other_program(folder.path()).await;
    other.execute("begin immediate").await.unwrap();

    let at_once = (0..4).map(|n| stage.report_as_owner(&job.job_id, progress(0.1 * f64::from(n))));
    for answer in futures::future::join_all(at_once).await {
        assert!(
            matches!(answer, Err(QueueError::Unavailable(_))),
            "{answer:?}"
        );
    }
    assert!(!watch.has_changed().unwrap());
    assert_eq!(
        stage.get(&job.job_id).await,
        job,
        "reads still work, and nothing is written"
    );

    other.execute("rollback").await.unwrap();
    let running = stage
        .report_as_owner(&job.job_id, progress(0.5))
        .await
        .unwrap();
    assert_eq!(
        running.version,
        job.version + 1,
        "no version was lost either"
    );
    watch.changed().await.unwrap();
    assert_eq!(integrity(folder.path()).await, "ok");
}

#[tokio::test]
async fn acknowledged_writes_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (job, queued) = {
        let stage = open(folder.path()).await;
        let job = stage.external().await;
        let job = stage
            .report_as_owner(&job.job_id, progress(0.25))
            .await
            .unwrap();
        (job, stage.submit().await)
    };
    let stage = open(folder.path()).await;
    assert_eq!(stage.get(&job.job_id).await, job);
    assert_eq!(stage.claim().await.job.job_id, queued.job_id);
    assert_eq!(stage.get(&job.job_id).await.state, JobState::Running);
    assert_eq!(integrity(folder.path()).await, "ok");
}
