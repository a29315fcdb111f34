//! What the kinds of this program have made: their completed jobs, with what each was asked for.

use crate::job::JobId;
use crate::store::error::StoreError;
use crate::store::jobs::{CompletedJob, CompletedQuery};
use sqlx::SqlitePool;

/// Completed jobs of a kind (`?2`) in a studio (`?1`) that a worker of this program did.
macro_rules! completed {
    ($rest:literal) => {
        concat!(
            "select id, name, owner_name, created_at, coalesce(finished_at, created_at) as finished_at, input,
               coalesce(result ->> '$.mediaType', '') as media_type, coalesce(result ->> '$.bytes', 0) as bytes,
               coalesce(artifact -> '$.details', 'null') as details
             from jobs join inputs on inputs.job = number
             where studio = ?1 and external = 0 and state = 'completed' and kind = ?2 and ",
            $rest
        )
    };
}

const ONE: &str = completed!("id = ?3");
const NEWEST: &str = completed!(
    "(?3 is null or (created_at, id) <
       (select last.created_at, last.id from jobs last where last.studio = ?1 and last.id = ?3))
     order by created_at desc, id desc limit ?4"
);
const NEWEST_OF_REFERENCE: &str = completed!(
    "number in (select job from job_refs where reference = ?5)
     and (?3 is null or number < (select last.number from jobs last where last.studio = ?1 and last.id = ?3))
     order by number desc limit ?4"
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
        assert!(plan.contains("USING INTEGER PRIMARY KEY"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
