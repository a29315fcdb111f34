//! Ended jobs with `notify: always`, and the marks of ends that a user has seen or that were announced.

use super::row::JobRow;
use crate::job::{Job, JobId, Timestamp};
use crate::store::caller::Caller;
use crate::store::error::StoreError;
use crate::store::jobs::EndMark;
use crate::store::sqlite::transaction::Transaction;
use sqlx::sqlite::SqlitePool;

const ENDED_WITH_NOTIFY_ALWAYS: &str = "select * from jobs
    where studio = ? and owner = ? and finished_at >= ?
    and notify = 'always' and state in ('completed', 'failed') order by finished_at desc limit ?";
const ANNOUNCED: &str = "select jobs.id from jobs join announced on announced.job = jobs.number
    where jobs.studio = ?1 and jobs.owner = ?2 and jobs.finished_at >= ?3
    and announced.user = ?2 and announced.attempt = jobs.attempt";
const MARK_SEEN: &str = "insert or replace into seen (user, job, attempt)
    select ?1, number, attempt from jobs where id = ?2 and studio = ?3 and finished_at is not null";
const MARK_ANNOUNCED: &str = "insert or replace into announced (user, job, attempt)
    select ?1, number, attempt from jobs where id = ?2 and studio = ?3 and finished_at is not null
    and owner = ?1";

pub(super) async fn ended_with_notify_always(
    readers: &SqlitePool,
    caller: &Caller,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = sqlx::query_as(ENDED_WITH_NOTIFY_ALWAYS)
        .bind(&caller.studio)
        .bind(&caller.user)
        .bind(since)
        .bind(limit)
        .fetch_all(readers)
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

pub(super) async fn announced(
    readers: &SqlitePool,
    caller: &Caller,
    since: Timestamp,
) -> Result<Vec<JobId>, StoreError> {
    Ok(sqlx::query_scalar(ANNOUNCED)
        .bind(&caller.studio)
        .bind(&caller.user)
        .bind(since)
        .fetch_all(readers)
        .await?)
}

pub(super) async fn mark(
    transaction: &mut Transaction,
    caller: Caller,
    mark: EndMark,
    ids: Vec<JobId>,
) -> Result<Vec<JobId>, StoreError> {
    let sql = match mark {
        EndMark::Seen => MARK_SEEN,
        EndMark::Announced => MARK_ANNOUNCED,
    };
    let mut marked = Vec::with_capacity(ids.len());
    for id in ids {
        let written = sqlx::query(sql)
            .bind(&caller.user)
            .bind(&id)
            .bind(&caller.studio)
            .execute(&mut **transaction)
            .await?;
        if written.rows_affected() > 0 {
            marked.push(id);
        }
    }
    Ok(marked)
}

#[cfg(test)]
mod tests {
    use super::{ANNOUNCED, ENDED_WITH_NOTIFY_ALWAYS};
    use crate::store::sqlite::plan::assert_reads_jobs_by;

    #[tokio::test]
    async fn every_query_searches_its_index() {
        assert_reads_jobs_by(
            ENDED_WITH_NOTIFY_ALWAYS,
            "SEARCH jobs USING INDEX jobs_ended_with_notify_always ",
        )
        .await;
        assert_reads_jobs_by(ANNOUNCED, "SEARCH jobs USING INDEX jobs_finished ").await;
    }
}
