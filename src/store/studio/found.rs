//! Making a studio with everything in it, inside the writer's transaction.

use super::rows::json;
use super::{NewCharacter, NewScene, NewStudio};
use crate::store::{StoreError, Tx};

/// True when it was made; false, and nothing written, when there is a studio with a creator.
pub async fn found(tx: &mut Tx, new: NewStudio) -> Result<bool, StoreError> {
    let there: bool = sqlx::query_scalar("select exists (select 1 from users)")
        .fetch_one(&mut **tx)
        .await?;
    if there {
        return Ok(false);
    }
    sqlx::query("insert into studios (id, name) values (?, ?)")
        .bind(&new.id)
        .bind(&new.name)
        .execute(&mut **tx)
        .await?;
    sqlx::query("insert into users (id, studio, name, created_at) values (?, ?, ?, ?)")
        .bind(&new.creator_id)
        .bind(&new.id)
        .bind(&new.creator_name)
        .bind(new.now.0)
        .execute(&mut **tx)
        .await?;
    for character in &new.characters {
        insert_character(tx, &new, character).await?;
        for (number, scene) in (1_u32..).zip(&character.scenes) {
            insert_scene(tx, &new, character, number, scene).await?;
        }
    }
    Ok(true)
}

async fn insert_character(
    tx: &mut Tx,
    studio: &NewStudio,
    new: &NewCharacter,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into characters (id, studio, name, role, age, voice, description, tags, palette, art, \
         created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&new.id)
    .bind(&studio.id)
    .bind(&new.form.name)
    .bind(&new.form.role)
    .bind(new.form.age)
    .bind(&new.form.voice)
    .bind(&new.form.description)
    .bind(json(&new.form.tags)?)
    .bind(json(&new.palette)?)
    .bind(&new.art)
    .bind(studio.now.0)
    .bind(studio.now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn insert_scene(
    tx: &mut Tx,
    studio: &NewStudio,
    character: &NewCharacter,
    number: u32,
    new: &NewScene,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into scenes (id, studio, character, number, title, description, camera, mood, seconds, \
         width, height, fps, palette, art, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&new.id)
    .bind(&studio.id)
    .bind(&character.id)
    .bind(number)
    .bind(&new.title)
    .bind(&new.description)
    .bind(new.camera.as_str())
    .bind(&new.mood)
    .bind(new.seconds)
    .bind(new.width)
    .bind(new.height)
    .bind(new.fps)
    .bind(json(&new.palette)?)
    .bind(&new.art)
    .bind(studio.now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
