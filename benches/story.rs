//! How long a chapter takes, from the claim to the finished story on the disk.
//!
//! `cargo bench --bench story` prints the figures; they mean little without the machine.
#![expect(clippy::unwrap_used, reason = "a benchmark may fail")]

use jobtray::job::{JobState, Notify};
use jobtray::kinds;
use jobtray::queue::{NewJob, Queue};
use jobtray::store;
use jobtray::studio::Studio;
use jobtray::worker::Worker;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The longest story.
const CHAPTERS: u32 = 40;
const STORIES: u64 = 20;

#[tokio::main]
async fn main() {
    // On the disk that the sources are on: a temporary folder may be in memory, where a sync is free.
    let data = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    let url = format!("sqlite:{}", data.path().join("story.db").display());
    let store = store::open(&url, data.path()).await.unwrap();
    let studio = Studio::open(Arc::clone(&store)).await.unwrap();
    let me = studio.local_caller().await.unwrap();
    let (catalogue, runners) = kinds::catalogue(&studio, kinds::Folders::default());
    let queue = Queue::open(store, catalogue).await.unwrap();
    let worker = Worker::start(queue.clone(), runners, data.path(), 1);
    let mut chapters = Vec::new();
    for seed in 0..STORIES {
        let began = Instant::now();
        let job = queue.submit(&me, story(seed)).await.unwrap();
        let mut changes = queue.watch(&me.studio);
        while queue.get(&me, &job.job_id).await.unwrap().state != JobState::Completed {
            changes.changed().await.unwrap();
        }
        chapters.push(began.elapsed() / CHAPTERS);
    }
    worker.shutdown().await;
    print(chapters);
}

fn story(seed: u64) -> NewJob {
    NewJob {
        kind: "story".to_owned(),
        name: None,
        input: json!({
            "prompt": "A lighthouse keeper who collects storms",
            "chapters": CHAPTERS,
            "seed": seed,
        }),
        notify: Notify::Default,
        refs: Vec::new(),
        external: false,
        idempotency_key: None,
    }
}

fn print(mut chapters: Vec<Duration>) {
    chapters.sort_unstable();
    println!(
        "a chapter in {STORIES} stories of {CHAPTERS}: median {:?}, fastest {:?}, slowest {:?}",
        chapters[chapters.len() / 2],
        chapters[0],
        chapters[chapters.len() - 1]
    );
}
