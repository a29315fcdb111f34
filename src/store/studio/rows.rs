//! How rows become what callers read. A value that cannot be read is a decoding error, which the
//! store reports as something unreadable.

use super::{Camera, Character, Items, Scene};
use crate::job::Timestamp;
use crate::store::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

impl FromRow<'_, SqliteRow> for Character {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            role: row.try_get("role")?,
            age: row.try_get("age")?,
            voice: row.try_get("voice")?,
            palette: from_json(row.try_get("palette")?)?,
            description: row.try_get("description")?,
            tags: from_json(row.try_get("tags")?)?,
            art: row.try_get("art")?,
            created_at: Timestamp(row.try_get("created_at")?),
            updated_at: Timestamp(row.try_get("updated_at")?),
        })
    }
}

impl FromRow<'_, SqliteRow> for Scene {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let camera: &str = row.try_get("camera")?;
        Ok(Self {
            id: row.try_get("id")?,
            character_id: row.try_get("character")?,
            character_name: row.try_get("character_name")?,
            number: row.try_get("number")?,
            title: row.try_get("title")?,
            description: row.try_get("description")?,
            camera: Camera::parse(camera)
                .ok_or_else(|| sqlx::Error::Decode(format!("camera {camera:?}").into()))?,
            mood: row.try_get("mood")?,
            seconds: row.try_get("seconds")?,
            width: row.try_get("width")?,
            height: row.try_get("height")?,
            fps: row.try_get("fps")?,
            art: row.try_get("art")?,
            palette: from_json(row.try_get("palette")?)?,
            created_at: Timestamp(row.try_get("created_at")?),
        })
    }
}

/// The first `limit` of items that were asked for with one more, which tells whether there is more.
pub fn part<T>(mut items: Vec<T>, limit: u32, id: impl Fn(&T) -> &String) -> Items<T> {
    let limit = limit as usize;
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = items.last().filter(|_| more).map(|last| id(last).clone());
    Items { items, next_cursor }
}

pub fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub fn from_json<T: DeserializeOwned>(text: &str) -> sqlx::Result<T> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
