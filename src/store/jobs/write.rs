//! Writing a job: the insert, and the one guarded update.

use super::row::{millis, notify_name, signed, stream, to_json};
use super::{ChangeRule, Key, NewRecord, PastAttempt, Record, Taken};
use crate::job::{Job, JobId, LogLine, RequestedState};
use crate::live::Cursor;
use crate::store::record::{Effects, RuleError, Write};
use crate::store::{Caller, StoreError, Tx};
use serde_json::Value;
use sqlx::{Row, SqliteConnection};

/// Lines that a job keeps; the oldest go first.
const KEPT_LINES: u64 = 10_000;

pub(super) async fn insert(tx: &mut Tx, new: NewRecord) -> Result<Job, StoreError> {
    let mut record = new.record;
    if let Some(key) = &new.key
        && let Some(job) = by_key(tx, &record.studio, &record.job.owner.id, key).await?
    {
        return Ok(job);
    }
    let change = tx.next_change(&record.studio).await?;
    let job = &record.job;
    record.number = sqlx::query_scalar(
        "insert into jobs (id, studio, owner, owner_name, kind, name, name_text, external, notify,
           refs, estimate_seconds, created_at, change, version, state, attempt, progress, step,
           step_text, eta, elapsed_ms, stalled, updated_at, lease_seconds, leases_lost, next_log)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, 0, ?)
         returning number",
    )
    .bind(job.job_id.as_str())
    .bind(&record.studio)
    .bind(&job.owner.id)
    .bind(&job.owner.name)
    .bind(&job.kind)
    .bind(&job.name)
    .bind(to_json(job.name_text.as_ref()))
    .bind(record.external)
    .bind(notify_name(job.notify))
    .bind(to_json(Some(&job.refs)))
    .bind(job.estimate_seconds)
    .bind(job.created_at.0)
    .bind(signed(change))
    .bind(signed(job.version))
    .bind(job.state.as_str())
    .bind(job.attempt)
    .bind(job.progress)
    .bind(&job.current_step)
    .bind(to_json(job.step_text.as_ref()))
    .bind(to_json(Some(&record.eta)))
    .bind(job.last_updated_at.0)
    .bind(signed(record.next_log))
    .fetch_one(&mut **tx)
    .await?;
    sqlx::query("insert into inputs (job, input) values (?, ?)")
        .bind(record.number)
        .bind(new.input.to_string())
        .execute(&mut **tx)
        .await?;
    for reference in &job.refs {
        sqlx::query("insert or ignore into job_refs (reference, job) values (?, ?)")
            .bind(reference)
            .bind(record.number)
            .execute(&mut **tx)
            .await?;
    }
    if let Some(key) = new.key {
        sqlx::query(
            "insert into idempotency_keys (studio, user, key, body_hash, job) values (?, ?, ?, ?, ?)",
        )
        .bind(&record.studio)
        .bind(&job.owner.id)
        .bind(key.key)
        .bind(key.body_hash)
        .bind(record.number)
        .execute(&mut **tx)
        .await?;
    }
    tx.changed(&record.studio, change);
    Ok(record.job)
}

/// The job that a key made; an error where it was made with another body.
pub(super) async fn by_key(
    connection: &mut SqliteConnection,
    studio: &str,
    user: &str,
    key: &Key,
) -> Result<Option<Job>, StoreError> {
    let found = sqlx::query(
        "select job, body_hash from idempotency_keys where studio = ? and user = ? and key = ?",
    )
    .bind(studio)
    .bind(user)
    .bind(&key.key)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(found) = found else { return Ok(None) };
    if found.try_get::<&[u8], _>("body_hash")? != key.body_hash {
        return Err(RuleError::KeyReused.into());
    }
    let number: i64 = found.try_get("job")?;
    let record: Record = sqlx::query_as("select * from jobs where number = ?")
        .bind(number)
        .fetch_one(connection)
        .await?;
    Ok(Some(record.job))
}

pub(super) async fn change(
    tx: &mut Tx,
    studio: Option<&str>,
    id: &JobId,
    rule: ChangeRule,
) -> Result<Record, StoreError> {
    let record: Option<Record> = sqlx::query_as("select * from jobs where id = ?")
        .bind(id.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    let record = record
        .filter(|record| studio.is_none_or(|studio| record.studio == studio))
        .ok_or(RuleError::NotFound)?;
    apply(tx, record, rule).await
}

pub(super) async fn take(
    tx: &mut Tx,
    number: Option<i64>,
    rule: ChangeRule,
) -> Result<Option<Taken>, StoreError> {
    let Some(number) = number else {
        return Ok(None);
    };
    let record = sqlx::query_as("select * from jobs where number = ?")
        .bind(number)
        .fetch_one(&mut **tx)
        .await?;
    let record = apply(tx, record, rule).await?;
    let row = sqlx::query("select input, checkpoint from inputs where job = ?")
        .bind(number)
        .fetch_one(&mut **tx)
        .await?;
    Ok(Some(Taken {
        record,
        input: super::row::json(&row, "input")?.unwrap_or(Value::Null),
        checkpoint: super::row::json(&row, "checkpoint")?,
    }))
}

/// Lets the rule change the record and writes what it decided.
async fn apply(tx: &mut Tx, before: Record, rule: ChangeRule) -> Result<Record, StoreError> {
    let mut record = before.clone();
    let effects = rule(&mut record)?;
    if effects.write == Write::Nothing {
        return Ok(before);
    }
    if effects.checkpoint.is_some() || effects.past.is_some() || !effects.log.is_empty() {
        tx.guard().await?;
    }
    let change = if effects.write == Write::Change {
        record.job.version += 1;
        Some(tx.next_change(&record.studio).await?)
    } else {
        None
    };
    save(tx, &before, &record, change).await?;
    attach(tx, &record, effects).await?;
    if let Some(change) = change {
        tx.changed(&record.studio, change);
    }
    Ok(record)
}

/// The guarded update: it finds the row as the rule saw it, or nothing is written.
async fn save(
    tx: &mut Tx,
    before: &Record,
    after: &Record,
    change: Option<Cursor>,
) -> Result<(), StoreError> {
    let job = &after.job;
    let lease = after.lease.as_ref();
    let written = sqlx::query(
        "update jobs set change = coalesce(?, change), version = ?, state = ?, wanted = ?,
           attempt = ?, progress = ?, step = ?, step_text = ?, eta = ?, eta_seconds = ?,
           elapsed_ms = ?, stalled = ?, notify = ?, started_at = ?, finished_at = ?,
           updated_at = ?, reported_at = ?, next_action = ?, result = ?, failure = ?,
           failure_text = ?, artifact = ?, worker = ?, lease_token = ?, lease_until = ?,
           lease_seconds = ?, leases_lost = ?, next_log = ?
         where id = ? and studio = ? and state = ? and version = ? and lease_token is ?",
    )
    .bind(change.map(signed))
    .bind(signed(job.version))
    .bind(job.state.as_str())
    .bind(job.wanted.map(RequestedState::as_str))
    .bind(job.attempt)
    .bind(job.progress)
    .bind(&job.current_step)
    .bind(to_json(job.step_text.as_ref()))
    .bind(to_json(Some(&after.eta)))
    .bind(job.eta_seconds)
    .bind(millis(job.elapsed_seconds))
    .bind(job.stalled)
    .bind(notify_name(job.notify))
    .bind(job.started_at.map(|time| time.0))
    .bind(job.finished_at.map(|time| time.0))
    .bind(job.last_updated_at.0)
    .bind(after.reported_at.map(|time| time.0))
    .bind(to_json(job.next_action.as_ref()))
    .bind(to_json(job.result.as_ref()))
    .bind(to_json(job.failure.as_ref()))
    .bind(to_json(job.failure_text.as_ref()))
    .bind(to_json(after.artifact.as_ref()))
    .bind(lease.map(|lease| &lease.worker))
    .bind(lease.map(|lease| &lease.token))
    .bind(lease.map(|lease| lease.until.0))
    .bind(lease.map_or(0, |lease| lease.seconds))
    .bind(after.leases_lost)
    .bind(signed(after.next_log))
    .bind(job.job_id.as_str())
    .bind(&before.studio)
    .bind(before.job.state.as_str())
    .bind(signed(before.job.version))
    .bind(before.lease.as_ref().map(|lease| &lease.token))
    .execute(&mut **tx)
    .await?;
    if written.rows_affected() == 1 {
        Ok(())
    } else {
        Err(RuleError::Conflict(before.job.state).into())
    }
}

/// Writes what hangs on the row.
async fn attach(tx: &mut Tx, record: &Record, effects: Effects) -> Result<(), StoreError> {
    if let Some(checkpoint) = effects.checkpoint {
        sqlx::query("update inputs set checkpoint = ? where job = ?")
            .bind(to_json(checkpoint.as_ref()))
            .bind(record.number)
            .execute(&mut **tx)
            .await?;
    }
    if let Some(past) = effects.past {
        keep(tx, record.number, &past).await?;
    }
    append(tx, record.number, &effects.log).await
}

async fn keep(tx: &mut Tx, job: i64, past: &PastAttempt) -> Result<(), StoreError> {
    sqlx::query(
        "insert or replace into attempts (job, attempt, state, started_at, finished_at, elapsed_ms,
           result, failure, failure_text, whole) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(job)
    .bind(past.attempt)
    .bind(past.state.as_str())
    .bind(past.started_at.map(|time| time.0))
    .bind(past.finished_at.0)
    .bind(millis(past.elapsed_seconds))
    .bind(to_json(past.result.as_ref()))
    .bind(to_json(past.failure.as_ref()))
    .bind(to_json(past.failure_text.as_ref()))
    .bind(to_json(past.job.as_ref()))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn append(tx: &mut Tx, job: i64, lines: &[LogLine]) -> Result<(), StoreError> {
    for line in lines {
        sqlx::query("insert into logs (job, seq, at, stream, text) values (?, ?, ?, ?, ?)")
            .bind(job)
            .bind(signed(line.seq))
            .bind(line.at.0)
            .bind(stream(line.stream))
            .bind(&line.text)
            .execute(&mut **tx)
            .await?;
    }
    if let Some(last) = lines.last()
        && last.seq > KEPT_LINES
    {
        sqlx::query("delete from logs where job = ? and seq <= ?")
            .bind(job)
            .bind(signed(last.seq - KEPT_LINES))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The user has seen how a job ended.
pub(super) const SEEN: &str = "insert or replace into seen (user, job, attempt)
    select ?1, number, attempt from jobs where id = ?2 and studio = ?3 and finished_at is not null";
/// An assistant told its user how a job of theirs ended.
pub(super) const TOLD: &str = "insert or replace into told (user, job, attempt)
    select ?1, number, attempt from jobs where id = ?2 and studio = ?3 and finished_at is not null
    and owner = ?1";

/// Notes how the ends of jobs came to the caller; gives back those that it holds of.
pub(super) async fn mark(
    tx: &mut Tx,
    how: &'static str,
    caller: &Caller,
    ids: &[JobId],
) -> Result<Vec<JobId>, StoreError> {
    let mut marked = Vec::with_capacity(ids.len());
    for id in ids {
        let written = sqlx::query(how)
            .bind(&caller.user)
            .bind(id.as_str())
            .bind(&caller.studio)
            .execute(&mut **tx)
            .await?;
        if written.rows_affected() > 0 {
            marked.push(id.clone());
        }
    }
    Ok(marked)
}

#[cfg(test)]
mod tests;
