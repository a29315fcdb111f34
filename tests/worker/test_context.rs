//! The context of a test: a queue with its worker, and a kind of job whose every step waits for a permit.

use futures::future::BoxFuture;
use jobtray::i18n::{JobMessage, Translation};
use jobtray::job::{Action, FailureCode, Job, JobId, JobState, Stream};
use jobtray::queue::{Caller, KindRegistry, KindSpec, NewJob, Prepared, Queue, QueueError};
use jobtray::store::{self, Store};
use jobtray::worker::{Finished, JobContext, JobHandler, JobHandlers, Stop, Worker};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Longer than any wait here takes, so that a test fails instead of hanging.
const DEADLINE: Duration = Duration::from_secs(20);

/// Counts to `steps`: each step takes a permit and adds a line to a file in the scratch folder. `then` chooses
/// how the run ends.
pub struct Counting {
    pub gate: Semaphore,
    /// The steps of all runs, in the order in which they were done.
    pub steps_done: Mutex<Vec<u64>>,
    running: AtomicUsize,
    pub runs_started: AtomicUsize,
    pub peak_running: AtomicUsize,
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
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            self.runs_started.fetch_add(1, Ordering::SeqCst);
            let now = self.running.fetch_add(1, Ordering::SeqCst) + 1;
            self.peak_running.fetch_max(now, Ordering::SeqCst);
            let outcome = self.count(context).await;
            self.running.fetch_sub(1, Ordering::SeqCst);
            outcome
        })
    }
}

impl Counting {
    async fn count(&self, context: &dyn JobContext) -> Result<Finished, Stop> {
        let steps = context.input()["steps"].as_u64().unwrap();
        let file = context.scratch().join("counted");
        // The file is gone if the last run was interrupted after it had moved the file into place.
        let resumed = context.resume_from().filter(|_| file.exists());
        let first = resumed.map_or(0, |at| at.as_u64().unwrap());
        for step in first..steps {
            self.permit(context).await?;
            self.steps_done.lock().unwrap().push(step);
            let written = std::fs::read_to_string(&file).unwrap_or_default();
            std::fs::write(&file, format!("{written}{step}\n"))?;
            context.log(Stream::Stdout, &format!("counted {step}"));
            context.progress(fraction(step + 1, steps), &JobMessage::Initializing);
            context.checkpoint(Some(json!(step + 1))).await?;
        }
        match context.input()["then"].as_str() {
            Some("panic") => panic!("requested by the test"),
            Some("stop") => Err(Stop::Requested),
            Some("fail") => Err(Stop::Failed {
                code: FailureCode::UpstreamRejected,
                summary: "the service\nrefused".to_owned(),
                text: None,
            }),
            Some("flood") => {
                for line in 0..2000 {
                    context.log(Stream::Stderr, &line.to_string());
                    context.progress(fraction(line + 1, 2000), &JobMessage::Initializing);
                }
                Ok(finished(file))
            }
            _ => Ok(finished(file)),
        }
    }

    /// Waits for a permit. Checks for a pause or a cancel meanwhile, as every kind must.
    async fn permit(&self, context: &dyn JobContext) -> Result<(), Stop> {
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
fn fraction(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

pub struct TestContext<K> {
    pub queue: Queue,
    pub kind: Arc<K>,
    pub data: TempDir,
    pub me: Caller,
    pub worker: Option<Worker>,
}

impl TestContext<Counting> {
    /// Opens a store on a database file, as in production, or in memory.
    pub async fn new(url: &str, concurrency: usize) -> Self {
        let counting = async |_| Counting {
            gate: Semaphore::new(0),
            steps_done: Mutex::default(),
            running: AtomicUsize::new(0),
            runs_started: AtomicUsize::new(0),
            peak_running: AtomicUsize::new(0),
        };
        Self::with(url, concurrency, counting).await
    }

    /// Adds permits, and waits until the job reports this progress.
    pub async fn let_through(&self, id: &JobId, progress: f64, permits: usize) -> Job {
        self.kind.gate.add_permits(permits);
        self.until(id, |job| job.progress.is_some_and(|now| now >= progress))
            .await
    }

    pub fn steps_done(&self) -> Vec<u64> {
        self.kind.steps_done.lock().unwrap().clone()
    }

    /// Waits until this many runs have started.
    pub async fn until_runs_started(&self, runs: usize) {
        until(|| self.kind.runs_started.load(Ordering::SeqCst) >= runs).await;
    }
}

impl<K: KindSpec + JobHandler + 'static> TestContext<K> {
    /// Uses another kind, which may need the store.
    pub async fn with(
        url: &str,
        concurrency: usize,
        kind: impl AsyncFnOnce(Arc<dyn Store>) -> K,
    ) -> Self {
        jobtray::kinds::install_messages();
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
        let mut ctx = Self {
            queue,
            kind,
            data,
            me,
            worker: None,
        };
        ctx.start_worker(concurrency);
        ctx
    }

    /// Starts another worker, as a new process would.
    pub fn start_worker(&mut self, concurrency: usize) {
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

    /// The job that [`TestContext::submit`] submits.
    pub fn new_job(&self, input: Value) -> NewJob {
        NewJob::new(self.kind.kind(), input)
    }

    pub async fn get(&self, id: &JobId) -> Job {
        self.queue.get(&self.me, id).await.unwrap()
    }

    /// Waits until the job is as expected, and returns it.
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
        panic!("timed out: {:?}", self.get(id).await)
    }

    /// Cancels a job, and waits until it is cancelled.
    pub async fn cancel(&self, id: &JobId) {
        self.queue.cancel(&self.me, id).await.unwrap();
        let job = self.until(id, |job| job.state.is_finished()).await;
        assert_eq!(job.state, JobState::Cancelled);
    }

    pub async fn log_lines(&self, id: &JobId) -> Vec<String> {
        let page = self.queue.logs(&self.me, id, 0, 1000).await.unwrap();
        page.lines.into_iter().map(|line| line.text).collect()
    }

    /// The content of the job's artifact.
    pub async fn result_text(&self, id: &JobId) -> String {
        let artifact = self.queue.artifact(&self.me, id).await.unwrap();
        let folder = self.data.path().join("artifacts/jobs");
        std::fs::read_to_string(folder.join(artifact.file.unwrap())).unwrap()
    }

    /// The names in the artifacts folder, sorted.
    pub fn artifact_names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.data.path().join("artifacts/jobs")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    /// Stops the worker. The sweep that a worker does when it starts is over by then.
    pub async fn stop_worker(&mut self) {
        self.worker.take().unwrap().shutdown().await;
    }

    pub fn scratch(&self, id: &JobId) -> std::path::PathBuf {
        self.data.path().join("scratch").join(id.as_str())
    }

    /// Waits until the job's scratch folder is gone.
    pub async fn until_swept(&self, id: &JobId) {
        until(|| !self.scratch(id).exists()).await;
    }
}

/// Polls until a condition holds.
pub async fn until(condition: impl Fn() -> bool) {
    let polled = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(DEADLINE, polled).await.expect("timed out");
}
