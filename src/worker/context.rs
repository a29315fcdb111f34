//! One run of a job: as its handler sees it, and as the worker does.

use super::lease::{HEARTBEAT, HeldLease};
use super::pending::Pending;
use super::{JobContext, Stop};
use crate::i18n::Translate;
use crate::job::{FailureCode, Job, JobId, RequestedState, Stream, Timestamp};
use crate::queue::{Claim, Queue, QueueError, Report};
use futures::future::BoxFuture;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// The shortest time between two reports of a run: at most ten per second. The first is sent at once.
const REPORT_INTERVAL: Duration = Duration::from_millis(100);

pub(super) struct Run {
    claim: Claim,
    scratch: PathBuf,
    lease: HeldLease,
    pending: Mutex<Pending>,
    reasons: Mutex<StopReasons>,
    /// True while the handler should stop at its next checkpoint.
    stop: watch::Sender<bool>,
    /// Whether `stop` was ever true, even if the request was withdrawn since.
    was_stopped: AtomicBool,
    /// A report is pending, or the requested state is to be fetched.
    pending_signal: Notify,
    /// Held while a report is sent, so that reports are sent one at a time and in order.
    report_order: tokio::sync::Mutex<()>,
}

/// Why a run should stop.
#[derive(Default)]
struct StopReasons {
    requested: Option<RequestedState>,
    shutting_down: bool,
    lease_lost: bool,
}

impl Run {
    pub(super) fn new(queue: Queue, claim: Claim, scratch: PathBuf) -> Self {
        Self {
            lease: HeldLease::new(queue, &claim),
            scratch,
            pending: Mutex::default(),
            reasons: Mutex::default(),
            stop: watch::channel(false).0,
            was_stopped: AtomicBool::new(false),
            pending_signal: Notify::new(),
            report_order: tokio::sync::Mutex::default(),
            claim,
        }
    }

    pub(super) fn claim(&self) -> &Claim {
        &self.claim
    }

    /// Asks the queue now whether a pause or cancel was requested, without waiting for the next heartbeat.
    pub(super) fn check_requests(&self) {
        self.pending_signal.notify_one();
    }

    /// The process is shutting down.
    pub(super) fn shut_down(&self) {
        self.update(|reasons| reasons.shutting_down = true);
    }

    /// Another run has the job now.
    pub(super) fn lose_lease(&self) {
        self.update(|reasons| reasons.lease_lost = true);
    }

    pub(super) fn has_lost_lease(&self) -> bool {
        lock(&self.reasons).lease_lost
    }

    /// Whether the handler was ever asked to stop.
    pub(super) fn was_asked_to_stop(&self) -> bool {
        self.was_stopped.load(Ordering::Relaxed)
    }

    /// Resolves when the handler has been asked to stop for longer than `grace`.
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

    /// Sends pending reports, at most one per [`REPORT_INTERVAL`], and heartbeats, until `done`.
    pub(super) async fn keep_reporting(&self, done: &CancellationToken) {
        while !done.is_cancelled() && !self.has_lost_lease() {
            tokio::select! {
                () = self.pending_signal.notified() => {}
                () = tokio::time::sleep(HEARTBEAT) => {}
                () = done.cancelled() => return,
            }
            // A lost lease is in the reasons, so the handler stops at its next checkpoint.
            let _ = self.flush(None).await;
            tokio::select! {
                () = tokio::time::sleep(REPORT_INTERVAL) => {}
                () = done.cancelled() => {}
            }
        }
    }

    /// Reports how the run ended, after all that is pending.
    pub(super) async fn end(&self, end: Report) -> Result<Job, QueueError> {
        let _order = self.report_order.lock().await;
        while !lock(&self.pending).is_empty() {
            let report = lock(&self.pending).take();
            self.lease.report(report).await?;
        }
        self.lease.report(end).await
    }

    /// Reports all that is pending, with a checkpoint if there is one; an empty report is a heartbeat.
    async fn flush(&self, checkpoint: Option<Value>) -> Result<(), QueueError> {
        let _order = self.report_order.lock().await;
        let mut report = lock(&self.pending).take();
        report.checkpoint = checkpoint;
        loop {
            match self.lease.report(report).await {
                Ok(job) => self.update(|reasons| reasons.requested = job.wanted),
                Err(error) => {
                    if !matches!(error, QueueError::Invalid(_)) {
                        self.lose_lease();
                    }
                    tracing::warn!(job = %self.job(), %error, "a report was rejected");
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

    fn update(&self, change: impl FnOnce(&mut StopReasons)) {
        let mut reasons = lock(&self.reasons);
        change(&mut reasons);
        let stop = reasons.requested.is_some() || reasons.shutting_down || reasons.lease_lost;
        self.was_stopped.fetch_or(stop, Ordering::Relaxed);
        self.stop
            .send_if_modified(|now| std::mem::replace(now, stop) != stop);
    }
}

impl JobContext for Run {
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
        self.pending_signal.notify_one();
    }

    fn progress(&self, progress: f64, step: &dyn Translate) {
        lock(&self.pending).progress(progress, step);
        self.pending_signal.notify_one();
    }

    fn step(&self, step: &dyn Translate) {
        lock(&self.pending).step(step);
        self.pending_signal.notify_one();
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
            // Otherwise a handler that never awaits would keep its reports from being sent.
            tokio::task::yield_now().await;
            Ok(())
        })
    }

    fn wants_stop(&self) -> bool {
        *self.stop.borrow()
    }

    fn pauses(&self) -> bool {
        let reasons = lock(&self.reasons);
        reasons.requested == Some(RequestedState::Paused)
            && !reasons.shutting_down
            && !reasons.lease_lost
    }
}

/// A panic cannot leave the value half changed, because each change is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
