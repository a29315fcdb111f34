//! How fast jobs change, durably, and how fast a server with a long past starts.
//!
//! `cargo bench --bench transitions` prints the figures; they mean little without the machine.
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

/// Who reports at the same time.
const CALLERS: usize = 64;
/// How long reports are counted.
const SPAN: Duration = Duration::from_secs(5);
/// Finished jobs that a server starts with.
const PAST: usize = 100_000;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    // Beside the sources, since a temporary folder may be in memory, where a sync costs nothing.
    let folder = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    runtime.block_on(async {
        transitions(folder.path()).await;
        start(folder.path()).await;
    });
}

async fn transitions(folder: &Path) {
    let (queue, me) = open(folder, "transitions.db").await;
    let end = Instant::now() + SPAN;
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| tokio::spawn(report_until(queue.clone(), me.clone(), end)))
        .collect();
    let mut waits = Vec::new();
    for caller in callers {
        waits.extend(caller.await.unwrap());
    }
    waits.sort_unstable();
    let rate = waits.len() as u64 / SPAN.as_secs();
    let at = |part: usize| waits[(waits.len() * part / 100).min(waits.len() - 1)];
    println!(
        "{rate} durable transitions a second with {CALLERS} callers; answer p50 {:?}, p99 {:?}",
        at(50),
        at(99)
    );
}

/// One caller: a job of its own, and a report after the other. Gives how long each answer took.
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
        let began = Instant::now();
        queue
            .report(Reporter::Owner(&me), &job.job_id, report)
            .await
            .unwrap();
        waits.push(began.elapsed());
    }
    waits
}

async fn start(folder: &Path) {
    let (queue, me) = open(folder, "past.db").await;
    let makers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (queue, me) = (queue.clone(), me.clone());
            tokio::spawn(async move {
                for _ in 0..PAST / CALLERS {
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
    for maker in makers {
        maker.await.unwrap();
    }
    drop(queue);
    let program = env!("CARGO_BIN_EXE_jobtray");
    let mut server = tokio::process::Command::new(program);
    server
        .args(["--listen", "127.0.0.1:0"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("DATABASE_URL", url(folder, "past.db"))
        .env("JOBTRAY_DATA_DIR", folder)
        .env("RUST_LOG", "warn")
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    let began = Instant::now();
    let mut server = server.spawn().unwrap();
    let lines = BufReader::new(server.stdout.take().unwrap());
    let said = lines.lines().next_line().await.unwrap().unwrap();
    let listens = began.elapsed();
    let address = said.trim_start_matches("listening on ");
    let page = reqwest::get(address).await.unwrap();
    println!(
        "start of the program with {PAST} finished jobs: listens after {listens:?}, \
         answers the home page ({}) after {:?}",
        page.status(),
        began.elapsed()
    );
    server.kill().await.unwrap();
}

fn url(folder: &Path, name: &str) -> String {
    format!("sqlite:{}", folder.join(name).display())
}

/// A queue on a file, and the creator that the program itself signs in.
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
