//! What watchers see: a snapshot, and what changed since. Each is one view of the rows.

use super::row::signed;
use super::{Changed, Record, Shown};
use crate::job::{Job, JobId, Scope, Timestamp};
use crate::live::Cursor;
use crate::store::{Caller, StoreError};
use sqlx::sqlite::SqlitePool;
use sqlx::{Row, SqliteConnection};

/// All active jobs; a null owner stands for the whole studio.
const ACTIVE: &str = "select * from jobs where studio = ?1
    and state in ('queued', 'running', 'paused') and (?2 is null or owner = ?2) order by number";
const FINISHED: &str = "select * from jobs where studio = ?1 and finished_at >= ?3
    and (?2 is null or owner = ?2) order by finished_at desc limit ?4";
const SEEN: &str = "select jobs.id from jobs join seen on seen.job = jobs.number
    where jobs.studio = ?1 and jobs.finished_at >= ?3 and (?2 is null or jobs.owner = ?2)
    and seen.user = ?5 and seen.attempt = jobs.attempt
    order by jobs.finished_at desc limit ?4";
const CHANGED: &str =
    "select * from jobs where studio = ?1 and change > ?2 order by change limit ?3";
const CHANGED_OF_OWNER: &str = "select * from jobs where studio = ?1 and owner = ?4
    and change > ?2 order by change limit ?3";

const WISHED: &str = "select * from jobs where studio = ?1 and owner = ?2 and finished_at >= ?3
    and notify = 'always' and state in ('completed', 'failed') order by finished_at desc limit ?4";

pub(super) async fn wished(
    readers: &SqlitePool,
    caller: &Caller,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    let records: Vec<Record> = sqlx::query_as(WISHED)
        .bind(&caller.studio)
        .bind(&caller.user)
        .bind(since.0)
        .bind(limit)
        .fetch_all(readers)
        .await?;
    Ok(records.into_iter().map(|record| record.job).collect())
}

const TOLD: &str = "select jobs.id from jobs join told on told.job = jobs.number
    where jobs.studio = ?1 and jobs.owner = ?2 and jobs.finished_at >= ?3
    and told.user = ?2 and told.attempt = jobs.attempt";

pub(super) async fn told(
    readers: &SqlitePool,
    caller: &Caller,
    since: Timestamp,
) -> Result<Vec<JobId>, StoreError> {
    let rows = sqlx::query(TOLD)
        .bind(&caller.studio)
        .bind(&caller.user)
        .bind(since.0)
        .fetch_all(readers)
        .await?;
    let ids = rows.iter().map(|row| row.try_get::<String, _>("id"));
    let ids = ids.collect::<sqlx::Result<Vec<_>>>()?;
    Ok(ids.iter().filter_map(|id| JobId::parse(id).ok()).collect())
}

pub(super) async fn shown(
    readers: &SqlitePool,
    caller: &Caller,
    scope: Scope,
    since: Timestamp,
    limit: u32,
) -> Result<Shown, StoreError> {
    let mut view = readers.begin().await?;
    let cursor = cursor(&mut view, &caller.studio).await?;
    let owner = owner(caller, scope);
    let mut records: Vec<Record> = sqlx::query_as(ACTIVE)
        .bind(&caller.studio)
        .bind(owner)
        .fetch_all(&mut *view)
        .await?;
    let finished: Vec<Record> = sqlx::query_as(FINISHED)
        .bind(&caller.studio)
        .bind(owner)
        .bind(since.0)
        .bind(limit)
        .fetch_all(&mut *view)
        .await?;
    let seen = sqlx::query(SEEN)
        .bind(&caller.studio)
        .bind(owner)
        .bind(since.0)
        .bind(limit)
        .bind(&caller.user)
        .fetch_all(&mut *view)
        .await?;
    view.rollback().await?;
    records.extend(finished);
    Ok(Shown {
        cursor,
        jobs: records.into_iter().map(|record| record.job).collect(),
        seen: seen
            .iter()
            .filter_map(|row| JobId::parse(row.try_get("id").ok()?).ok())
            .collect(),
    })
}

pub(super) async fn changed_since(
    readers: &SqlitePool,
    caller: &Caller,
    scope: Scope,
    after: Cursor,
    limit: u32,
) -> Result<(Cursor, Vec<Changed>), StoreError> {
    let mut view = readers.begin().await?;
    let cursor = cursor(&mut view, &caller.studio).await?;
    let changed = match scope {
        Scope::Studio => sqlx::query_as(CHANGED),
        Scope::Mine => sqlx::query_as(CHANGED_OF_OWNER),
    }
    .bind(&caller.studio)
    .bind(signed(after))
    .bind(limit)
    .bind(owner(caller, scope))
    .fetch_all(&mut *view)
    .await?;
    view.rollback().await?;
    Ok((cursor, changed))
}

fn owner(caller: &Caller, scope: Scope) -> Option<&str> {
    (scope == Scope::Mine).then_some(caller.user.as_str())
}

async fn cursor(connection: &mut SqliteConnection, studio: &str) -> Result<Cursor, StoreError> {
    let change: Option<i64> = sqlx::query_scalar("select change from studios where id = ?")
        .bind(studio)
        .fetch_optional(connection)
        .await?;
    Ok(change.unwrap_or(0).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::{ACTIVE, CHANGED, CHANGED_OF_OWNER, FINISHED, SEEN, TOLD, WISHED};
    use crate::job::{JobState, Timestamp};
    use crate::store::Sqlite;
    use crate::store::jobs::{PageQuery, page};
    use sqlx::{AssertSqlSafe, Row};

    /// The steps of a query's plan, in a database that knows no statistics.
    async fn plan(sql: &str) -> String {
        let store = Sqlite::open("memory:", std::path::Path::new(""))
            .await
            .unwrap();
        let rows = sqlx::query(AssertSqlSafe(format!("explain query plan {sql}")))
            .fetch_all(store.readers())
            .await
            .unwrap();
        let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        steps.join("; ")
    }

    #[tokio::test]
    async fn what_is_asked_often_walks_an_index() {
        for (sql, index) in [
            (ACTIVE, "jobs_by_state"),
            (FINISHED, "jobs_finished"),
            (SEEN, "jobs_finished"),
            (WISHED, "jobs_wished"),
            (TOLD, "jobs_finished"),
            (CHANGED, "jobs_by_change"),
            (CHANGED_OF_OWNER, "jobs_by_owner_change"),
            (
                "select number from jobs where state = 'queued' and external = 0
                 and kind in ('a', 'b') order by number limit 1",
                "jobs_claimable",
            ),
            (
                "select id from jobs where lease_token is not null and lease_until <= 1
                 order by lease_until limit 9",
                "jobs_leased",
            ),
            (
                "select id from jobs where state = 'running' and stalled = 0
                 and reported_at <= 1 order by reported_at limit 9",
                "jobs_reported",
            ),
        ] {
            let plan = plan(sql).await;
            assert!(plan.contains(index), "{sql}: {plan}");
            assert!(
                !plan.contains("SCAN jobs") || index == "jobs_claimable",
                "{sql}: {plan}"
            );
        }
    }

    #[tokio::test]
    async fn every_shape_of_a_page_walks_an_index_without_sorting_all() {
        let all = PageQuery {
            studio: "s".to_owned(),
            owner: None,
            states: Vec::new(),
            kind: None,
            reference: None,
            before: None,
            limit: 9,
        };
        let id = crate::job::JobId::new("film", uuid::Uuid::now_v7());
        for (query, index) in [
            (all.clone(), "jobs_newest"),
            (
                PageQuery {
                    owner: Some("me".to_owned()),
                    before: Some((Timestamp(1), id)),
                    ..all.clone()
                },
                "jobs_newest_of_owner",
            ),
            (
                PageQuery {
                    kind: Some("film".to_owned()),
                    ..all.clone()
                },
                "jobs_by_kind",
            ),
            (
                PageQuery {
                    states: vec![JobState::Failed],
                    ..all
                },
                "jobs_by_state",
            ),
        ] {
            let plan = plan(page::build(query).sql().as_str()).await;
            assert!(plan.contains(index), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
