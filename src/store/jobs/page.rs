//! A page of jobs, newest first.

use super::{PageQuery, Record};
use crate::job::{Job, JobState};
use crate::store::StoreError;
use sqlx::sqlite::SqlitePool;
use sqlx::{QueryBuilder, Sqlite};

pub(super) async fn page(readers: &SqlitePool, query: PageQuery) -> Result<Vec<Job>, StoreError> {
    let records: Vec<Record> = build(query).build_query_as().fetch_all(readers).await?;
    Ok(records.into_iter().map(|record| record.job).collect())
}

/// The query of a page; each of its shapes walks an index.
pub(super) fn build(query: PageQuery) -> QueryBuilder<Sqlite> {
    let mut sql = QueryBuilder::new("select * from jobs where studio = ");
    sql.push_bind(query.studio);
    if let Some(owner) = query.owner {
        sql.push(" and owner = ").push_bind(owner);
    }
    if let Some(kind) = query.kind {
        sql.push(" and kind = ").push_bind(kind);
    }
    if let Some(reference) = query.reference {
        sql.push(" and number in (select job from job_refs where reference = ")
            .push_bind(reference)
            .push(")");
    }
    if !query.states.is_empty() {
        sql.push(" and state in (");
        let mut states = sql.separated(", ");
        for state in query.states.iter().copied().map(JobState::as_str) {
            states.push_bind(state);
        }
        sql.push(")");
    }
    if let Some((created_at, id)) = query.before {
        sql.push(" and (created_at, id) < (")
            .push_bind(created_at.0)
            .push(", ")
            .push_bind(id.as_str().to_owned())
            .push(")");
    }
    sql.push(" order by created_at desc, id desc limit ")
        .push_bind(query.limit);
    sql
}
