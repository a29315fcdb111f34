//! A database of an earlier version opens, and nothing in it is lost.

use crate::stage::{Stage, caller};
use jobtray::job::{JobId, JobState, Timestamp};
use jobtray::store;
use jobtray::studio::Studio;
use serde_json::json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use std::collections::BTreeMap;
use std::path::Path;

const VERSION_5: &str = include_str!("version_5.sql");
const STORY: &str = "story_01a2261aa92a77a58c95b6d6b3c47822";
const SEGMENT: &str = "scene_01a2261aa95a7358951d5169dd3aff7a";
const RUNNING: &str = "scene_01a2261aa95f76b8868bdc447b79dd9c";

/// Each row of a table as the SQL literals of its values.
type Rows = Vec<Vec<String>>;

async fn connect(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .foreign_keys(false)
        .connect()
        .await
        .unwrap()
}

/// All rows of all tables except the list of migrations, which grows.
async fn all_rows(file: &Path) -> BTreeMap<String, Rows> {
    let mut database = connect(file).await;
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select tables.name, group_concat('quote(\"' || columns.name || '\")', ' || char(31) || ')
         from sqlite_schema tables, pragma_table_info(tables.name) columns
         where tables.type = 'table' and tables.name not like '\\_%' escape '\\' group by tables.name",
    )
    .fetch_all(&mut database)
    .await
    .unwrap();
    let mut all = BTreeMap::new();
    for (table, columns) in tables {
        let sql = format!("select {columns} from \"{table}\" order by 1");
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_all(&mut database)
            .await
            .unwrap();
        let split = |row: String| row.split('\u{1f}').map(str::to_owned).collect();
        all.insert(table, rows.into_iter().map(split).collect());
    }
    database.close().await.unwrap();
    all
}

/// Writes the old database to a file in a folder.
async fn old_database(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("jobs.db");
    let mut database = connect(&file).await;
    database.execute(VERSION_5).await.unwrap();
    database.close().await.unwrap();
    file
}

/// Tables that have another name since version 7.
const RENAMED_TABLES: [(&str, &str); 1] = [("told", "announced")];

/// The one value that a migration changes: since version 6, a story's number of words, which stood in its checkpoint,
/// is a detail of its result.
fn move_words_to_the_result(jobs: &mut Rows) {
    let story = jobs.iter_mut().find(|row| row[1] == format!("'{STORY}'"));
    let artifact = story.unwrap().iter_mut();
    let artifact = artifact
        .filter(|value| value.contains("download_name"))
        .collect::<Vec<_>>();
    let [artifact] = artifact.try_into().unwrap();
    let whole = artifact.strip_suffix("}'").unwrap();
    *artifact = format!("{whole},\"details\":{{\"words\":966}}}}'");
}

#[tokio::test]
async fn every_value_of_an_old_database_survives_the_migrations() {
    let folder = tempfile::tempdir().unwrap();
    let file = old_database(folder.path()).await;
    let before = all_rows(&file).await;
    let url = format!("sqlite:{}", file.display());
    drop(store::open(&url, folder.path()).await.unwrap());
    let after = all_rows(&file).await;
    assert_eq!(before["jobs"].len(), 6);
    for (table, mut rows) in before {
        if table == "jobs" {
            move_words_to_the_result(&mut rows);
        }
        let table = RENAMED_TABLES
            .iter()
            .find(|(old, _)| *old == table)
            .map_or(&*table, |(_, new)| new);
        assert_eq!(after[table], rows, "{table}");
    }
}

#[tokio::test]
async fn jobs_of_an_old_database_can_be_read_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = old_database(folder.path()).await;
    let url = format!("sqlite:{}", file.display());
    let opened = store::open(&url, folder.path()).await.unwrap();
    let studio = Studio::open(opened.clone()).await.unwrap();
    let me = studio.local_caller().await.unwrap();
    assert_eq!(me.name, "Creator");
    let stage = Stage::new(opened);
    let queue = &stage.queue;
    let id = |text: &str| JobId::parse(text).unwrap();

    let story = queue.get(&me, &id(STORY)).await.unwrap();
    assert_eq!(story.state, JobState::Completed);
    assert_eq!(story.name, "Story — What Became of the Lighthouse");
    assert_eq!(story.result.as_ref().unwrap().bytes, 5604);
    let stories = queue.completed(&me, "story", None, None, 10).await.unwrap();
    let stories: Vec<_> = stories
        .items
        .iter()
        .map(|one| (one.id.as_str(), &one.details["words"]))
        .collect();
    assert_eq!(
        stories,
        [(STORY, &json!(966))],
        "a story that another program reported is not listed"
    );
    let snapshot = queue
        .snapshot(&me, jobtray::job::Scope::Mine)
        .await
        .unwrap();
    assert_eq!(snapshot.cursor, 21);
    let acknowledged = queue.acknowledged(&me, Timestamp(0)).await.unwrap();
    assert_eq!(acknowledged, [id(STORY)]);

    let scenes = studio.scenes(&me, None, None, 10).await.unwrap().items;
    let scene = scenes[0].reference();
    let segments = queue.completed(&me, "scene", Some(&scene), None, 10);
    let segments = segments.await.unwrap().items;
    assert_eq!(segments.len(), 1);
    assert_eq!(segments[0].id.as_str(), SEGMENT);
    assert_eq!(
        (&*segments[0].media_type, segments[0].bytes),
        ("video/mp4", 1234)
    );
    let artifact = queue.artifact(&me, &id(SEGMENT)).await.unwrap();
    assert_eq!(artifact.download_name, "scene-1.mp4");

    let running = queue.get(&me, &id(RUNNING)).await.unwrap();
    assert_eq!(running.progress, Some(0.333_333_333_333_333_3));
    assert_eq!((running.attempt, running.version), (2, 8));
    let history = queue.history(&me, &id(RUNNING)).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].job.as_ref().unwrap().version, 3);
    let logs = queue.logs(&me, &id(RUNNING), 0, 10).await.unwrap();
    let lines: Vec<_> = logs.lines.iter().map(|line| &*line.text).collect();
    assert_eq!(lines, ["out of ink", "frame 3"]);

    let input = queue.input(&me, &id(RUNNING)).await.unwrap();
    assert_eq!(input["seconds"], json!(4.0));
    let cancelled = queue.cancel(&me, &id(RUNNING)).await.unwrap();
    assert_eq!(cancelled.version, 9);
    let other = queue.get(&caller("studio", "me"), &id(STORY)).await;
    assert!(
        other.is_err(),
        "a user of another studio still sees nothing"
    );
}
