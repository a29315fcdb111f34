//! What workers call: claims and reports; and what happens when a worker is gone.

use super::rules::lease;
use super::rules::report::{self, ResultAction, Right};
use super::{Claim, ClaimRequest, Queue, QueueError, Report, Reporter, limits};
use crate::job::{Job, JobId, JobState, STALLED_AFTER, Timestamp};
use crate::store::{Due, Effects, JobFiles, Lease, Record, StoreError};
use std::sync::Arc;

/// How the names of workers of this program begin; a worker over HTTP has another name.
pub const LOCAL_WORKER: &str = "local:";

impl Queue {
    /// Applies a report. An empty one is a heartbeat, which extends the lease and leaves the version unchanged.
    ///
    /// When a job pauses, a worker of this process releases its lease, since its run ends. A worker over HTTP
    /// keeps the lease as long as it sends heartbeats, and continues when the job is resumed.
    pub async fn report(
        &self,
        by: Reporter<'_>,
        id: &JobId,
        mut report: Report,
    ) -> Result<Job, QueueError> {
        limits::report(&mut report)?;
        let (studio, right) = match by {
            Reporter::Lease(token) => (None, held(token, true)),
            Reporter::LeaseOf(caller, token) => (Some(caller), held(token, false)),
            Reporter::Owner(caller) => (Some(caller), Right::Owner(caller.user.clone())),
        };
        let studio = studio.map(|caller| caller.studio.as_str());
        let result_action = self.result_action(id);
        let hands_back = report.state == Some(JobState::Queued);
        let rule = self
            .timed(move |record, now| report::report(record, now, &right, report, result_action));
        let record = self.store.change(studio, id, rule).await?;
        if hands_back {
            self.wake();
        }
        Ok(record.job)
    }

    /// Claims the oldest queued job of these kinds for a worker.
    pub async fn claim(&self, request: ClaimRequest) -> Result<Option<Claim>, QueueError> {
        limits::claim(&request)?;
        // Jobs with an expired lease can be claimed too.
        self.rescue().await?;
        let token = format!("{:032x}", rand::random::<u128>());
        let ClaimRequest {
            studio,
            kinds,
            worker,
            ttl_seconds,
        } = request;
        let rule = self.timed(move |record, now| {
            let lease = Lease {
                worker,
                token,
                until: Timestamp(now.0 + i64::from(ttl_seconds) * 1000),
                seconds: ttl_seconds,
            };
            lease::claim(record, now, lease)
        });
        let claimed = self.store.claim(studio.as_deref(), &kinds, rule).await?;
        Ok(claimed.and_then(|claimed| {
            let Record {
                studio, job, lease, ..
            } = claimed.record;
            let lease = lease?;
            Some(Claim {
                job,
                studio,
                input: claimed.input,
                checkpoint: claimed.checkpoint,
                lease_token: lease.token,
                expires_at: lease.until,
            })
        }))
    }

    /// Rescues jobs whose lease expired: applies the requested state, queues the next attempt, or fails the job as
    /// `worker_lost`. Returns the number of jobs.
    pub async fn rescue(&self) -> Result<u32, QueueError> {
        let rescued = self
            .each(Due::LeaseExpired(self.now()), |record, now| {
                if lease::expired(record, now) {
                    lease::lost(record, now)
                } else {
                    Effects::default()
                }
            })
            .await?;
        if rescued > 0 {
            self.wake();
        }
        Ok(rescued)
    }

    /// Releases the leases of the previous process's workers. Call it before this process starts a worker.
    ///
    /// A process that shuts down in order releases its jobs, so a lease that is still held was lost and counts as
    /// lost: the next attempt is queued, and a job that brings the process down three times fails.
    pub async fn release_all(&self) -> Result<u32, QueueError> {
        let released = self
            .each(Due::HeldBy(LOCAL_WORKER), |record, now| {
                let local = record
                    .lease
                    .as_ref()
                    .is_some_and(|lease| lease.worker.starts_with(LOCAL_WORKER));
                if local {
                    lease::lost(record, now)
                } else {
                    Effects::default()
                }
            })
            .await?;
        if released > 0 {
            self.wake();
        }
        Ok(released)
    }

    /// Which files these jobs, of any studio, still need; unknown jobs are left out.
    pub async fn job_files(&self, ids: &[JobId]) -> Result<Vec<JobFiles>, QueueError> {
        Ok(self.store.job_files(ids).await?)
    }

    /// Marks running jobs without a report for 30 s as stalled. A heartbeat shows that the worker is alive, not
    /// that the job makes progress.
    pub async fn mark_stalled(&self) -> Result<u32, QueueError> {
        let since = self.now().before(STALLED_AFTER);
        self.each(Due::NoReportSince(since), move |record, now| {
            lease::stalled(record, now, now.before(STALLED_AFTER))
        })
        .await
    }

    /// Applies a rule to every due job. The rule checks again, since the job may have changed after the query.
    async fn each(
        &self,
        due: Due,
        rule: impl Fn(&mut Record, Timestamp) -> Effects + Send + Sync + 'static,
    ) -> Result<u32, QueueError> {
        let rule = Arc::new(rule);
        let mut done = 0;
        for id in self.store.due(due).await? {
            let rule = Arc::clone(&rule);
            let rule = self.timed(move |record, now| Ok(rule(record, now)));
            match self.store.change(None, &id, rule).await {
                Ok(_) => done += 1,
                // The job was changed or deleted meanwhile.
                Err(StoreError::Rule(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(done)
    }

    /// The next action that the job's kind has for a completed job.
    fn result_action(&self, id: &JobId) -> Option<ResultAction> {
        let spec = self.kinds.find(id.kind())?;
        Some(ResultAction {
            action: spec.action(),
            page: spec.page(id),
        })
    }
}

fn held(token: &str, local: bool) -> Right {
    Right::Token {
        token: token.to_owned(),
        local,
    }
}
