//! Reading a job and what hangs on it.

use super::row::{json, log_line, past_attempt, signed};
use super::{PastAttempt, Record};
use crate::job::{JobId, LogLine};
use crate::store::StoreError;
use serde_json::Value;
use sqlx::sqlite::SqlitePool;

pub(super) async fn record(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
) -> Result<Option<Record>, StoreError> {
    let found = sqlx::query_as("select * from jobs where id = ? and studio = ?")
        .bind(id.as_str())
        .bind(studio)
        .fetch_optional(readers)
        .await?;
    Ok(found)
}

pub(super) async fn input(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
) -> Result<Option<Value>, StoreError> {
    let row = sqlx::query(
        "select input from inputs join jobs on jobs.number = inputs.job
         where jobs.id = ? and jobs.studio = ?",
    )
    .bind(id.as_str())
    .bind(studio)
    .fetch_optional(readers)
    .await?;
    Ok(row.map(|row| json(&row, "input")).transpose()?.flatten())
}

const LINES: &str =
    "select seq, at, stream, text from logs where job = ?1 and seq > ?2 order by seq limit ?3";
const LAST_LINES: &str = "select seq, at, stream, text from logs where job = ?1 and seq > ?2
    order by seq desc limit ?3";

pub(super) async fn logs(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
    after: u64,
    limit: u32,
) -> Result<Option<Vec<LogLine>>, StoreError> {
    lines(readers, studio, id, LINES, (after, limit)).await
}

pub(super) async fn last_logs(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
    limit: u32,
) -> Result<Option<Vec<LogLine>>, StoreError> {
    let mut found = lines(readers, studio, id, LAST_LINES, (0, limit)).await?;
    if let Some(lines) = &mut found {
        lines.reverse();
    }
    Ok(found)
}

async fn lines(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
    sql: &'static str,
    (after, limit): (u64, u32),
) -> Result<Option<Vec<LogLine>>, StoreError> {
    let Some(number) = number(readers, studio, id).await? else {
        return Ok(None);
    };
    let rows = sqlx::query(sql)
        .bind(number)
        .bind(signed(after))
        .bind(limit)
        .fetch_all(readers)
        .await?;
    Ok(Some(
        rows.iter().map(log_line).collect::<sqlx::Result<_>>()?,
    ))
}

pub(super) async fn history(
    readers: &SqlitePool,
    studio: &str,
    id: &JobId,
) -> Result<Vec<PastAttempt>, StoreError> {
    let rows = sqlx::query(
        "select attempts.* from attempts join jobs on jobs.number = attempts.job
         where jobs.id = ? and jobs.studio = ? order by attempts.attempt",
    )
    .bind(id.as_str())
    .bind(studio)
    .fetch_all(readers)
    .await?;
    Ok(rows.iter().map(past_attempt).collect::<sqlx::Result<_>>()?)
}

async fn number(readers: &SqlitePool, studio: &str, id: &JobId) -> Result<Option<i64>, StoreError> {
    let number = sqlx::query_scalar("select number from jobs where id = ? and studio = ?")
        .bind(id.as_str())
        .bind(studio)
        .fetch_optional(readers)
        .await?;
    Ok(number)
}
