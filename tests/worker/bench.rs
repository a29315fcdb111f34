//! A workbench: a queue with its worker, and a kind whose every step the test lets through.

use futures::future::BoxFuture;
use jobtray::i18n::Translation;
use jobtray::job::{Action, FailureCode, Job, JobId, JobState, Stream, Text};
use jobtray::queue::{Caller, KindRegistry, KindSpec, NewJob, Prepared, Queue, QueueError};
use jobtray::store::{self, Store};
use jobtray::worker::{Context, Finished, JobHandler, JobHandlers, Stop, Worker};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Longer than anything here takes, so that what never comes fails the test.
const DEADLINE: Duration = Duration::from_secs(20);

/// Counts to `steps`, one a permit, each of them written to its scratch folder; `then` says how it ends.
pub struct Counting {
    pub gate: Semaphore,
    /// Every step that was done, by any run.
    pub done: Mutex<Vec<u64>>,
    running: AtomicUsize,
    pub begun: AtomicUsize,
    pub most_at_once: AtomicUsize,
}

impl KindSpec for Counting {
    fn kind(&self) -> &'static str {
        "counting"
    }
    fn page(&self, id: &JobId) -> String {
        format!("/counted/{id}")
    }
    fn action(&self) -> Action {
        Action::Read
    }
    fn label(&self) -> Translation {
        Translation::new("Counting", "Comptage")
    }
    fn available(&self) -> Result<(), String> {
        Ok(())
    }
    fn input_schema(&self) -> Value {
        Value::Bool(true)
    }
    fn prepare<'a>(
        &'a self,
        _: &'a Caller,
        input: Value,
    ) -> BoxFuture<'a, Result<Prepared, QueueError>> {
        let name = "Counting".to_owned();
        Box::pin(std::future::ready(Ok(Prepared {
            name,
            name_text: None,
            estimate_seconds: None,
            refs: Vec::new(),
            input,
        })))
    }
}

impl JobHandler for Counting {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            self.begun.fetch_add(1, Ordering::SeqCst);
            let now = self.running.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_at_once.fetch_max(now, Ordering::SeqCst);
            let outcome = self.count(context).await;
            self.running.fetch_sub(1, Ordering::SeqCst);
            outcome
        })
    }
}

impl Counting {
    async fn count(&self, context: &dyn Context) -> Result<Finished, Stop> {
        let steps = context.input()["steps"].as_u64().unwrap();
        let file = context.scratch().join("counted");
        // The file of a run that was cut off at its very end is not here any more.
        let resumed = context.resume_from().filter(|_| file.exists());
        let first = resumed.map_or(0, |at| at.as_u64().unwrap());
        for step in first..steps {
            self.permit(context).await?;
            self.done.lock().unwrap().push(step);
            let so_far = std::fs::read_to_string(&file).unwrap_or_default();
            std::fs::write(&file, format!("{so_far}{step}\n"))?;
            context.log(Stream::Stdout, &format!("counted {step}"));
            context.progress(share(step + 1, steps), Text::new("step.initializing"));
            context.checkpoint(Some(json!(step + 1))).await?;
        }
        match context.input()["then"].as_str() {
            Some("panic") => panic!("as asked"),
            Some("stop") => Err(Stop::Requested),
            Some("fail") => Err(Stop::Failed {
                code: FailureCode::UpstreamRejected,
                summary: "the service\nrefused".to_owned(),
                text: None,
            }),
            Some("flood") => {
                for line in 0..2000 {
                    context.log(Stream::Stderr, &line.to_string());
                    context.progress(share(line + 1, 2000), Text::new("step.waiting"));
                }
                Ok(finished(file))
            }
            _ => Ok(finished(file)),
        }
    }

    /// The next permit; the worker's wishes are looked at meanwhile, as every kind must.
    async fn permit(&self, context: &dyn Context) -> Result<(), Stop> {
        loop {
            match timeout(Duration::from_millis(20), self.gate.acquire()).await {
                Ok(permit) => {
                    permit.unwrap().forget();
                    return Ok(());
                }
                Err(_) => context.checkpoint(None).await?,
            }
        }
    }
}

fn finished(file: std::path::PathBuf) -> Finished {
    Finished {
        file,
        extension: "txt",
        media_type: "text/plain",
        download_name: "counted.txt".to_owned(),
        details: None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

pub struct Bench<K> {
    pub queue: Queue,
    pub kind: Arc<K>,
    pub data: TempDir,
    pub me: Caller,
    pub worker: Option<Worker>,
}

impl Bench<Counting> {
    /// On a database file, as it is in earnest, or in memory.
    pub async fn new(url: &str, concurrency: usize) -> Self {
        let counting = async |_| Counting {
            gate: Semaphore::new(0),
            done: Mutex::default(),
            running: AtomicUsize::new(0),
            begun: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
        };
        Self::with(url, concurrency, counting).await
    }

    /// Lets some steps through, and waits until they were reported.
    pub async fn step(&self, id: &JobId, progress: f64, permits: usize) -> Job {
        self.kind.gate.add_permits(permits);
        self.until(id, |job| job.progress.is_some_and(|now| now >= progress))
            .await
    }

    pub fn done(&self) -> Vec<u64> {
        self.kind.done.lock().unwrap().clone()
    }

    /// Waits until the kind was run so often.
    pub async fn begun(&self, runs: usize) {
        until(|| self.kind.begun.load(Ordering::SeqCst) >= runs).await;
    }
}

impl<K: KindSpec + JobHandler + 'static> Bench<K> {
    /// With another kind, which may need the store.
    pub async fn with(
        url: &str,
        concurrency: usize,
        kind: impl AsyncFnOnce(Arc<dyn Store>) -> K,
    ) -> Self {
        jobtray::i18n::install(jobtray::kinds::MESSAGES);
        let data = tempfile::tempdir().unwrap();
        let url = url.replace("DIR", data.path().to_str().unwrap());
        let store = store::open(&url, data.path()).await.unwrap();
        let kind = Arc::new(kind(Arc::clone(&store)).await);
        let registry = KindRegistry::new(vec![Arc::clone(&kind) as _]);
        let queue = Queue::open(store, registry).await.unwrap();
        let me = Caller {
            studio: "studio".to_owned(),
            user: "me".to_owned(),
            name: "Me".to_owned(),
        };
        let mut bench = Self {
            queue,
            kind,
            data,
            me,
            worker: None,
        };
        bench.start(concurrency);
        bench
    }

    /// Starts another worker, as a new process would.
    pub fn start(&mut self, concurrency: usize) {
        let mut handlers = JobHandlers::default();
        handlers.add(self.kind.kind(), Arc::clone(&self.kind) as _);
        let queue = self.queue.clone();
        let worker = Worker::start(queue, handlers, self.data.path(), concurrency);
        self.worker = Some(worker);
    }

    pub async fn submit(&self, input: Value) -> JobId {
        let new = self.new_job(input);
        self.queue.submit(&self.me, new).await.unwrap().job_id
    }

    /// What [`Bench::submit`] asks for.
    pub fn new_job(&self, input: Value) -> NewJob {
        NewJob::new(self.kind.kind(), input)
    }

    pub async fn get(&self, id: &JobId) -> Job {
        self.queue.get(&self.me, id).await.unwrap()
    }

    /// The job as soon as it is as expected.
    pub async fn until(&self, id: &JobId, expected: impl Fn(&Job) -> bool) -> Job {
        let mut changes = self.queue.watch(&self.me.studio);
        let seen = timeout(DEADLINE, async {
            loop {
                let job = self.get(id).await;
                if expected(&job) {
                    return job;
                }
                changes.changed().await.unwrap();
            }
        });
        if let Ok(job) = seen.await {
            return job;
        }
        panic!("never came: {:?}", self.get(id).await)
    }

    /// Cancels a job, which is to end within a second.
    pub async fn cancel(&self, id: &JobId) {
        let requested = Instant::now();
        self.queue.cancel(&self.me, id).await.unwrap();
        let job = self.until(id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Cancelled);
        assert!(requested.elapsed() < Duration::from_secs(1));
    }

    pub async fn lines(&self, id: &JobId) -> Vec<String> {
        let page = self.queue.logs(&self.me, id, 0, 1000).await.unwrap();
        page.lines.into_iter().map(|line| line.text).collect()
    }

    /// What the job made.
    pub async fn made(&self, id: &JobId) -> String {
        let artifact = self.queue.artifact(&self.me, id).await.unwrap();
        let folder = self.data.path().join("artifacts/jobs");
        std::fs::read_to_string(folder.join(artifact.file.unwrap())).unwrap()
    }

    /// The finished files, by name.
    pub fn artifacts(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.data.path().join("artifacts/jobs")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    /// Ends the worker; it has swept at its start by then, however soon this comes.
    pub async fn stop(&mut self) {
        self.worker.take().unwrap().shutdown().await;
    }

    pub fn scratch(&self, id: &JobId) -> std::path::PathBuf {
        self.data.path().join("scratch").join(id.as_str())
    }

    /// Waits until the job's folder is gone.
    pub async fn swept(&self, id: &JobId) {
        until(|| !self.scratch(id).exists()).await;
    }
}

/// Waits until something holds that nobody tells of.
pub async fn until(holds: impl Fn() -> bool) {
    let held = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(DEADLINE, held).await.expect("it never holds");
}
