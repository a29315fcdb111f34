//! Takes waiting jobs up to the limit, and ends in good order.

use super::artifacts::Folders;
use super::context::Run;
use super::{Context, JobHandlers, lease, pruner, rescuer, runner, sweeper};
use crate::job::JobId;
use crate::queue::{Claim, ClaimRequest, Queue};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// A wake-up that was lost costs this much, no more.
const POLL: Duration = Duration::from_secs(1);

/// Time between two looks for files of jobs that ended while nobody ran them.
const SWEEP: Duration = Duration::from_secs(30);

/// The longest that a shutdown waits: the kinds' grace, and time to hand back.
const SHUTDOWN: Duration = runner::GRACE.saturating_add(Duration::from_secs(2));

/// The running worker.
pub struct Worker {
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Takes back what the previous process held, then runs at most `concurrency` jobs at once;
    /// with 0 it only looks after the leases of others and after what is old. Files lie below `data_dir`.
    #[must_use]
    pub fn start(queue: Queue, handlers: JobHandlers, data_dir: &Path, concurrency: usize) -> Self {
        let stop = CancellationToken::new();
        let dispatcher = Dispatcher {
            queue: queue.clone(),
            folders: Folders::of(data_dir),
            kinds: handlers.kinds(),
            handlers,
            concurrency,
            name: format!("local:{}", std::process::id()),
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

    /// Stops taking work, lets what runs reach a checkpoint, and hands it back.
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
    /// Whether the finished files that the last process left were looked through.
    swept: bool,
}

/// A run, and the sign that nothing of it is left.
struct Active {
    run: Arc<Run>,
    over: CancellationToken,
}

impl Dispatcher {
    async fn run(mut self, stop: CancellationToken) {
        match self.queue.release_all().await {
            Ok(0) => {}
            Ok(released) => tracing::info!(released, "took back what the last process held"),
            Err(error) => {
                tracing::warn!(%error, "leases of the last process run out by themselves");
            }
        }
        self.sweep().await;
        let arrived = self.queue.work_arrived();
        let mut sweep = tokio::time::interval_at(Instant::now() + SWEEP, SWEEP);
        while !stop.is_cancelled() {
            // Registered before looking, so that nothing falls in between.
            let mut wake = std::pin::pin!(arrived.notified());
            wake.as_mut().enable();
            self.let_go().await;
            self.fill().await;
            tokio::select! {
                () = wake => self.look(),
                Some(ended) = self.tasks.join_next_with_id() => {
                    self.runs.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
                }
                _ = sweep.tick() => self.sweep().await,
                () = tokio::time::sleep(POLL) => {}
                () = stop.cancelled() => {}
            }
        }
        self.leave().await;
    }

    /// Takes jobs while there is room for them.
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
                    tracing::warn!(%error, "cannot take work");
                    return;
                }
            }
        }
    }

    fn begin(&mut self, claim: Claim) {
        let id = claim.job.job_id.clone();
        let Some(kind) = self.handlers.get(id.kind()) else {
            tracing::error!(job = %id, "claimed a kind that nobody here runs");
            return;
        };
        tracing::info!(job = %id, attempt = claim.job.attempt, "begins");
        let before = self.lost(&id);
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

    /// Earlier runs of a job that was claimed again: they lost it, and must be out of its folder
    /// before the next one uses it.
    fn lost(&self, job: &JobId) -> Vec<CancellationToken> {
        let same = self.runs.values().filter(|active| active.run.job() == job);
        same.map(|active| {
            active.run.lose();
            active.over.clone()
        })
        .collect()
    }

    /// Removes what no job needs on disk. It stands between two claims, so that no run begins in a
    /// folder that goes. Finished files are looked through until that was done once: runs of this
    /// process take back their own.
    async fn sweep(&mut self) {
        if !self.swept {
            let busy = self.runs.values().map(|active| active.run.job().clone());
            let busy = busy.collect();
            match sweeper::unnamed(&self.queue, &self.folders, &busy).await {
                Ok(()) => self.swept = true,
                Err(error) => tracing::warn!(%error, "cannot look through the finished files"),
            }
        }
        if let Err(error) = sweeper::unfinished(&self.queue, &self.folders).await {
            tracing::warn!(%error, "cannot look through the unfinished work");
        }
    }

    /// Lets go of what kinds keep alive of jobs that ended meanwhile: cancelled in a pause, say.
    async fn let_go(&self) {
        for kind in self.handlers.iter() {
            if let Err(error) = sweeper::kept(&self.queue, kind.as_ref()).await {
                tracing::warn!(%error, "cannot look after what waits for its job");
            }
        }
    }

    /// Somebody may have made a wish.
    fn look(&self) {
        for active in self.runs.values() {
            active.run.look();
        }
    }

    async fn leave(mut self) {
        for active in self.runs.values() {
            active.run.leave();
        }
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(SHUTDOWN, ended).await.is_err() {
            tracing::warn!("some jobs could not be handed back; the next start takes them back");
        }
    }
}
