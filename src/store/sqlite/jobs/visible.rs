//! What subscribers see: a snapshot, and what changed since. Each is read in one transaction, so it is consistent.

use super::row::JobRow;
use crate::job::{Job, Scope, Timestamp};
use crate::live::Cursor;
use crate::store::caller::Caller;
use crate::store::error::StoreError;
use crate::store::jobs::{JobChange, JobSnapshot};
use crate::store::sqlite::columns::signed;
use sqlx::sqlite::{SqliteArguments, SqlitePool};
use sqlx::{FromRow, Sqlite, SqliteConnection};

/// The jobs of a studio (`?1`), and of one owner (`?2`) unless that is null.
macro_rules! visible {
    () => {
        "studio = ?1 and (?2 is null or owner = ?2)"
    };
}

const ACTIVE: &str = concat!(
    "select * from jobs where ",
    visible!(),
    " and state in ('queued', 'running', 'paused') order by number"
);
const FINISHED: &str = concat!(
    "select jobs.*, seen.job is not null as seen from jobs
     left join seen on seen.job = number and seen.user = ?3 and seen.attempt = jobs.attempt where ",
    visible!(),
    " and finished_at >= ?4 order by finished_at desc limit ?5"
);
// Two statements, since each uses its own index.
const CHANGED: &str =
    "select * from jobs where studio = ?1 and change > ?3 order by change limit ?4";
const CHANGED_OF_OWNER: &str =
    "select * from jobs where studio = ?1 and owner = ?2 and change > ?3 order by change limit ?4";

/// A finished job, and whether the caller has seen how it ended.
#[derive(FromRow)]
struct FinishedRow {
    #[sqlx(flatten)]
    job: JobRow,
    seen: bool,
}

pub(super) async fn snapshot(
    readers: &SqlitePool,
    caller: &Caller,
    scope: Scope,
    since: Timestamp,
    limit: u32,
) -> Result<JobSnapshot, StoreError> {
    let mut moment = readers.begin().await?;
    let cursor = latest_change(&mut moment, &caller.studio).await?;
    let active: Vec<JobRow> = of_scope(ACTIVE, caller, scope)
        .fetch_all(&mut *moment)
        .await?;
    let finished: Vec<FinishedRow> = of_scope(FINISHED, caller, scope)
        .bind(&caller.user)
        .bind(since)
        .bind(limit)
        .fetch_all(&mut *moment)
        .await?;
    moment.rollback().await?;
    let mut jobs: Vec<Job> = active.into_iter().map(Job::from).collect();
    let mut seen = Vec::new();
    for row in finished {
        let job = Job::from(row.job);
        if row.seen {
            seen.push(job.job_id.clone());
        }
        jobs.push(job);
    }
    Ok(JobSnapshot { cursor, jobs, seen })
}

pub(super) async fn changed_since(
    readers: &SqlitePool,
    caller: &Caller,
    scope: Scope,
    after: Cursor,
    limit: u32,
) -> Result<(Cursor, Vec<JobChange>), StoreError> {
    let sql = match scope {
        Scope::Studio => CHANGED,
        Scope::Mine => CHANGED_OF_OWNER,
    };
    let mut moment = readers.begin().await?;
    let cursor = latest_change(&mut moment, &caller.studio).await?;
    let rows: Vec<JobRow> = of_scope(sql, caller, scope)
        .bind(signed(after))
        .bind(limit)
        .fetch_all(&mut *moment)
        .await?;
    moment.rollback().await?;
    Ok((cursor, rows.into_iter().map(JobChange::from).collect()))
}

/// A statement with its studio and its owner bound.
fn of_scope<'q, Row>(
    sql: &'static str,
    caller: &'q Caller,
    scope: Scope,
) -> sqlx::query::QueryAs<'q, Sqlite, Row, SqliteArguments>
where
    Row: for<'r> FromRow<'r, sqlx::sqlite::SqliteRow>,
{
    let owner = (scope == Scope::Mine).then_some(caller.user.as_str());
    sqlx::query_as(sql).bind(&caller.studio).bind(owner)
}

async fn latest_change(
    connection: &mut SqliteConnection,
    studio: &str,
) -> Result<Cursor, StoreError> {
    let change: Option<i64> = sqlx::query_scalar("select change from studios where id = ?")
        .bind(studio)
        .fetch_optional(connection)
        .await?;
    Ok(change.unwrap_or(0).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::{ACTIVE, CHANGED, CHANGED_OF_OWNER, FINISHED};
    use crate::store::sqlite::plan::assert_reads_jobs_by;

    #[tokio::test]
    async fn every_statement_searches_its_index() {
        for (sql, index) in [
            (ACTIVE, "jobs_by_state"),
            (FINISHED, "jobs_finished"),
            (CHANGED, "jobs_by_change"),
            (CHANGED_OF_OWNER, "jobs_by_owner_change"),
        ] {
            assert_reads_jobs_by(sql, &format!("SEARCH jobs USING INDEX {index} ")).await;
        }
    }
}
