//! Reads and deletes across studios: jobs whose worker is gone, and rows that are too old. Requests of people never
//! get here.

use crate::job::{JobId, Timestamp};
use crate::store::error::StoreError;
use crate::store::jobs::{Due, JobFiles};
use crate::store::sqlite::transaction::Transaction;
use sqlx::QueryBuilder;
use sqlx::sqlite::SqlitePool;

/// Maximum number of jobs that one call finds; the next call finds the rest.
const BATCH_SIZE: u32 = 1000;

const LEASE_EXPIRED: &str = "select id from jobs where lease_token is not null and lease_until <= ?
    order by lease_until limit ?";
const HELD_BY: &str =
    "select id from jobs where lease_token is not null and worker like ? || '%' limit ?";
const NO_REPORT_SINCE: &str = "select id from jobs
    where state = 'running' and stalled = 0 and reported_at <= ? order by reported_at limit ?";

pub(super) async fn due(readers: &SqlitePool, due: Due) -> Result<Vec<JobId>, StoreError> {
    let due = match due {
        Due::LeaseExpired(now) => sqlx::query_scalar(LEASE_EXPIRED).bind(now),
        Due::HeldBy(worker) => sqlx::query_scalar(HELD_BY).bind(worker),
        Due::NoReportSince(time) => sqlx::query_scalar(NO_REPORT_SINCE).bind(time),
    };
    Ok(due.bind(BATCH_SIZE).fetch_all(readers).await?)
}

pub(super) async fn job_files(
    readers: &SqlitePool,
    ids: &[JobId],
) -> Result<Vec<JobFiles>, StoreError> {
    let mut sql = QueryBuilder::new(
        "select id, state in ('queued', 'running', 'paused') as active, artifact ->> 'file' as file
         from jobs where id in (",
    );
    let mut list = sql.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    sql.push(")");
    Ok(sql.build_query_as().fetch_all(readers).await?)
}

/// A key is as old as its job.
pub(super) async fn delete_keys(
    transaction: &mut Transaction,
    before: Timestamp,
) -> Result<u64, StoreError> {
    let deleted = sqlx::query(
        "delete from idempotency_keys
         where (select created_at from jobs where number = idempotency_keys.job) < ?",
    )
    .bind(before)
    .execute(&mut **transaction)
    .await?;
    Ok(deleted.rows_affected())
}

/// The change numbers continue, so that no cursor is used twice.
pub(super) async fn clear(transaction: &mut Transaction) -> Result<(), StoreError> {
    transaction.execute("delete from jobs").await
}

#[cfg(test)]
mod tests {
    use super::{HELD_BY, LEASE_EXPIRED, NO_REPORT_SINCE};
    use crate::store::sqlite::plan::assert_reads_jobs_by;

    #[tokio::test]
    async fn every_query_reads_no_more_than_its_partial_index() {
        for (sql, step) in [
            (LEASE_EXPIRED, "SEARCH jobs USING INDEX jobs_leased "),
            (HELD_BY, "SCAN jobs USING INDEX jobs_leased"),
            (NO_REPORT_SINCE, "SEARCH jobs USING INDEX jobs_reported "),
        ] {
            assert_reads_jobs_by(sql, step).await;
        }
    }
}
