//! One who waits for the end of a job, and tells how far it is meanwhile.

use super::follower::Follower;
use crate::job::{Job, JobId};
use crate::queue::{Caller, QueueError};
use rmcp::model::ProgressNotificationParam;
use rmcp::service::{RequestContext, RoleServer};
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout_at};

/// Between two notifications of progress.
const BETWEEN_NOTIFICATIONS: Duration = Duration::from_millis(500);

/// Waits until the job has ended, `seconds` have gone, or the client has: the job as it then stands.
pub async fn wait(
    follower: &Follower,
    caller: &Caller,
    id: &JobId,
    seconds: f64,
    context: &RequestContext<RoleServer>,
) -> Result<Job, QueueError> {
    let due = Instant::now() + Duration::from_secs_f64(seconds);
    // Followed before it is read, so that no change falls in between.
    let mut seen = follower.follow(caller, id);
    let mut job = follower.queue.get(caller, id).await?;
    let mut progress = Progress::of(context);
    while job.state.is_active() {
        tokio::select! {
            () = progress.tell(&job) => {}
            // One that does not read its notifications gets its answer in time.
            () = sleep_until(due) => {}
            () = context.ct.cancelled() => return Ok(job),
        }
        let changed = tokio::select! {
            changed = timeout_at(due, seen.changed()) => changed,
            () = progress.may_be_told(&job) => continue,
            () = context.ct.cancelled() => return Ok(job),
        };
        match changed {
            Ok(Ok(())) => {
                let latest = seen.borrow_and_update().clone();
                // What the reader saw first may be older than what was read here.
                if let Some(latest) = latest.filter(|latest| latest.version >= job.version) {
                    job = (*latest).clone();
                }
            }
            // The time is up, or nobody reads any more: the rows tell.
            Ok(Err(_)) | Err(_) => return follower.queue.get(caller, id).await,
        }
    }
    Ok(job)
}

/// Tells a client that asked for it how far a job is.
struct Progress<'a> {
    context: &'a RequestContext<RoleServer>,
    said: f64,
    next: Instant,
}

impl<'a> Progress<'a> {
    fn of(context: &'a RequestContext<RoleServer>) -> Self {
        Self {
            context,
            said: -1.0,
            next: Instant::now(),
        }
    }

    /// Comes when there is progress that was not told for having followed too soon on other.
    async fn may_be_told(&self, job: &Job) {
        if self.context.meta.get_progress_token().is_none() || !self.is_news(job) {
            std::future::pending::<()>().await;
        }
        sleep_until(self.next).await;
    }

    fn is_news(&self, job: &Job) -> bool {
        job.progress.unwrap_or(0.0) > self.said
    }

    async fn tell(&mut self, job: &Job) {
        let Some(token) = self.context.meta.get_progress_token() else {
            return;
        };
        if !self.is_news(job) || Instant::now() < self.next {
            return;
        }
        let progress = job.progress.unwrap_or(0.0);
        self.said = progress;
        self.next = Instant::now() + BETWEEN_NOTIFICATIONS;
        let mut said = ProgressNotificationParam::new(token, progress).with_total(1.0);
        if let Some(step) = &job.current_step {
            said = said.with_message(step);
        }
        // A client that is gone is noticed by the wait itself.
        let _ = self.context.peer.notify_progress(said).await;
    }
}
