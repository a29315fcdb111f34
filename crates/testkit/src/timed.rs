//! Runs jobs one after another on a worker of their own, and times each from its submission to its completion.

use jobtray::job::JobState;
use jobtray::kinds::{self, Setup};
use jobtray::queue::{Caller, NewJob, Queue};
use jobtray::store;
use jobtray::studio::Studio;
use jobtray::worker::Worker;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub struct Timed {
    queue: Queue,
    me: Caller,
    worker: Worker,
}

impl Timed {
    /// Uses a database file in `data`, which is also the folder of craft files.
    pub async fn start(data: &Path) -> Self {
        let url = format!("sqlite:{}", data.join("jobs.db").display());
        let store = store::open(&url, data).await.unwrap();
        let studio = Studio::open(Arc::clone(&store)).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        let setup = Setup {
            craft: data.to_owned(),
            ..Setup::default()
        };
        let (registry, handlers) = kinds::registry(&studio, &setup);
        let queue = Queue::open(store, registry).await.unwrap();
        let worker = Worker::start(queue.clone(), handlers, data, 1);
        Self { queue, me, worker }
    }

    pub async fn job(&self, kind: &str, input: Value) -> Duration {
        let new = NewJob::new(kind, input);
        let started = Instant::now();
        let job = self.queue.submit(&self.me, new).await.unwrap();
        let mut changes = self.queue.watch(&self.me.studio);
        while self.queue.get(&self.me, &job.job_id).await.unwrap().state != JobState::Completed {
            changes.changed().await.unwrap();
        }
        started.elapsed()
    }

    pub async fn stop(self) {
        self.worker.shutdown().await;
    }
}

pub fn print(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    println!(
        "{what}: median {:?}, fastest {:?}, slowest {:?}",
        times[times.len() / 2],
        times[0],
        times[times.len() - 1]
    );
}
