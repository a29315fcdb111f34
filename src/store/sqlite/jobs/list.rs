//! Pages of jobs, newest first.

use super::row::JobRow;
use crate::job::Job;
use crate::store::error::StoreError;
use crate::store::jobs::JobQuery;
use sqlx::sqlite::SqlitePool;
use sqlx::{QueryBuilder, Sqlite};

pub(super) async fn jobs(readers: &SqlitePool, query: JobQuery) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = page(query).build_query_as().fetch_all(readers).await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// The statement of a page. Each combination of filters uses an index.
fn page(query: JobQuery) -> QueryBuilder<Sqlite> {
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
        for state in query.states {
            states.push_bind(state);
        }
        sql.push(")");
    }
    if let Some((created_at, id)) = query.before {
        sql.push(" and (created_at, id) < (")
            .push_bind(created_at)
            .push(", ")
            .push_bind(id)
            .push(")");
    }
    sql.push(" order by created_at desc, id desc limit ")
        .push_bind(query.limit);
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{JobId, JobState, Timestamp};
    use crate::store::sqlite::plan::query_plan;

    #[tokio::test]
    async fn every_shape_of_a_page_walks_an_index_without_sorting_all() {
        let all = JobQuery {
            studio: "s".to_owned(),
            owner: None,
            states: Vec::new(),
            kind: None,
            reference: None,
            before: None,
            limit: 9,
        };
        let id = JobId::new("film", uuid::Uuid::now_v7());
        for (query, index) in [
            (all.clone(), "jobs_newest"),
            (
                JobQuery {
                    owner: Some("me".to_owned()),
                    before: Some((Timestamp(1), id)),
                    ..all.clone()
                },
                "jobs_newest_of_owner",
            ),
            (
                JobQuery {
                    kind: Some("film".to_owned()),
                    ..all.clone()
                },
                "jobs_by_kind",
            ),
            (
                JobQuery {
                    states: vec![JobState::Failed],
                    ..all
                },
                "jobs_by_state",
            ),
        ] {
            let plan = query_plan(page(query).sql().as_str()).await.join("; ");
            assert!(plan.contains(&format!("INDEX {index} ")), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
