//! Writes a new studio with everything in it.

use crate::store::error::StoreError;
use crate::store::sqlite::statement::insert;
use crate::store::sqlite::transaction::Transaction;
use crate::store::studio::{NewCharacter, NewScene, NewStudio};
use sqlx::types::Json;

/// Returns false, and writes nothing, when there is a user already.
pub(super) async fn studio(
    transaction: &mut Transaction,
    new: NewStudio,
) -> Result<bool, StoreError> {
    let exists: bool = sqlx::query_scalar("select exists (select 1 from users)")
        .fetch_one(&mut **transaction)
        .await?;
    if exists {
        return Ok(false);
    }
    insert!("insert into studios" { id: &new.id, name: &new.name })
        .execute(&mut **transaction)
        .await?;
    insert!("insert into users" {
        id: &new.creator_id,
        studio: &new.id,
        name: &new.creator_name,
        created_at: new.now,
    })
    .execute(&mut **transaction)
    .await?;
    for character in &new.characters {
        insert_character(transaction, &new, character).await?;
        for (number, scene) in (1_u32..).zip(&character.scenes) {
            insert_scene(transaction, &new, character, number, scene).await?;
        }
    }
    Ok(true)
}

async fn insert_character(
    transaction: &mut Transaction,
    studio: &NewStudio,
    new: &NewCharacter,
) -> Result<(), StoreError> {
    insert!("insert into characters" {
        id: &new.id,
        studio: &studio.id,
        name: &new.form.name,
        role: &new.form.role,
        age: new.form.age,
        voice: &new.form.voice,
        description: &new.form.description,
        tags: Json(&new.form.tags),
        palette: Json(&new.palette),
        art: &new.art,
        created_at: studio.now,
        updated_at: studio.now,
    })
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn insert_scene(
    transaction: &mut Transaction,
    studio: &NewStudio,
    character: &NewCharacter,
    number: u32,
    new: &NewScene,
) -> Result<(), StoreError> {
    insert!("insert into scenes" {
        id: &new.id,
        studio: &studio.id,
        character: &character.id,
        number: number,
        title: &new.title,
        description: &new.description,
        camera: new.camera,
        mood: &new.mood,
        seconds: new.seconds,
        width: new.width,
        height: new.height,
        fps: new.fps,
        palette: Json(&new.palette),
        art: &new.art,
        created_at: studio.now,
    })
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
