//! A story that is interrupted: what was written stays, and the reader cannot tell.

use crate::bench::{Bench, until};
use crate::{FILE, MEMORY};
use futures::future::BoxFuture;
use jobtray::i18n::Translation;
use jobtray::job::{Action, Job, JobId, JobState, Stream, Text};
use jobtray::kinds::story::StoryKind;
use jobtray::queue::{Caller, JobFilter, KindSpec, Preparing};
use jobtray::studio::Studio;
use jobtray::worker::{Context, Finished, JobHandler, Stop};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

const CHAPTERS: usize = 4;

/// Where a run waits for the test's permit at each chapter.
#[derive(Clone, Copy, PartialEq)]
enum Gate {
    /// The chapter is in the file, and no checkpoint tells so yet.
    BeforeCheckpoint,
    AfterCheckpoint,
}

/// The story's kind, with a gate at every chapter.
struct Paced {
    story: StoryKind,
    gate: Gate,
    permits: Semaphore,
    /// How often a run came to the gate.
    arrived: AtomicUsize,
    /// The progress of every report, by any run: one as each chapter begins.
    begun: Mutex<Vec<f64>>,
}

impl KindSpec for Paced {
    fn kind(&self) -> &'static str {
        self.story.kind()
    }
    fn label(&self) -> Translation {
        self.story.label()
    }
    fn input_schema(&self) -> Value {
        self.story.input_schema()
    }
    fn action(&self) -> Action {
        self.story.action()
    }
    fn prepare<'a>(&'a self, caller: &'a Caller, input: Value) -> Preparing<'a> {
        self.story.prepare(caller, input)
    }
    fn own_ref(&self, id: &JobId) -> Option<String> {
        self.story.own_ref(id)
    }
    fn page(&self, id: &JobId) -> String {
        self.story.page(id)
    }
}

impl JobHandler for Paced {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let gated = Gated {
                kind: self,
                context,
            };
            self.story.run(&gated).await
        })
    }
}

/// The worker's context, with the gate before or after each checkpoint.
struct Gated<'a> {
    kind: &'a Paced,
    context: &'a dyn Context,
}

impl Gated<'_> {
    /// Waits for a permit; the worker's wishes are looked at meanwhile.
    async fn pass(&self, gate: Gate) -> Result<(), Stop> {
        if gate != self.kind.gate {
            return Ok(());
        }
        self.kind.arrived.fetch_add(1, Ordering::SeqCst);
        loop {
            let permit = self.kind.permits.acquire();
            if let Ok(permit) = timeout(Duration::from_millis(20), permit).await {
                permit.unwrap().forget();
                return Ok(());
            }
            self.context.checkpoint(None).await?;
        }
    }
}

impl Context for Gated<'_> {
    fn job(&self) -> &JobId {
        self.context.job()
    }
    fn studio(&self) -> &str {
        self.context.studio()
    }
    fn input(&self) -> &Value {
        self.context.input()
    }
    fn resume_from(&self) -> Option<&Value> {
        self.context.resume_from()
    }
    fn scratch(&self) -> &Path {
        self.context.scratch()
    }
    fn log(&self, stream: Stream, line: &str) {
        self.context.log(stream, line);
    }
    fn progress(&self, progress: f64, step: Text) {
        self.kind.begun.lock().unwrap().push(progress);
        self.context.progress(progress, step);
    }
    fn checkpoint(&self, state: Option<Value>) -> BoxFuture<'_, Result<(), Stop>> {
        Box::pin(async move {
            self.pass(Gate::BeforeCheckpoint).await?;
            self.context.checkpoint(state).await?;
            self.pass(Gate::AfterCheckpoint).await
        })
    }
    fn wants_stop(&self) -> bool {
        self.context.wants_stop()
    }
}

async fn bench(url: &str, gate: Gate) -> Bench<Paced> {
    let kind = async |store| Paced {
        story: StoryKind::new(Studio::open(store).await.unwrap()),
        gate,
        permits: Semaphore::new(0),
        arrived: AtomicUsize::new(0),
        begun: Mutex::default(),
    };
    Bench::with(url, 2, kind).await
}

impl Bench<Paced> {
    async fn order(&self) -> JobId {
        let input = json!({
            "prompt": "A lighthouse keeper who collects storms",
            "cast": ["Anaïs", "X121"],
            "chapters": CHAPTERS,
            "seed": 7,
        });
        self.submit(input).await
    }

    /// Waits until runs came to the gate so often.
    async fn arrived(&self, times: usize) {
        until(|| self.kind.arrived.load(Ordering::SeqCst) >= times).await;
    }

    /// Lets the first chapter through the gate, and the second one up to it.
    async fn second_chapter(&self) -> JobId {
        let id = self.order().await;
        self.kind.permits.add_permits(1);
        self.arrived(2).await;
        id
    }

    /// Takes the job from its run, and waits until another run is at the gate: the first one
    /// is out of the job's folder then, and takes no permit.
    async fn lose_the_lease(&self) {
        assert_eq!(self.queue.release_all().await.unwrap(), 1);
        self.arrived(3).await;
    }

    /// Lets the rest be written.
    async fn finished(&self, id: &JobId) -> Job {
        self.kind.permits.add_permits(CHAPTERS);
        let job = self.until(id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Completed);
        assert_eq!(job.progress, Some(1.0));
        job
    }

    fn begun(&self) -> Vec<f64> {
        self.kind.begun.lock().unwrap().clone()
    }

    /// Each chapter was begun once, its line stands in the log, and the story is the whole one.
    async fn seamless(&self, id: &JobId, (text, lines): &(String, Vec<String>)) {
        assert_eq!(self.begun(), [0.0, 0.25, 0.5, 0.75]);
        assert_eq!(self.lines(id).await, *lines);
        assert_eq!(self.made(id).await, *text);
    }
}

/// The story and its log as they are when nothing happens in between.
async fn uninterrupted() -> (String, Vec<String>) {
    let bench = bench(MEMORY, Gate::AfterCheckpoint).await;
    let id = bench.order().await;
    bench.finished(&id).await;
    (bench.made(&id).await, bench.lines(&id).await)
}

#[tokio::test]
async fn a_story_is_told_and_logged_chapter_by_chapter() {
    let (text, lines) = uninterrupted().await;
    assert_eq!(text.matches("\n## ").count(), CHAPTERS);
    assert_eq!(lines.len(), CHAPTERS);
    for (at, line) in lines.iter().enumerate() {
        let beginning = format!("Chapter {} of {CHAPTERS}: ", at + 1);
        assert!(line.starts_with(&beginning), "{line}");
    }
}

#[tokio::test]
async fn a_paused_story_goes_on_with_the_next_chapter() {
    let whole = uninterrupted().await;
    for url in [MEMORY, FILE] {
        let bench = bench(url, Gate::AfterCheckpoint).await;
        let id = bench.second_chapter().await;
        bench.until(&id, |job| job.progress == Some(0.25)).await;
        bench.queue.pause(&bench.me, &id).await.unwrap();
        bench.until(&id, |job| job.state == JobState::Paused).await;
        assert_eq!(bench.lines(&id).await, whole.1[..2]);
        bench.queue.resume(&bench.me, &id).await.unwrap();
        let job = bench.finished(&id).await;
        assert_eq!(job.attempt, 1);
        bench.seamless(&id, &whole).await;
    }
}

#[tokio::test]
async fn a_story_whose_lease_was_lost_goes_on_with_the_next_chapter() {
    let whole = uninterrupted().await;
    let bench = bench(MEMORY, Gate::AfterCheckpoint).await;
    let id = bench.second_chapter().await;
    bench.lose_the_lease().await;
    let job = bench.finished(&id).await;
    assert_eq!(job.attempt, 2);
    bench.seamless(&id, &whole).await;
}

#[tokio::test]
async fn a_story_that_a_shutdown_stopped_goes_on_with_the_next_chapter() {
    let whole = uninterrupted().await;
    let mut bench = bench(FILE, Gate::AfterCheckpoint).await;
    let id = bench.second_chapter().await;
    bench.stop().await;
    assert_eq!(bench.get(&id).await.state, JobState::Queued);
    bench.start(1);
    bench.finished(&id).await;
    bench.seamless(&id, &whole).await;
}

#[tokio::test]
async fn a_chapter_without_its_checkpoint_is_written_again_and_stands_there_once() {
    let (text, lines) = uninterrupted().await;
    let bench = bench(MEMORY, Gate::BeforeCheckpoint).await;
    let id = bench.second_chapter().await;
    let left = std::fs::read_to_string(bench.scratch(&id).join("story.md")).unwrap();
    assert!(text.starts_with(&left) && left.contains("\n## 2. "));
    bench.lose_the_lease().await;
    bench.finished(&id).await;
    assert_eq!(bench.begun(), [0.0, 0.25, 0.25, 0.5, 0.75]);
    assert_eq!(bench.made(&id).await, text);
    // What was said of the chapter before it was lost may be said once more, in its place.
    let mut said = bench.lines(&id).await;
    said.dedup();
    assert_eq!(said, lines);
}

#[tokio::test]
async fn a_story_whose_text_was_torn_is_written_from_the_beginning() {
    let (text, _) = uninterrupted().await;
    let bench = bench(MEMORY, Gate::AfterCheckpoint).await;
    let id = bench.second_chapter().await;
    std::fs::write(bench.scratch(&id).join("story.md"), "torn").unwrap();
    bench.lose_the_lease().await;
    bench.finished(&id).await;
    assert_eq!(bench.begun(), [0.0, 0.25, 0.0, 0.25, 0.5, 0.75]);
    assert_eq!(bench.made(&id).await, text);
}

#[tokio::test]
async fn a_story_can_be_asked_for_by_its_own_reference() {
    let bench = bench(MEMORY, Gate::AfterCheckpoint).await;
    let (id, other) = (bench.order().await, bench.order().await);
    assert_ne!(id, other);
    let filter = JobFilter {
        reference: Some(format!("story:{id}")),
        limit: 10,
        ..JobFilter::default()
    };
    let found = bench.queue.list(&bench.me, filter).await.unwrap();
    let ids: Vec<_> = found.jobs.iter().map(|job| &job.job_id).collect();
    assert_eq!(ids, [&id]);
}
