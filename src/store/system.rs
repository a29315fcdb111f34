//! What reads across studios: finding work, jobs whose worker is gone, and what is too old.
//! Nobody's request ends here.

use super::jobs::{Due, Standing};
use super::{StoreError, Tx};
use crate::job::{JobId, Timestamp};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{QueryBuilder, Row};

/// Jobs that one look finds; the next look finds the rest.
const AT_ONCE: u32 = 1000;

/// The oldest queued job of these kinds, of one studio or of any.
pub(super) async fn claimable(
    tx: &mut Tx,
    studio: Option<&str>,
    kinds: &[String],
) -> Result<Option<i64>, StoreError> {
    let mut sql = QueryBuilder::new(
        "select number from jobs where state = 'queued' and external = 0 and kind in (",
    );
    let mut list = sql.separated(", ");
    for kind in kinds {
        list.push_bind(kind.as_str());
    }
    sql.push(")");
    if let Some(studio) = studio {
        sql.push(" and studio = ").push_bind(studio);
    }
    sql.push(" order by number limit 1");
    Ok(sql.build_query_scalar().fetch_optional(&mut **tx).await?)
}

pub(super) async fn due(readers: &SqlitePool, due: Due) -> Result<Vec<JobId>, StoreError> {
    let (sql, time) = match due {
        Due::Expired(now) => (
            "select id from jobs where lease_token is not null and lease_until <= ?1
             order by lease_until limit ?2",
            now.0,
        ),
        Due::Local => (
            "select id from jobs where lease_token is not null and worker like 'local:%'
             and ?1 = 0 limit ?2",
            0,
        ),
        Due::Silent(since) => (
            "select id from jobs where state = 'running' and stalled = 0 and reported_at <= ?1
             order by reported_at limit ?2",
            since.0,
        ),
    };
    let rows = sqlx::query(sql)
        .bind(time)
        .bind(AT_ONCE)
        .fetch_all(readers)
        .await?;
    Ok(rows
        .iter()
        .filter_map(|row| JobId::parse(row.try_get("id").ok()?).ok())
        .collect())
}

/// How these jobs stand; those that are not kept here are left out.
pub(super) async fn standings(
    readers: &SqlitePool,
    ids: &[JobId],
) -> Result<Vec<Standing>, StoreError> {
    let mut sql = QueryBuilder::new(
        "select id, state in ('queued', 'running', 'paused') as active, artifact ->> 'file' as file
         from jobs where id in (",
    );
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(id.as_str());
    }
    sql.push(")");
    let rows = sql.build().fetch_all(readers).await?;
    rows.iter().map(standing).collect()
}

fn standing(row: &SqliteRow) -> Result<Standing, StoreError> {
    let id: &str = row.try_get("id")?;
    Ok(Standing {
        id: JobId::parse(id).map_err(|error| StoreError::Corrupt(format!("{id}: {error}")))?,
        active: row.try_get("active")?,
        file: row.try_get("file")?,
    })
}

/// Forgets the keys of jobs made before a time; a key is as old as the job that it made.
pub(super) async fn forget_keys(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let forgotten = sqlx::query(
        "delete from idempotency_keys
         where (select created_at from jobs where number = idempotency_keys.job) < ?",
    )
    .bind(before.0)
    .execute(&mut **tx)
    .await?;
    Ok(forgotten.rows_affected())
}

/// Forgets every job; the change numbers go on, so that no cursor is repeated.
pub(super) async fn clear(tx: &mut Tx) -> Result<(), StoreError> {
    sqlx::query("delete from jobs").execute(&mut **tx).await?;
    Ok(())
}
