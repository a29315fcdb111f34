//! The tool that waits for a job to end, and sends progress notifications meanwhile.

use super::arguments::{MAX_WAIT, WaitArguments, job_id};
use super::call::ToolCall;
use super::error::ToolError;
use crate::job::{Job, JobId};
use crate::mcp::render::reply::ToolReply;
use crate::queue::QueueError;
use rmcp::model::ProgressNotificationParam;
use rmcp::service::{RequestContext, RoleServer};
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout_at};

/// The shortest time between two progress notifications.
const NOTIFICATION_INTERVAL: Duration = Duration::from_millis(500);

pub async fn wait(call: &ToolCall<'_>, arguments: WaitArguments) -> Result<ToolReply, ToolError> {
    let id = job_id(&arguments.job_id)?;
    let longest = (arguments.timeout_seconds).map_or(MAX_WAIT, Duration::from_secs_f64);
    let job = until_ended(call, &id, longest).await;
    let job = job.map_err(|error| ToolError::of_job(error, id.as_str(), None))?;
    Ok(call.job(job))
}

/// The job once it has ended, `longest` has passed, or the client has cancelled the request.
async fn until_ended(
    call: &ToolCall<'_>,
    id: &JobId,
    longest: Duration,
) -> Result<Job, QueueError> {
    let queue = &call.context.queue;
    let deadline = Instant::now() + longest;
    // Subscribes before it reads the job, so that no change is missed.
    let mut changes = call.context.subscriptions.subscribe(call.caller, id);
    let mut job = queue.get(call.caller, id).await?;
    let mut progress = ProgressNotifications::new(call.request);
    while job.state.is_active() {
        tokio::select! {
            () = progress.send(&job) => {}
            // A client that does not read its notifications still gets its answer in time.
            () = sleep_until(deadline) => {}
            () = call.request.ct.cancelled() => return Ok(job),
        }
        let woken = tokio::select! {
            woken = timeout_at(deadline, changes.changed()) => woken,
            () = progress.is_due(&job) => continue,
            () = call.request.ct.cancelled() => return Ok(job),
        };
        match woken {
            Ok(Ok(())) => {
                let latest = changes.borrow_and_update().clone();
                // The first change may be older than the job that was read here.
                if let Some(latest) = latest.filter(|latest| latest.version >= job.version) {
                    job = (*latest).clone();
                }
            }
            // The wait timed out, or the subscription ended.
            Ok(Err(_)) | Err(_) => return queue.get(call.caller, id).await,
        }
    }
    Ok(job)
}

/// The progress notifications of one request, if its client asked for them.
struct ProgressNotifications<'a> {
    request: &'a RequestContext<RoleServer>,
    /// The progress that was sent last; none before the first notification.
    sent: Option<f64>,
    next: Instant,
}

impl<'a> ProgressNotifications<'a> {
    fn new(request: &'a RequestContext<RoleServer>) -> Self {
        Self {
            request,
            sent: None,
            next: Instant::now(),
        }
    }

    /// Returns when progress that came too soon after the last notification can be sent.
    async fn is_due(&self, job: &Job) {
        if self.request.meta.get_progress_token().is_none() || !self.is_new(job) {
            std::future::pending::<()>().await;
        }
        sleep_until(self.next).await;
    }

    fn is_new(&self, job: &Job) -> bool {
        self.sent
            .is_none_or(|sent| job.progress.unwrap_or(0.0) > sent)
    }

    async fn send(&mut self, job: &Job) {
        let Some(token) = self.request.meta.get_progress_token() else {
            return;
        };
        if !self.is_new(job) || Instant::now() < self.next {
            return;
        }
        let progress = job.progress.unwrap_or(0.0);
        self.sent = Some(progress);
        self.next = Instant::now() + NOTIFICATION_INTERVAL;
        let mut params = ProgressNotificationParam::new(token, progress).with_total(1.0);
        if let Some(step) = &job.current_step {
            params = params.with_message(step);
        }
        // The wait itself notices that the client is gone.
        let _ = self.request.peer.notify_progress(params).await;
    }
}
