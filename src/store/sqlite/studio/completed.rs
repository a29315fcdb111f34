//! Stories and segments: completed jobs, read as what they made.

use crate::job::Timestamp;
use crate::store::error::StoreError;
use crate::store::studio::{Items, Scene, Segment, Story};
use serde_json::Value;
use sqlx::{FromRow, SqlitePool};

/// A completed job of one of this program's own kinds.
macro_rules! completed {
    ($rest:literal) => {
        concat!(
            "select id, name, input, coalesce(checkpoint, 'null') as checkpoint, coalesce(result, 'null') as result,
               owner_name, created_at, coalesce(finished_at, created_at) as finished_at
             from jobs join inputs on inputs.job = number
             where studio = ?1 and external = 0 and state = 'completed' and ", $rest
        )
    };
}

const STORY: &str = completed!("kind = 'story' and id = ?2");
const STORIES: &str = completed!(
    "kind = 'story' and (?2 is null or (created_at, id) <
       (select last.created_at, last.id from jobs last where last.studio = ?1 and last.id = ?2))
     order by created_at desc, id desc limit ?3"
);
const SEGMENT: &str = completed!("kind = 'scene' and id = ?2");
const SEGMENTS: &str = completed!(
    "kind = 'scene' and number in (select job from job_refs where reference = ?2)
     order by number desc limit 100"
);

#[derive(FromRow)]
pub(super) struct Completed {
    id: String,
    name: String,
    #[sqlx(json)]
    input: Value,
    /// What the last checkpoint left; a story's has its words.
    #[sqlx(json)]
    checkpoint: Value,
    #[sqlx(json)]
    result: Value,
    owner_name: String,
    created_at: Timestamp,
    finished_at: Timestamp,
}

pub(super) async fn stories(
    readers: &SqlitePool,
    studio: &str,
    after: Option<&str>,
    limit: u32,
) -> Result<Items<Story>, StoreError> {
    let found: Vec<Completed> = sqlx::query_as(STORIES)
        .bind(studio)
        .bind(after)
        .bind(limit + 1)
        .fetch_all(readers)
        .await?;
    let stories = found.into_iter().map(Story::from).collect();
    Ok(Items::up_to(limit, stories, |story: &Story| &story.id))
}

pub(super) async fn story(
    readers: &SqlitePool,
    studio: &str,
    id: &str,
) -> Result<Option<Story>, StoreError> {
    Ok(one(readers, STORY, studio, id).await?.map(Story::from))
}

pub(super) async fn segments(
    readers: &SqlitePool,
    studio: &str,
    scene: &Scene,
) -> Result<Vec<Segment>, StoreError> {
    let found: Vec<Completed> = sqlx::query_as(SEGMENTS)
        .bind(studio)
        .bind(format!("scene:{}", scene.id))
        .fetch_all(readers)
        .await?;
    Ok(found
        .into_iter()
        .map(|completed| completed.of(scene))
        .collect())
}

pub(super) async fn segment(
    readers: &SqlitePool,
    studio: &str,
    id: &str,
) -> Result<Option<Completed>, StoreError> {
    one(readers, SEGMENT, studio, id).await
}

async fn one(
    readers: &SqlitePool,
    sql: &'static str,
    studio: &str,
    id: &str,
) -> Result<Option<Completed>, StoreError> {
    Ok(sqlx::query_as(sql)
        .bind(studio)
        .bind(id)
        .fetch_optional(readers)
        .await?)
}

impl Completed {
    /// The scene that was rendered; empty when the input does not say.
    pub(super) fn scene_id(&self) -> &str {
        self.input["sceneId"].as_str().unwrap_or_default()
    }

    /// The segment of its scene.
    pub(super) fn of(self, scene: &Scene) -> Segment {
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

impl From<Completed> for Story {
    fn from(made: Completed) -> Self {
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
