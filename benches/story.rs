//! Measures the time per chapter, from the submission to the finished story on disk.
//!
//! `cargo bench --bench story` prints the figures, which depend on the machine.
#![expect(clippy::unwrap_used, reason = "a benchmark may fail")]

use serde_json::json;
use testkit::timed::{Timed, print};

/// The longest story.
const CHAPTERS: u32 = 40;
const STORIES: u64 = 20;

#[tokio::main]
async fn main() {
    // Next to the sources, because the system's temporary folder may be in memory, where a sync costs nothing.
    let data = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).unwrap();
    let jobs = Timed::start(data.path()).await;
    let mut chapters = Vec::new();
    for seed in 0..STORIES {
        let story = json!({
            "prompt": "A lighthouse keeper who collects storms",
            "chapters": CHAPTERS,
            "seed": seed,
        });
        chapters.push(jobs.job("story", story).await / CHAPTERS);
    }
    jobs.stop().await;
    print(
        &format!("a chapter in {STORIES} stories of {CHAPTERS}"),
        chapters,
    );
}
