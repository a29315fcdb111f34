//! What the kinds of this program have made: their completed jobs, with what each was asked for.

use crate::job::JobId;
use crate::store::error::StoreError;
use crate::store::jobs::{CompletedJob, CompletedQuery};
use sqlx::SqlitePool;

/// Completed jobs of a kind (`?2`) in a studio (`?1`) that a worker of this program did.
macro_rules! completed {
    ($from:literal, $rest:literal) => {
        concat!(
            "select jobs.id, name, owner_name, created_at, coalesce(finished_at, created_at) as finished_at, input,
               coalesce(result ->> '$.mediaType', '') as media_type, coalesce(result ->> '$.bytes', 0) as bytes,
               coalesce(artifact -> '$.details', 'null') as details
             from ",
            $from,
            " join inputs on inputs.job = jobs.number
             where studio = ?1 and external = 0 and state = 'completed' and kind = ?2 and ",
            $rest
        )
    };
}

const ONE: &str = completed!("jobs", "jobs.id = ?3");
const NEWEST: &str = completed!(
    "jobs",
    "(?3 is null or (created_at, jobs.id) <
       (select last.created_at, last.id from jobs last where last.studio = ?1 and last.id = ?3))
     order by created_at desc, jobs.id desc limit ?4"
);
// `cross join` keeps SQLite from walking all jobs of the kind: few of them have the reference.
const NEWEST_OF_REFERENCE: &str = completed!(
    "job_refs cross join jobs on jobs.number = job_refs.job",
    "job_refs.reference = ?5
     and (?3 is null or job_refs.job < (select last.number from jobs last where last.studio = ?1 and last.id = ?3))
     order by job_refs.job desc limit ?4"
);

pub(super) async fn newest(
    readers: &SqlitePool,
    query: CompletedQuery<'_>,
) -> Result<Vec<CompletedJob>, StoreError> {
    let sql = match query.reference {
        Some(_) => NEWEST_OF_REFERENCE,
        None => NEWEST,
    };
    let mut statement = sqlx::query_as(sql)
        .bind(query.studio)
        .bind(query.kind)
        .bind(query.after)
        .bind(query.limit);
    if let Some(reference) = query.reference {
        statement = statement.bind(reference);
    }
    Ok(statement.fetch_all(readers).await?)
}

pub(super) async fn one(
    readers: &SqlitePool,
    studio: &str,
    kind: &str,
    id: &JobId,
) -> Result<Option<CompletedJob>, StoreError> {
    Ok(sqlx::query_as(ONE)
        .bind(studio)
        .bind(kind)
        .bind(id)
        .fetch_optional(readers)
        .await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::plan::query_plan;

    #[tokio::test]
    async fn lists_walk_an_index_and_stop_at_their_limit() {
        let plan = query_plan(NEWEST).await.join("; ");
        assert!(plan.contains("INDEX jobs_completed_of_kind "), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        let plan = query_plan(NEWEST_OF_REFERENCE).await.join("; ");
        assert!(
            plan.starts_with("SEARCH job_refs USING PRIMARY KEY "),
            "{plan}"
        );
        assert!(
            plan.contains("SEARCH jobs USING INTEGER PRIMARY KEY "),
            "{plan}"
        );
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
