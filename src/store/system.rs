//! What reads across studios: finding work, and jobs whose worker is gone. Nobody's request
//! ends here.

use super::jobs::Due;
use super::{StoreError, Tx};
use crate::job::JobId;
use sqlx::sqlite::SqlitePool;
use sqlx::{QueryBuilder, Row};
use std::collections::HashSet;

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

/// Which of these jobs ended, or were never known.
pub(super) async fn over(
    readers: &SqlitePool,
    mut ids: Vec<JobId>,
) -> Result<Vec<JobId>, StoreError> {
    let mut sql = QueryBuilder::new(
        "select id from jobs where state in ('queued', 'running', 'paused') and id in (",
    );
    let mut list = sql.separated(", ");
    for id in &ids {
        list.push_bind(id.as_str().to_owned());
    }
    sql.push(")");
    let rows = sql
        .build_query_scalar::<String>()
        .fetch_all(readers)
        .await?;
    let active: HashSet<String> = rows.into_iter().collect();
    ids.retain(|id| !active.contains(id.as_str()));
    Ok(ids)
}

/// Forgets every job; the change numbers go on, so that no cursor is repeated.
pub(super) async fn clear(tx: &mut Tx) -> Result<(), StoreError> {
    sqlx::query("delete from jobs").execute(&mut **tx).await?;
    Ok(())
}
