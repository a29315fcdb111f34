//! Reads one job, and what belongs to it.

use super::row::JobRow;
use crate::job::{Failure, Job, JobId, JobResult, JobState, LogLine, Stream, Text, Timestamp};
use crate::store::error::{RuleError, StoreError};
use crate::store::jobs::LogRange;
use crate::store::record::{IdempotencyKey, PastAttempt, Record};
use crate::store::sqlite::columns::{signed, to_seconds};
use serde_json::Value;
use sqlx::sqlite::SqlitePool;
use sqlx::types::Json;
use sqlx::{FromRow, SqliteConnection};

pub(super) async fn record(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
) -> Result<Option<Record>, StoreError> {
    let row: Option<JobRow> = sqlx::query_as("select * from jobs where id = ? and studio = ?")
        .bind(id)
        .bind(studio)
        .fetch_optional(readers)
        .await?;
    Ok(row.map(Record::from))
}

pub(super) async fn input(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
) -> Result<Option<Value>, StoreError> {
    let input: Option<Json<Value>> = sqlx::query_scalar(
        "select input from inputs join jobs on jobs.number = inputs.job
         where jobs.id = ? and jobs.studio = ?",
    )
    .bind(id)
    .bind(studio)
    .fetch_optional(readers)
    .await?;
    Ok(input.map(|Json(input)| input))
}

/// A job, and the hash of the request that came with its idempotency key.
#[derive(FromRow)]
struct KeyedJob {
    body_hash: Vec<u8>,
    #[sqlx(flatten)]
    job: JobRow,
}

pub(super) async fn by_key(
    connection: &mut SqliteConnection,
    studio: &str,
    user: &str,
    key: &IdempotencyKey,
) -> Result<Option<Job>, StoreError> {
    let keyed: Option<KeyedJob> = sqlx::query_as(
        "select jobs.*, keys.body_hash from idempotency_keys keys join jobs on jobs.number = keys.job
         where keys.studio = ? and keys.user = ? and keys.key = ?",
    )
    .bind(studio)
    .bind(user)
    .bind(&key.key)
    .fetch_optional(connection)
    .await?;
    match keyed {
        Some(keyed) if keyed.body_hash != key.body_hash => Err(RuleError::KeyReused.into()),
        keyed => Ok(keyed.map(|keyed| keyed.job.into())),
    }
}

#[derive(FromRow)]
struct LogRow {
    #[sqlx(try_from = "i64")]
    seq: u64,
    at: Timestamp,
    stream: Stream,
    text: String,
}

impl From<LogRow> for LogLine {
    fn from(row: LogRow) -> Self {
        Self {
            seq: row.seq,
            at: row.at,
            stream: row.stream,
            text: row.text,
        }
    }
}

pub(super) async fn logs(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
    range: LogRange,
    limit: u32,
) -> Result<Option<Vec<LogLine>>, StoreError> {
    let Some(number) = number(readers, studio, id).await? else {
        return Ok(None);
    };
    let rows = match range {
        LogRange::After(seq) => lines_after(readers, number, seq, limit).await?,
        LogRange::Last => last_lines(readers, number, limit).await?,
    };
    Ok(Some(rows.into_iter().map(LogLine::from).collect()))
}

async fn lines_after(
    readers: &SqlitePool,
    job: i64,
    seq: u64,
    limit: u32,
) -> Result<Vec<LogRow>, StoreError> {
    Ok(
        sqlx::query_as("select * from logs where job = ? and seq > ? order by seq limit ?")
            .bind(job)
            .bind(signed(seq))
            .bind(limit)
            .fetch_all(readers)
            .await?,
    )
}

async fn last_lines(readers: &SqlitePool, job: i64, limit: u32) -> Result<Vec<LogRow>, StoreError> {
    let mut lines: Vec<LogRow> =
        sqlx::query_as("select * from logs where job = ? order by seq desc limit ?")
            .bind(job)
            .bind(limit)
            .fetch_all(readers)
            .await?;
    lines.reverse();
    Ok(lines)
}

async fn number(readers: &SqlitePool, studio: &str, id: &JobId) -> Result<Option<i64>, StoreError> {
    Ok(
        sqlx::query_scalar("select number from jobs where id = ? and studio = ?")
            .bind(id)
            .bind(studio)
            .fetch_optional(readers)
            .await?,
    )
}

#[derive(FromRow)]
struct AttemptRow {
    attempt: u32,
    state: JobState,
    started_at: Option<Timestamp>,
    finished_at: Timestamp,
    elapsed_ms: i64,
    #[sqlx(json(nullable))]
    result: Option<JobResult>,
    #[sqlx(json(nullable))]
    failure: Option<Failure>,
    #[sqlx(json(nullable))]
    failure_text: Option<Text>,
    #[sqlx(json(nullable))]
    job_at_end: Option<Box<Job>>,
}

impl From<AttemptRow> for PastAttempt {
    fn from(row: AttemptRow) -> Self {
        Self {
            attempt: row.attempt,
            state: row.state,
            started_at: row.started_at,
            finished_at: row.finished_at,
            elapsed_seconds: to_seconds(row.elapsed_ms),
            result: row.result,
            failure: row.failure,
            failure_text: row.failure_text,
            job: row.job_at_end,
        }
    }
}

pub(super) async fn history(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
) -> Result<Vec<PastAttempt>, StoreError> {
    let rows: Vec<AttemptRow> = sqlx::query_as(
        "select attempts.* from attempts join jobs on jobs.number = attempts.job
         where jobs.id = ? and jobs.studio = ? order by attempts.attempt",
    )
    .bind(id)
    .bind(studio)
    .fetch_all(readers)
    .await?;
    Ok(rows.into_iter().map(PastAttempt::from).collect())
}
