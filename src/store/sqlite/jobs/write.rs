//! Writes jobs: the inserts, and the one guarded update.

use super::read;
use super::row::JobRow;
use crate::job::{Job, JobId, LogLine};
use crate::store::error::{RuleError, StoreError};
use crate::store::jobs::ClaimedJob;
use crate::store::record::{
    ChangeRule, CheckpointChange, Effects, NewRecord, PastAttempt, Record, RowChange,
};
use crate::store::sqlite::columns::{signed, to_millis};
use crate::store::sqlite::statement::{insert, update};
use crate::store::sqlite::transaction::Transaction;
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, QueryBuilder, Sqlite};

/// Maximum number of log lines that a job keeps; the oldest are deleted first.
const KEPT_LINES: u64 = 10_000;

pub(super) async fn insert(
    transaction: &mut Transaction,
    new: NewRecord,
) -> Result<Job, StoreError> {
    let mut record = new.record;
    if let Some(key) = &new.key
        && let Some(job) =
            read::by_key(transaction, &record.studio, &record.job.owner.id, key).await?
    {
        return Ok(job);
    }
    record.change = transaction.next_change(&record.studio).await?;
    let job = &record.job;
    record.number = insert!("insert into jobs" {
        id: &job.job_id,
        studio: &record.studio,
        owner: &job.owner.id,
        owner_name: &job.owner.name,
        kind: &job.kind,
        name: &job.name,
        name_text: job.name_text.as_ref().map(Json),
        external: record.external,
        notify: job.notify,
        refs: Json(&job.refs),
        estimate_seconds: job.estimate_seconds,
        created_at: job.created_at,
        change: signed(record.change),
        version: signed(job.version),
        state: job.state,
        attempt: job.attempt,
        progress: job.progress,
        step: &job.current_step,
        step_text: job.step_text.as_ref().map(Json),
        eta: Json(&record.eta),
        elapsed_ms: 0,
        stalled: false,
        updated_at: job.last_updated_at,
        lease_seconds: 0,
        leases_lost: 0,
        next_log: signed(record.next_log),
    })
    .execute(&mut **transaction)
    .await?
    .last_insert_rowid();
    insert!("insert into inputs" { job: record.number, input: Json(&new.input) })
        .execute(&mut **transaction)
        .await?;
    for reference in &job.refs {
        insert!("insert or ignore into job_refs" { reference: reference, job: record.number })
            .execute(&mut **transaction)
            .await?;
    }
    if let Some(key) = new.key {
        insert!("insert into idempotency_keys" {
            studio: &record.studio,
            user: &job.owner.id,
            key: key.key,
            body_hash: key.body_hash,
            job: record.number,
        })
        .execute(&mut **transaction)
        .await?;
    }
    transaction.changed(&record.studio, record.change);
    Ok(record.job)
}

pub(super) async fn change(
    transaction: &mut Transaction,
    studio: Option<String>,
    id: JobId,
    rule: ChangeRule,
) -> Result<Record, StoreError> {
    let row: Option<JobRow> = sqlx::query_as("select * from jobs where id = ?")
        .bind(id)
        .fetch_optional(&mut **transaction)
        .await?;
    let record = row
        .map(Record::from)
        .filter(|record| studio.is_none_or(|studio| record.studio == studio))
        .ok_or(RuleError::NotFound)?;
    apply(transaction, record, rule).await
}

/// A job that can be claimed, and what its worker needs.
#[derive(FromRow)]
struct ClaimableRow {
    #[sqlx(flatten)]
    job: JobRow,
    input: Json<Value>,
    checkpoint: Option<Json<Value>>,
}

pub(super) async fn claim(
    transaction: &mut Transaction,
    studio: Option<String>,
    kinds: Vec<String>,
    rule: ChangeRule,
) -> Result<Option<ClaimedJob>, StoreError> {
    let row: Option<ClaimableRow> = claimable(studio, kinds)
        .build_query_as()
        .fetch_optional(&mut **transaction)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(ClaimedJob {
        record: apply(transaction, row.job.into(), rule).await?,
        input: row.input.0,
        checkpoint: row.checkpoint.map(|Json(checkpoint)| checkpoint),
    }))
}

/// Selects the oldest queued job of these kinds, of one studio or of any. An inner query finds its number, since a
/// direct join would read and sort all queued jobs of a studio with their inputs.
fn claimable(studio: Option<String>, kinds: Vec<String>) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new(
        "select jobs.*, input, checkpoint from jobs join inputs on inputs.job = number
         where number = (select number from jobs where state = 'queued' and external = 0 and kind in (",
    );
    let mut list = sql.separated(", ");
    for kind in kinds {
        list.push_bind(kind);
    }
    sql.push(")");
    if let Some(studio) = studio {
        sql.push(" and studio = ").push_bind(studio);
    }
    sql.push(" order by number limit 1)");
    sql
}

/// Lets the rule change the record, and writes what the rule decided.
async fn apply(
    transaction: &mut Transaction,
    before: Record,
    rule: ChangeRule,
) -> Result<Record, StoreError> {
    let mut record = before.clone();
    let effects = rule(&mut record)?;
    if effects.row == RowChange::None {
        return Ok(before);
    }
    if effects.checkpoint != CheckpointChange::Keep
        || effects.past.is_some()
        || !effects.log.is_empty()
    {
        transaction.savepoint().await?;
    }
    if effects.row == RowChange::Visible {
        record.job.version += 1;
        record.change = transaction.next_change(&record.studio).await?;
    }
    save(transaction, &before, &record).await?;
    if effects.row == RowChange::Visible {
        transaction.changed(&record.studio, record.change);
    }
    append(transaction, record.number, effects).await?;
    Ok(record)
}

/// The guarded update: it writes only if the row is still as the rule saw it.
async fn save(
    transaction: &mut Transaction,
    before: &Record,
    after: &Record,
) -> Result<(), StoreError> {
    let job = &after.job;
    let lease = after.lease.as_ref();
    let written = update!("update jobs set" {
        change: signed(after.change),
        version: signed(job.version),
        state: job.state,
        wanted: job.wanted,
        attempt: job.attempt,
        progress: job.progress,
        step: &job.current_step,
        step_text: job.step_text.as_ref().map(Json),
        eta: Json(&after.eta),
        eta_seconds: job.eta_seconds,
        elapsed_ms: to_millis(job.elapsed_seconds),
        stalled: job.stalled,
        notify: job.notify,
        started_at: job.started_at,
        finished_at: job.finished_at,
        updated_at: job.last_updated_at,
        reported_at: after.reported_at,
        next_action: job.next_action.as_ref().map(Json),
        result: job.result.as_ref().map(Json),
        failure: job.failure.as_ref().map(Json),
        failure_text: job.failure_text.as_ref().map(Json),
        artifact: after.artifact.as_ref().map(Json),
        worker: lease.map(|lease| &lease.worker),
        lease_token: lease.map(|lease| &lease.token),
        lease_until: lease.map(|lease| lease.until),
        lease_seconds: lease.map_or(0, |lease| lease.seconds),
        leases_lost: after.leases_lost,
        next_log: signed(after.next_log),
    } "where id = ? and studio = ? and state = ? and version = ? and lease_token is ?")
    .bind(&before.job.job_id)
    .bind(&before.studio)
    .bind(before.job.state)
    .bind(signed(before.job.version))
    .bind(before.lease.as_ref().map(|lease| &lease.token))
    .execute(&mut **transaction)
    .await?;
    if written.rows_affected() == 1 {
        Ok(())
    } else {
        Err(RuleError::Conflict(before.job.state).into())
    }
}

/// Writes what belongs to the row: the checkpoint, the past attempt and the log lines.
async fn append(
    transaction: &mut Transaction,
    job: i64,
    effects: Effects,
) -> Result<(), StoreError> {
    let checkpoint = match effects.checkpoint {
        CheckpointChange::Keep => None,
        CheckpointChange::Replace(checkpoint) => Some(Some(Json(checkpoint))),
        CheckpointChange::Delete => Some(None),
    };
    if let Some(checkpoint) = checkpoint {
        sqlx::query("update inputs set checkpoint = ? where job = ?")
            .bind(checkpoint)
            .bind(job)
            .execute(&mut **transaction)
            .await?;
    }
    if let Some(past) = effects.past {
        append_attempt(transaction, job, &past).await?;
    }
    append_log(transaction, job, &effects.log).await
}

async fn append_attempt(
    transaction: &mut Transaction,
    job: i64,
    past: &PastAttempt,
) -> Result<(), StoreError> {
    insert!("insert or replace into attempts" {
        job: job,
        attempt: past.attempt,
        state: past.state,
        started_at: past.started_at,
        finished_at: past.finished_at,
        elapsed_ms: to_millis(past.elapsed_seconds),
        result: past.result.as_ref().map(Json),
        failure: past.failure.as_ref().map(Json),
        failure_text: past.failure_text.as_ref().map(Json),
        job_at_end: past.job.as_ref().map(Json),
    })
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn append_log(
    transaction: &mut Transaction,
    job: i64,
    lines: &[LogLine],
) -> Result<(), StoreError> {
    for line in lines {
        insert!("insert into logs" {
            job: job,
            seq: signed(line.seq),
            at: line.at,
            stream: line.stream,
            text: &line.text,
        })
        .execute(&mut **transaction)
        .await?;
    }
    if let Some(last) = lines.last()
        && last.seq > KEPT_LINES
    {
        sqlx::query("delete from logs where job = ? and seq <= ?")
            .bind(job)
            .bind(signed(last.seq - KEPT_LINES))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
