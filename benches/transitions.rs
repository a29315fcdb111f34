//! Measures durable transitions a second, and how fast a server with many finished jobs starts.
//!
//! `cargo bench --bench transitions` prints the figures, which depend on the machine.
#![expect(clippy::unwrap_used, reason = "a benchmark may fail")]

use jobtray::job::{JobState, Notify};
use jobtray::queue::{Caller, KindRegistry, NewJob, Queue, Report, Reporter};
use jobtray::store;
use jobtray::studio::Studio;
use serde_json::json;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader};

/// The number of concurrent callers.
const CALLERS: usize = 64;
/// How long transitions are counted.
const DURATION: Duration = Duration::from_secs(5);
/// The number of finished jobs that the server starts with.
const FINISHED_JOBS: usize = 100_000;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // Next to the sources, because the system's temporary folder may be in memory, where a sync costs nothing.
    let folder = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    runtime.block_on(async {
        transitions(folder.path()).await;
        start(folder.path()).await;
    });
}

async fn transitions(folder: &Path) {
    let (queue, me) = open(folder, "transitions.db").await;
    let end = Instant::now() + DURATION;
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| tokio::spawn(report_until(queue.clone(), me.clone(), end)))
        .collect();
    let mut waits = Vec::new();
    for caller in callers {
        waits.extend(caller.await.unwrap());
    }
    waits.sort_unstable();
    let rate = waits.len() as u64 / DURATION.as_secs();
    let at = |part: usize| waits[(waits.len() * part / 100).min(waits.len() - 1)];
    println!(
        "{rate} durable transitions a second with {CALLERS} callers; answer p50 {:?}, p99 {:?}",
        at(50),
        at(99)
    );
}

/// Submits a job, reports on it until `end`, and returns how long each report took.
async fn report_until(queue: Queue, me: Caller, end: Instant) -> Vec<Duration> {
    let job = queue.submit(&me, external()).await.unwrap();
    let mut waits = Vec::new();
    while Instant::now() < end {
        let count = waits.len() + 1;
        let report = Report {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            progress: Some(1.0 - 1.0 / (count as f64 + 1.0)),
            step: Some(format!("Step {count}")),
            ..Report::default()
        };
        let started = Instant::now();
        queue
            .report(Reporter::Owner(&me), &job.job_id, report)
            .await
            .unwrap();
        waits.push(started.elapsed());
    }
    waits
}

async fn start(folder: &Path) {
    let (queue, me) = open(folder, "finished.db").await;
    let submitters: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (queue, me) = (queue.clone(), me.clone());
            tokio::spawn(async move {
                for _ in 0..FINISHED_JOBS / CALLERS {
                    let job = queue.submit(&me, external()).await.unwrap();
                    let done = Report {
                        state: Some(JobState::Completed),
                        ..Report::default()
                    };
                    queue
                        .report(Reporter::Owner(&me), &job.job_id, done)
                        .await
                        .unwrap();
                }
            })
        })
        .collect();
    for submitter in submitters {
        submitter.await.unwrap();
    }
    drop(queue);
    let program = env!("CARGO_BIN_EXE_jobtray");
    let mut server = tokio::process::Command::new(program);
    server
        .args(["--listen", "127.0.0.1:0"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("DATABASE_URL", url(folder, "finished.db"))
        .env("JOBTRAY_DATA_DIR", folder)
        .env("RUST_LOG", "warn")
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    let started = Instant::now();
    let mut server = server.spawn().unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap());
    let line = lines.lines().next_line().await.unwrap().unwrap();
    let listens = started.elapsed();
    let address = line.trim_start_matches("listening on ");
    let page = reqwest::get(address).await.unwrap();
    println!(
        "start of the program with {FINISHED_JOBS} finished jobs: listens after {listens:?}, \
         answers the home page ({}) after {:?}",
        page.status(),
        started.elapsed()
    );
    server.kill().await.unwrap();
}

fn url(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

/// Opens a queue on a database file, and returns it with the studio's local user.
async fn open(folder: &Path, name: &str) -> (Queue, Caller) {
    let store = store::open(&url(folder, name), folder).await.unwrap();
    let studio = Studio::open(store.clone()).await.unwrap();
    let me = studio.local_caller().await.unwrap();
    let queue = Queue::open(store, KindRegistry::default()).await.unwrap();
    (queue, me)
}

fn external() -> NewJob {
    NewJob {
        kind: "chore".to_owned(),
        name: None,
        input: json!({}),
        notify: Notify::Default,
        refs: Vec::new(),
        external: true,
        idempotency_key: None,
    }
}
