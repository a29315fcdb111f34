//! How a row of `jobs` is read and written.

use super::Changed;
use crate::job::{Job, JobId, JobState, LogLine, Notify, Owner, RequestedState, Stream, Timestamp};
use crate::store::record::{Lease, PastAttempt, Record};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

impl FromRow<'_, SqliteRow> for Changed {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let at: i64 = row.try_get("change")?;
        Ok(Self {
            at: at.unsigned_abs(),
            job: Record::from_row(row)?.job,
        })
    }
}

impl FromRow<'_, SqliteRow> for Record {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            number: row.try_get("number")?,
            studio: row.try_get("studio")?,
            external: row.try_get("external")?,
            eta: json(row, "eta")?.unwrap_or_default(),
            reported_at: time(row, "reported_at")?,
            artifact: json(row, "artifact")?,
            lease: lease(row)?,
            leases_lost: row.try_get("leases_lost")?,
            next_log: count(row, "next_log")?,
            job: job(row)?,
        })
    }
}

fn job(row: &SqliteRow) -> sqlx::Result<Job> {
    Ok(Job {
        job_id: parsed(row, "id", |text| JobId::parse(text).ok())?,
        kind: row.try_get("kind")?,
        name: row.try_get("name")?,
        state: parsed(row, "state", JobState::parse)?,
        wanted: row
            .try_get::<Option<&str>, _>("wanted")?
            .and_then(RequestedState::parse),
        progress: row.try_get("progress")?,
        current_step: row.try_get("step")?,
        estimate_seconds: row.try_get("estimate_seconds")?,
        eta_seconds: row.try_get("eta_seconds")?,
        elapsed_seconds: seconds(row.try_get("elapsed_ms")?),
        stalled: row.try_get("stalled")?,
        attempt: row.try_get("attempt")?,
        version: count(row, "version")?,
        owner: Owner {
            id: row.try_get("owner")?,
            name: row.try_get("owner_name")?,
        },
        notify: parsed(row, "notify", notify)?,
        refs: json(row, "refs")?.unwrap_or_default(),
        created_at: Timestamp(row.try_get("created_at")?),
        started_at: time(row, "started_at")?,
        finished_at: time(row, "finished_at")?,
        last_updated_at: Timestamp(row.try_get("updated_at")?),
        next_action: json(row, "next_action")?,
        failure: json(row, "failure")?,
        result: json(row, "result")?,
        name_text: json(row, "name_text")?,
        step_text: json(row, "step_text")?,
        failure_text: json(row, "failure_text")?,
    })
}

fn lease(row: &SqliteRow) -> sqlx::Result<Option<Lease>> {
    let Some(token) = row.try_get("lease_token")? else {
        return Ok(None);
    };
    Ok(Some(Lease {
        worker: row.try_get("worker")?,
        token,
        until: Timestamp(row.try_get("lease_until")?),
        seconds: row.try_get("lease_seconds")?,
    }))
}

pub(super) fn log_line(row: &SqliteRow) -> sqlx::Result<LogLine> {
    Ok(LogLine {
        seq: count(row, "seq")?,
        at: Timestamp(row.try_get("at")?),
        stream: parsed(row, "stream", |text| match text {
            "stdout" => Some(Stream::Stdout),
            "stderr" => Some(Stream::Stderr),
            _ => None,
        })?,
        text: row.try_get("text")?,
    })
}

pub(super) fn past_attempt(row: &SqliteRow) -> sqlx::Result<PastAttempt> {
    Ok(PastAttempt {
        attempt: row.try_get("attempt")?,
        state: parsed(row, "state", JobState::parse)?,
        started_at: time(row, "started_at")?,
        finished_at: Timestamp(row.try_get("finished_at")?),
        elapsed_seconds: seconds(row.try_get("elapsed_ms")?),
        result: json(row, "result")?,
        failure: json(row, "failure")?,
        failure_text: json(row, "failure_text")?,
        job: json(row, "whole")?,
    })
}

pub(super) fn stream(stream: Stream) -> &'static str {
    match stream {
        Stream::Stdout => "stdout",
        Stream::Stderr => "stderr",
    }
}

pub(super) fn notify_name(notify: Notify) -> &'static str {
    match notify {
        Notify::Default => "default",
        Notify::Always => "always",
        Notify::Failures => "failures",
        Notify::Never => "never",
    }
}

fn notify(name: &str) -> Option<Notify> {
    [
        Notify::Default,
        Notify::Always,
        Notify::Failures,
        Notify::Never,
    ]
    .into_iter()
    .find(|notify| notify_name(*notify) == name)
}

/// Whole milliseconds, as rows keep spans.
#[expect(
    clippy::cast_possible_truncation,
    reason = "spans of people's work are far below 2^53 ms"
)]
pub(super) fn millis(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "spans of people's work are far below 2^53 ms"
)]
fn seconds(millis: i64) -> f64 {
    millis as f64 / 1000.0
}

/// A number that only grows, as SQLite keeps it.
pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The text of a value that is kept as JSON; none for none.
pub(super) fn to_json<T: Serialize>(value: Option<&T>) -> Option<String> {
    // Our own types have string keys and finite numbers: they always have a JSON text.
    value.and_then(|value| serde_json::to_string(value).ok())
}

pub(super) fn count(row: &SqliteRow, column: &str) -> sqlx::Result<u64> {
    Ok(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0))
}

fn time(row: &SqliteRow, column: &str) -> sqlx::Result<Option<Timestamp>> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp))
}

pub(super) fn json<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> sqlx::Result<Option<T>> {
    row.try_get::<Option<&str>, _>(column)?
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| unreadable(column, error))
}

fn parsed<T>(row: &SqliteRow, column: &str, parse: impl Fn(&str) -> Option<T>) -> sqlx::Result<T> {
    let text: &str = row.try_get(column)?;
    parse(text).ok_or_else(|| unreadable(column, format!("unexpected {text:?}")))
}

fn unreadable<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
    column: &str,
    error: E,
) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: column.to_owned(),
        source: error.into(),
    }
}
