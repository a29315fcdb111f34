//! One run of a job as its kind sees it, and what the worker knows beside that.

use super::lease::{HEARTBEAT, Lease};
use super::pending::Pending;
use super::{Context, Stop};
use crate::job::{FailureCode, Job, JobId, RequestedState, Stream, Text, Timestamp};
use crate::queue::{Claim, Queue, QueueError, Report};
use futures::future::BoxFuture;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// The least time between two reports of a run: at most ten a second, the first at once.
const PACE: Duration = Duration::from_millis(100);

pub(super) struct Run {
    claim: Claim,
    scratch: PathBuf,
    lease: Lease,
    pending: Mutex<Pending>,
    standing: Mutex<Standing>,
    /// True while the kind should stop at its next checkpoint.
    stop: watch::Sender<bool>,
    /// Whether it ever was, even if that was taken back since.
    asked: AtomicBool,
    /// Something is to be reported, or a wish to be looked up.
    news: Notify,
    /// One report at a time, in the order in which they were taken.
    turn: tokio::sync::Mutex<()>,
}

/// Why a run should stop.
#[derive(Default)]
struct Standing {
    wish: Option<RequestedState>,
    leaving: bool,
    lost: bool,
}

impl Run {
    pub(super) fn new(queue: Queue, claim: Claim, scratch: PathBuf) -> Self {
        Self {
            lease: Lease::new(queue, &claim),
            scratch,
            pending: Mutex::default(),
            standing: Mutex::default(),
            stop: watch::channel(false).0,
            asked: AtomicBool::new(false),
            news: Notify::new(),
            turn: tokio::sync::Mutex::default(),
            claim,
        }
    }

    pub(super) fn claim(&self) -> &Claim {
        &self.claim
    }

    /// Somebody may have made a wish: ask without waiting for the next report.
    pub(super) fn look(&self) {
        self.news.notify_one();
    }

    /// The process is shutting down.
    pub(super) fn leave(&self) {
        self.stand(|standing| standing.leaving = true);
    }

    /// Somebody else has the job now.
    pub(super) fn lose(&self) {
        self.stand(|standing| standing.lost = true);
    }

    pub(super) fn is_lost(&self) -> bool {
        lock(&self.standing).lost
    }

    /// Whether the kind had a reason to stop.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Resolves when the kind should have stopped for `grace`.
    pub(super) async fn overdue(&self, grace: Duration) {
        let mut stop = self.stop.subscribe();
        loop {
            // The sender lives as long as `self`.
            let _ = stop.wait_for(|stop| *stop).await;
            let taken_back = stop.wait_for(|stop| !*stop);
            if tokio::time::timeout(grace, taken_back).await.is_err() {
                return;
            }
        }
    }

    /// Reports what is pending at its pace, and shows signs of life, until `done`.
    pub(super) async fn keep_reporting(&self, done: &CancellationToken) {
        while !done.is_cancelled() && !self.is_lost() {
            tokio::select! {
                () = self.news.notified() => {}
                () = tokio::time::sleep(HEARTBEAT) => {}
                () = done.cancelled() => return,
            }
            // What went wrong is in the standing; the kind learns it at its checkpoint.
            let _ = self.flush(None).await;
            tokio::select! {
                () = tokio::time::sleep(PACE) => {}
                () = done.cancelled() => {}
            }
        }
    }

    /// Reports how the run ended, after everything that it said.
    pub(super) async fn end(&self, end: Report) -> Result<Job, QueueError> {
        let _turn = self.turn.lock().await;
        while !lock(&self.pending).is_empty() {
            let said = lock(&self.pending).take();
            self.lease.report(said).await?;
        }
        self.lease.report(end).await
    }

    /// Reports what is pending, with a checkpoint if there is one; an empty report is a heartbeat.
    async fn flush(&self, checkpoint: Option<Value>) -> Result<(), QueueError> {
        let _turn = self.turn.lock().await;
        let mut report = lock(&self.pending).take();
        report.checkpoint = checkpoint;
        loop {
            match self.lease.report(report).await {
                Ok(job) => self.stand(|standing| standing.wish = job.wanted),
                Err(error) => {
                    if !matches!(error, QueueError::Invalid(_)) {
                        self.lose();
                    }
                    tracing::warn!(job = %self.job(), %error, "report refused");
                    return Err(error);
                }
            }
            let mut pending = lock(&self.pending);
            if pending.is_empty() {
                return Ok(());
            }
            report = pending.take();
        }
    }

    fn stand(&self, change: impl FnOnce(&mut Standing)) {
        let mut standing = lock(&self.standing);
        change(&mut standing);
        let stop = standing.wish.is_some() || standing.leaving || standing.lost;
        self.asked.fetch_or(stop, Ordering::Relaxed);
        self.stop
            .send_if_modified(|now| std::mem::replace(now, stop) != stop);
    }
}

impl Context for Run {
    fn job(&self) -> &JobId {
        &self.claim.job.job_id
    }

    fn studio(&self) -> &str {
        &self.claim.studio
    }

    fn input(&self) -> &Value {
        &self.claim.input
    }

    fn resume_from(&self) -> Option<&Value> {
        self.claim.checkpoint.as_ref()
    }

    fn scratch(&self) -> &Path {
        &self.scratch
    }

    fn log(&self, stream: Stream, line: &str) {
        let now = Timestamp(jiff::Timestamp::now().as_millisecond());
        lock(&self.pending).log(stream, line, now);
        self.news.notify_one();
    }

    fn progress(&self, progress: f64, step: Text) {
        lock(&self.pending).progress(progress, step);
        self.news.notify_one();
    }

    fn step(&self, step: Text) {
        lock(&self.pending).step(step);
        self.news.notify_one();
    }

    fn checkpoint(&self, state: Option<Value>) -> BoxFuture<'_, Result<(), Stop>> {
        Box::pin(async move {
            if state.is_some()
                && let Err(QueueError::Invalid(error)) = self.flush(state).await
            {
                return Err(Stop::Failed {
                    code: FailureCode::Internal,
                    summary: error.to_string(),
                    text: None,
                });
            }
            if self.wants_stop() {
                return Err(Stop::Requested);
            }
            // A kind that never waits otherwise would keep its reports from being sent.
            tokio::task::yield_now().await;
            Ok(())
        })
    }

    fn wants_stop(&self) -> bool {
        *self.stop.borrow()
    }

    fn pauses(&self) -> bool {
        let standing = lock(&self.standing);
        standing.wish == Some(RequestedState::Paused) && !standing.leaving && !standing.lost
    }
}

/// What a panicking holder left is still whole: each change is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
