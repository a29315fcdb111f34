//! How SQLite will run a statement, for tests.

use super::Sqlite;
use sqlx::{AssertSqlSafe, Row};
use std::path::Path;

/// The steps of a statement's plan, in a database that has no statistics.
pub(super) async fn query_plan(sql: &str) -> Vec<String> {
    let store = Sqlite::open("memory:", Path::new("")).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(format!("explain query plan {sql}")))
        .fetch_all(&store.readers)
        .await
        .unwrap();
    rows.iter().map(|row| row.get("detail")).collect()
}

/// Whether a statement reads `jobs` by this step alone.
pub(super) async fn assert_reads_jobs_by(sql: &str, step: &str) {
    let plan = query_plan(sql).await;
    let mut reads = plan.iter().filter(|step| step.contains(" jobs"));
    assert!(
        reads.clone().count() > 0 && reads.all(|read| read.starts_with(step)),
        "{sql}: {plan:?}"
    );
}
