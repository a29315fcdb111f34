//! Stories and segments: completed jobs, read as what they made.

use super::rows::{from_json, part};
use super::{Items, Scene, Segment, Story};
use crate::job::Timestamp;
use crate::store::StoreError;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqlitePool};

const STORY: &str = "select id, name, input, checkpoint, result, owner_name, created_at, finished_at \
     from jobs join inputs on job = number where studio = ? and kind = 'story' and external = 0 and state = 'completed' and id = ?";

const STORIES: &str = "select id, name, input, checkpoint, result, owner_name, created_at, finished_at \
     from jobs join inputs on job = number where studio = ?1 and kind = 'story' and external = 0 and state = 'completed' \
     and (?2 is null or (created_at, id) < \
       (select a.created_at, a.id from jobs a where a.studio = ?1 and a.id = ?2)) \
     order by created_at desc, id desc limit ?3";

const SEGMENT: &str = "select id, name, input, checkpoint, result, owner_name, created_at, finished_at \
     from jobs join inputs on job = number where studio = ? and kind = 'scene' and external = 0 and state = 'completed' and id = ?";

const SEGMENTS: &str = "select j.id, j.name, i.input, i.checkpoint, j.result, j.owner_name, j.created_at, j.finished_at \
     from job_refs r join jobs j on j.number = r.job join inputs i on i.job = j.number \
     where r.reference = ? and j.studio = ? and j.kind = 'scene' and j.external = 0 and j.state = 'completed' \
     order by j.number desc limit 100";

/// A completed job.
pub struct Made {
    id: String,
    name: String,
    input: Value,
    /// What the last checkpoint left; a story's holds its words.
    checkpoint: Value,
    result: Value,
    owner_name: String,
    created_at: Timestamp,
    finished_at: Timestamp,
}

impl FromRow<'_, SqliteRow> for Made {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let json = |column: &str| -> sqlx::Result<Value> {
            from_json(row.try_get::<Option<&str>, _>(column)?.unwrap_or("null"))
        };
        let created_at: i64 = row.try_get("created_at")?;
        let finished_at: Option<i64> = row.try_get("finished_at")?;
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            input: json("input")?,
            checkpoint: json("checkpoint")?,
            result: json("result")?,
            owner_name: row.try_get("owner_name")?,
            created_at: Timestamp(created_at),
            finished_at: Timestamp(finished_at.unwrap_or(created_at)),
        })
    }
}

pub async fn stories(
    readers: &SqlitePool,
    studio: &str,
    after: Option<&str>,
    limit: u32,
) -> Result<Items<Story>, StoreError> {
    let found: Vec<Made> = sqlx::query_as(STORIES)
        .bind(studio)
        .bind(after)
        .bind(limit + 1)
        .fetch_all(readers)
        .await?;
    let stories = found.into_iter().map(Story::from).collect();
    Ok(part(stories, limit, |story: &Story| &story.id))
}

pub async fn story(
    readers: &SqlitePool,
    studio: &str,
    id: &str,
) -> Result<Option<Story>, StoreError> {
    Ok(one(readers, STORY, studio, id).await?.map(Story::from))
}

pub async fn segments(
    readers: &SqlitePool,
    studio: &str,
    scene: &Scene,
) -> Result<Vec<Segment>, StoreError> {
    let found: Vec<Made> = sqlx::query_as(SEGMENTS)
        .bind(format!("scene:{}", scene.id))
        .bind(studio)
        .fetch_all(readers)
        .await?;
    Ok(found.into_iter().map(|made| made.of(scene)).collect())
}

pub async fn segment(
    readers: &SqlitePool,
    studio: &str,
    id: &str,
) -> Result<Option<Made>, StoreError> {
    one(readers, SEGMENT, studio, id).await
}

async fn one(
    readers: &SqlitePool,
    sql: &'static str,
    studio: &str,
    id: &str,
) -> Result<Option<Made>, StoreError> {
    Ok(sqlx::query_as(sql)
        .bind(studio)
        .bind(id)
        .fetch_optional(readers)
        .await?)
}

impl Made {
    /// The scene that was rendered; empty when the input does not say.
    pub fn scene_id(&self) -> &str {
        self.input["sceneId"].as_str().unwrap_or_default()
    }

    /// The segment of its scene.
    pub fn of(self, scene: &Scene) -> Segment {
        Segment {
            id: self.id,
            name: self.name,
            scene: scene.clone(),
            input: self.input,
            media_type: text(&self.result, "media_type"),
            bytes: self.result["bytes"].as_u64().unwrap_or(0),
            made_by: self.owner_name,
            created_at: self.created_at,
            finished_at: self.finished_at,
        }
    }
}

impl From<Made> for Story {
    fn from(made: Made) -> Self {
        let title = text(&made.input, "title");
        Self {
            id: made.id,
            title: if title.is_empty() { made.name } else { title },
            prompt: text(&made.input, "prompt"),
            chapters: number(&made.input, "chapters"),
            words: number(&made.checkpoint, "words"),
            language: text(&made.input, "language"),
            made_by: made.owner_name,
            created_at: made.created_at,
            finished_at: made.finished_at,
        }
    }
}

fn text(object: &Value, field: &str) -> String {
    object[field].as_str().unwrap_or_default().to_owned()
}

fn number(object: &Value, field: &str) -> u32 {
    object[field]
        .as_u64()
        .and_then(|number| number.try_into().ok())
        .unwrap_or(0)
}
