//! Claims queued jobs up to the concurrency limit, and shuts down in order.

use super::artifacts::Folders;
use super::context::Run;
use super::{JobContext, JobHandlers, lease, pruner, rescuer, runner, sweeper};
use crate::job::JobId;
use crate::queue::{Claim, ClaimRequest, LOCAL_WORKER, Queue};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The longest time between two polls of the queue, and so the delay that a lost wake-up costs.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// Time between two sweeps for files of jobs that ended while no run of them was active.
const SWEEP_INTERVAL: Duration = Duration::from_secs(30);

/// The longest time that a shutdown waits: the handlers' grace, and time to release the jobs.
const SHUTDOWN_TIMEOUT: Duration = runner::GRACE.saturating_add(Duration::from_secs(2));

/// The running worker.
pub struct Worker {
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Releases the leases of the previous process, then runs at most `concurrency` jobs at once. With 0 it claims
    /// no jobs, and only rescues jobs whose lease expired and deletes old rows. Files are below `data_dir`.
    #[must_use]
    pub fn start(queue: Queue, handlers: JobHandlers, data_dir: &Path, concurrency: usize) -> Self {
        let stop = CancellationToken::new();
        let dispatcher = Dispatcher {
            queue: queue.clone(),
            folders: Folders::of(data_dir),
            kinds: handlers.kinds(),
            handlers,
            concurrency,
            name: format!("{LOCAL_WORKER}{}", std::process::id()),
            tasks: JoinSet::new(),
            runs: HashMap::new(),
            swept: false,
        };
        let tasks = vec![
            tokio::spawn(dispatcher.run(stop.clone())),
            tokio::spawn(rescuer::rescue(queue.clone(), stop.clone())),
            tokio::spawn(pruner::prune(queue, stop.clone())),
        ];
        Self { stop, tasks }
    }

    /// Stops claiming, lets each run reach a checkpoint, and releases its job.
    pub async fn shutdown(self) {
        self.stop.cancel();
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

struct Dispatcher {
    queue: Queue,
    folders: Folders,
    handlers: JobHandlers,
    kinds: Vec<String>,
    concurrency: usize,
    name: String,
    tasks: JoinSet<()>,
    runs: HashMap<tokio::task::Id, Active>,
    /// Whether the finished files of the previous process were swept.
    swept: bool,
}

/// A run, and a token that is cancelled once its task ended.
struct Active {
    run: Arc<Run>,
    over: CancellationToken,
}

impl Dispatcher {
    async fn run(mut self, stop: CancellationToken) {
        match self.queue.release_all().await {
            Ok(0) => {}
            Ok(released) => tracing::info!(released, "released the leases of the previous process"),
            Err(error) => {
                tracing::warn!(%error, "cannot release the leases of the previous process; they will expire");
            }
        }
        self.sweep().await;
        let arrived = self.queue.work_arrived();
        let mut sweep = tokio::time::interval_at(Instant::now() + SWEEP_INTERVAL, SWEEP_INTERVAL);
        while !stop.is_cancelled() {
            // Registered before the claim, so that no wake-up is missed.
            let mut wake = std::pin::pin!(arrived.notified());
            wake.as_mut().enable();
            self.release_ended().await;
            self.fill().await;
            tokio::select! {
                () = wake => self.check_requests(),
                Some(ended) = self.tasks.join_next_with_id() => {
                    self.runs.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
                }
                _ = sweep.tick() => self.sweep().await,
                () = tokio::time::sleep(POLL_INTERVAL) => {}
                () = stop.cancelled() => {}
            }
        }
        self.shut_down().await;
    }

    /// Claims jobs while there is room for them.
    async fn fill(&mut self) {
        while self.tasks.len() < self.concurrency && !self.kinds.is_empty() {
            let request = ClaimRequest {
                studio: None,
                kinds: self.kinds.clone(),
                worker: self.name.clone(),
                ttl_seconds: lease::SECONDS,
            };
            match self.queue.claim(request).await {
                Ok(Some(claim)) => self.begin(claim),
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "cannot claim jobs");
                    return;
                }
            }
        }
    }

    fn begin(&mut self, claim: Claim) {
        let id = claim.job.job_id.clone();
        let Some(kind) = self.handlers.get(id.kind()) else {
            tracing::error!(job = %id, "claimed a job of a kind without a handler");
            return;
        };
        tracing::info!(job = %id, attempt = claim.job.attempt, "a run begins");
        let before = self.earlier_runs(&id);
        let run = Arc::new(Run::new(
            self.queue.clone(),
            claim,
            self.folders.scratch_of(&id),
        ));
        let active = Active {
            run: Arc::clone(&run),
            over: CancellationToken::new(),
        };
        let over = active.over.clone().drop_guard();
        let (queue, folders) = (self.queue.clone(), self.folders.clone());
        let task = self.tasks.spawn(async move {
            let _over = over;
            for before in before {
                before.cancelled().await;
            }
            runner::run(&queue, &folders, kind, run).await;
        });
        self.runs.insert(task.id(), active);
    }

    /// Earlier runs of a job that was claimed again. They lost the lease, and must end before the next run uses the
    /// job's folder.
    fn earlier_runs(&self, job: &JobId) -> Vec<CancellationToken> {
        let same = self.runs.values().filter(|active| active.run.job() == job);
        same.map(|active| {
            active.run.lose_lease();
            active.over.clone()
        })
        .collect()
    }

    /// Removes files that no job needs. It runs between two claims, so that no run begins in a folder that is being
    /// removed. Finished files need only one successful sweep, since runs of this process remove their own.
    async fn sweep(&mut self) {
        if !self.swept {
            let busy = self.runs.values().map(|active| active.run.job().clone());
            let busy = busy.collect();
            match sweeper::unnamed(&self.queue, &self.folders, &busy).await {
                Ok(()) => self.swept = true,
                Err(error) => tracing::warn!(%error, "cannot sweep the finished files"),
            }
        }
        if let Err(error) = sweeper::unfinished(&self.queue, &self.folders).await {
            tracing::warn!(%error, "cannot sweep the scratch folders");
        }
    }

    /// Releases what handlers keep alive for jobs that have ended, for example jobs cancelled while paused.
    async fn release_ended(&self) {
        for kind in self.handlers.iter() {
            if let Err(error) = sweeper::release_held(&self.queue, kind.as_ref()).await {
                tracing::warn!(%error, "cannot release what a handler keeps alive");
            }
        }
    }

    /// Lets each run ask the queue whether a pause or cancel was requested.
    fn check_requests(&self) {
        for active in self.runs.values() {
            active.run.check_requests();
        }
    }

    async fn shut_down(mut self) {
        for active in self.runs.values() {
            active.run.shut_down();
        }
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(SHUTDOWN_TIMEOUT, ended).await.is_err() {
            tracing::warn!("some jobs could not be released; the next start releases them");
        }
    }
}
