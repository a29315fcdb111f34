//! How a row of `jobs` is read.

use crate::job::{
    Eta, Failure, Job, JobId, JobResult, JobState, NextAction, Notify, Owner, RequestedState, Text,
    Timestamp,
};
use crate::store::jobs::JobChange;
use crate::store::record::{Artifact, Lease, Record};
use crate::store::sqlite::columns::to_seconds;
use sqlx::FromRow;

/// A row of `jobs`; its columns are described in the first migration.
#[derive(FromRow)]
pub(super) struct JobRow {
    number: i64,
    id: JobId,
    studio: String,
    owner: String,
    owner_name: String,
    kind: String,
    name: String,
    #[sqlx(json(nullable))]
    name_text: Option<Text>,
    external: bool,
    notify: Notify,
    #[sqlx(json)]
    refs: Vec<String>,
    estimate_seconds: Option<f64>,
    created_at: Timestamp,
    #[sqlx(try_from = "i64")]
    change: u64,
    #[sqlx(try_from = "i64")]
    version: u64,
    state: JobState,
    wanted: Option<RequestedState>,
    attempt: u32,
    progress: Option<f64>,
    step: Option<String>,
    #[sqlx(json(nullable))]
    step_text: Option<Text>,
    #[sqlx(json)]
    eta: Eta,
    eta_seconds: Option<f64>,
    elapsed_ms: i64,
    stalled: bool,
    started_at: Option<Timestamp>,
    finished_at: Option<Timestamp>,
    updated_at: Timestamp,
    reported_at: Option<Timestamp>,
    #[sqlx(json(nullable))]
    next_action: Option<NextAction>,
    #[sqlx(json(nullable))]
    result: Option<JobResult>,
    #[sqlx(json(nullable))]
    failure: Option<Failure>,
    #[sqlx(json(nullable))]
    failure_text: Option<Text>,
    #[sqlx(json(nullable))]
    artifact: Option<Artifact>,
    worker: Option<String>,
    lease_token: Option<String>,
    lease_until: Option<Timestamp>,
    lease_seconds: u32,
    leases_lost: u32,
    #[sqlx(try_from = "i64")]
    next_log: u64,
}

impl From<JobRow> for Record {
    fn from(row: JobRow) -> Self {
        let lease = match (row.worker, row.lease_token, row.lease_until) {
            (Some(worker), Some(token), Some(until)) => Some(Lease {
                worker,
                token,
                until,
                seconds: row.lease_seconds,
            }),
            _ => None,
        };
        Self {
            number: row.number,
            studio: row.studio,
            change: row.change,
            external: row.external,
            eta: row.eta,
            reported_at: row.reported_at,
            artifact: row.artifact,
            lease,
            leases_lost: row.leases_lost,
            next_log: row.next_log,
            job: Job {
                job_id: row.id,
                kind: row.kind,
                name: row.name,
                state: row.state,
                wanted: row.wanted,
                progress: row.progress,
                current_step: row.step,
                estimate_seconds: row.estimate_seconds,
                eta_seconds: row.eta_seconds,
                elapsed_seconds: to_seconds(row.elapsed_ms),
                stalled: row.stalled,
                attempt: row.attempt,
                version: row.version,
                owner: Owner {
                    id: row.owner,
                    name: row.owner_name,
                },
                notify: row.notify,
                refs: row.refs,
                created_at: row.created_at,
                started_at: row.started_at,
                finished_at: row.finished_at,
                last_updated_at: row.updated_at,
                next_action: row.next_action,
                failure: row.failure,
                result: row.result,
                name_text: row.name_text,
                step_text: row.step_text,
                failure_text: row.failure_text,
            },
        }
    }
}

impl From<JobRow> for Job {
    fn from(row: JobRow) -> Self {
        Record::from(row).job
    }
}

impl From<JobRow> for JobChange {
    fn from(row: JobRow) -> Self {
        let record = Record::from(row);
        Self {
            at: record.change,
            job: record.job,
        }
    }
}
