//! The right to report on a job, until another claim replaces it.

use crate::job::{Job, JobId};
use crate::queue::{Claim, Queue, QueueError, Report, Reporter};
use std::time::Duration;

/// Seconds without a report after which a built-in worker's lease expires.
pub(super) const SECONDS: u32 = 10;

/// Time between two heartbeats: two in a row may be lost before the lease expires.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(3);

const FIRST_WAIT: Duration = Duration::from_millis(50);
const MAX_WAIT: Duration = Duration::from_secs(2);

/// The token of one claim; every report carries it.
pub(super) struct HeldLease {
    queue: Queue,
    job: JobId,
    token: String,
}

impl HeldLease {
    pub(super) fn new(queue: Queue, claim: &Claim) -> Self {
        Self {
            queue,
            job: claim.job.job_id.clone(),
            token: claim.lease_token.clone(),
        }
    }

    /// Sends a report, and retries while the store cannot write, so that a full disk loses no progress. The queue
    /// decides by the token whether the lease is still held; no clock is read here.
    pub(super) async fn report(&self, report: Report) -> Result<Job, QueueError> {
        let mut wait = FIRST_WAIT;
        loop {
            let by = Reporter::Lease(&self.token);
            match self.queue.report(by, &self.job, report.clone()).await {
                Err(QueueError::Unavailable(problem)) => {
                    tracing::warn!(job = %self.job, problem, "cannot store a report; retrying");
                }
                answer => return answer,
            }
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(MAX_WAIT);
        }
    }
}
