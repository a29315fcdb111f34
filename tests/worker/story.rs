//! An interrupted story resumes after its last chapter, and the result is the same.

use crate::test_context::{TestContext, until};
use crate::{FILE, MEMORY};
use futures::future::BoxFuture;
use jobtray::i18n::{Translate, Translation};
use jobtray::job::{Action, Job, JobId, JobState, Stream};
use jobtray::kinds::story::StoryKind;
use jobtray::queue::{Caller, JobFilter, KindSpec, Preparing};
use jobtray::studio::Studio;
use jobtray::worker::{Finished, JobContext, JobHandler, Stop};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

const CHAPTERS: usize = 4;

/// Where in each chapter a run waits for a permit.
#[derive(Clone, Copy, PartialEq)]
enum Gate {
    /// The chapter is in the file but not in a checkpoint yet.
    BeforeCheckpoint,
    AfterCheckpoint,
}

/// The kind `story` with a gate in every chapter.
struct GatedStories {
    story: StoryKind,
    gate: Gate,
    permits: Semaphore,
    /// How many times any run has reached the gate.
    arrived: AtomicUsize,
    /// The progress that the runs reported: once for each chapter, when it starts.
    reported: Mutex<Vec<f64>>,
}

impl KindSpec for GatedStories {
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

impl JobHandler for GatedStories {
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let gated = GatedContext {
                kind: self,
                context,
            };
            self.story.run(&gated).await
        })
    }
}

/// The worker's context, with the gate before or after each checkpoint.
struct GatedContext<'a> {
    kind: &'a GatedStories,
    context: &'a dyn JobContext,
}

impl GatedContext<'_> {
    /// Waits for a permit, and honours commands meanwhile.
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

impl JobContext for GatedContext<'_> {
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
    fn progress(&self, progress: f64, step: &dyn Translate) {
        self.kind.reported.lock().unwrap().push(progress);
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

async fn start(url: &str, gate: Gate) -> TestContext<GatedStories> {
    let kind = async |store| GatedStories {
        story: StoryKind::new(Studio::open(store).await.unwrap()),
        gate,
        permits: Semaphore::new(0),
        arrived: AtomicUsize::new(0),
        reported: Mutex::default(),
    };
    TestContext::with(url, 2, kind).await
}

impl TestContext<GatedStories> {
    async fn submit_story(&self) -> JobId {
        let input = json!({
            "prompt": "A lighthouse keeper who collects storms",
            "cast": ["Anaïs", "X121"],
            "chapters": CHAPTERS,
            "seed": 7,
        });
        self.submit(input).await
    }

    /// Waits until runs have reached the gate this many times.
    async fn until_arrived(&self, times: usize) {
        until(|| self.kind.arrived.load(Ordering::SeqCst) >= times).await;
    }

    /// Submits a story, lets its first chapter through the gate, and waits until the second one reaches it.
    async fn submit_until_second_chapter(&self) -> JobId {
        let id = self.submit_story().await;
        self.kind.permits.add_permits(1);
        self.until_arrived(2).await;
        id
    }

    /// Releases the lease, and waits until another run is at the gate. By then the first run has left the job's
    /// folder, and takes no permit.
    async fn lose_the_lease(&self) {
        assert_eq!(self.queue.release_all().await.unwrap(), 1);
        self.until_arrived(3).await;
    }

    /// Lets the remaining chapters through.
    async fn until_finished(&self, id: &JobId) -> Job {
        self.kind.permits.add_permits(CHAPTERS);
        let job = self.until(id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Completed);
        assert_eq!(job.progress, Some(1.0));
        job
    }

    fn reported(&self) -> Vec<f64> {
        self.kind.reported.lock().unwrap().clone()
    }

    /// Asserts that each chapter was written and logged once, and that the story is the same as without an
    /// interruption.
    async fn assert_same_as(&self, id: &JobId, (text, lines): &(String, Vec<String>)) {
        assert_eq!(self.reported(), [0.0, 0.25, 0.5, 0.75]);
        assert_eq!(self.log_lines(id).await, *lines);
        assert_eq!(self.result_text(id).await, *text);
    }
}

/// The story and its log when nothing interrupts the run.
async fn uninterrupted() -> (String, Vec<String>) {
    let ctx = start(MEMORY, Gate::AfterCheckpoint).await;
    let id = ctx.submit_story().await;
    ctx.until_finished(&id).await;
    (ctx.result_text(&id).await, ctx.log_lines(&id).await)
}

#[tokio::test]
async fn every_chapter_is_logged() {
    let (text, lines) = uninterrupted().await;
    assert_eq!(text.matches("\n## ").count(), CHAPTERS);
    assert_eq!(lines.len(), CHAPTERS);
    for (at, line) in lines.iter().enumerate() {
        let beginning = format!("Chapter {} of {CHAPTERS}: ", at + 1);
        assert!(line.starts_with(&beginning), "{line}");
    }
}

#[tokio::test]
async fn a_paused_story_resumes_with_the_next_chapter() {
    let whole = uninterrupted().await;
    for url in [MEMORY, FILE] {
        let ctx = start(url, Gate::AfterCheckpoint).await;
        let id = ctx.submit_until_second_chapter().await;
        ctx.until(&id, |job| job.progress == Some(0.25)).await;
        ctx.queue.pause(&ctx.me, &id).await.unwrap();
        ctx.until(&id, |job| job.state == JobState::Paused).await;
        assert_eq!(ctx.log_lines(&id).await, whole.1[..2]);
        ctx.queue.resume(&ctx.me, &id).await.unwrap();
        let job = ctx.until_finished(&id).await;
        assert_eq!(job.attempt, 1);
        ctx.assert_same_as(&id, &whole).await;
    }
}

#[tokio::test]
async fn a_story_that_lost_its_lease_resumes_with_the_next_chapter() {
    let whole = uninterrupted().await;
    let ctx = start(MEMORY, Gate::AfterCheckpoint).await;
    let id = ctx.submit_until_second_chapter().await;
    ctx.lose_the_lease().await;
    let job = ctx.until_finished(&id).await;
    assert_eq!(job.attempt, 2);
    ctx.assert_same_as(&id, &whole).await;
}

#[tokio::test]
async fn a_story_stopped_by_a_shutdown_resumes_with_the_next_chapter() {
    let whole = uninterrupted().await;
    let mut ctx = start(FILE, Gate::AfterCheckpoint).await;
    let id = ctx.submit_until_second_chapter().await;
    ctx.stop_worker().await;
    assert_eq!(ctx.get(&id).await.state, JobState::Queued);
    ctx.start_worker(1);
    ctx.until_finished(&id).await;
    ctx.assert_same_as(&id, &whole).await;
}

#[tokio::test]
async fn a_chapter_without_a_checkpoint_is_written_again_and_appears_once() {
    let (text, lines) = uninterrupted().await;
    let ctx = start(MEMORY, Gate::BeforeCheckpoint).await;
    let id = ctx.submit_until_second_chapter().await;
    let left = std::fs::read_to_string(ctx.scratch(&id).join("story.md")).unwrap();
    assert!(text.starts_with(&left) && left.contains("\n## 2. "));
    ctx.lose_the_lease().await;
    ctx.until_finished(&id).await;
    assert_eq!(ctx.reported(), [0.0, 0.25, 0.25, 0.5, 0.75]);
    assert_eq!(ctx.result_text(&id).await, text);
    // Both runs may have logged the chapter.
    let mut logged = ctx.log_lines(&id).await;
    logged.dedup();
    assert_eq!(logged, lines);
}

#[tokio::test]
async fn a_story_whose_file_is_too_short_starts_over() {
    let (text, _) = uninterrupted().await;
    let ctx = start(MEMORY, Gate::AfterCheckpoint).await;
    let id = ctx.submit_until_second_chapter().await;
    std::fs::write(ctx.scratch(&id).join("story.md"), "short").unwrap();
    ctx.lose_the_lease().await;
    ctx.until_finished(&id).await;
    assert_eq!(ctx.reported(), [0.0, 0.25, 0.0, 0.25, 0.5, 0.75]);
    assert_eq!(ctx.result_text(&id).await, text);
}

#[tokio::test]
async fn a_story_is_found_by_its_own_reference() {
    let ctx = start(MEMORY, Gate::AfterCheckpoint).await;
    let (id, other) = (ctx.submit_story().await, ctx.submit_story().await);
    assert_ne!(id, other);
    let filter = JobFilter {
        reference: Some(format!("story:{id}")),
        limit: 10,
        ..JobFilter::default()
    };
    let found = ctx.queue.list(&ctx.me, filter).await.unwrap();
    let ids: Vec<_> = found.jobs.iter().map(|job| &job.job_id).collect();
    assert_eq!(ids, [&id]);
}
