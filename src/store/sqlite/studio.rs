//! The studio's half of the store.
//!
//! # Layout
//! - `create`: writes a new studio; `settings`: a user's settings

mod create;
mod settings;

use super::Sqlite;
use super::writer::Undo;
use crate::job::Timestamp;
use crate::settings::Settings;
use crate::store::caller::Caller;
use crate::store::error::StoreError;
use crate::store::items::Items;
use crate::store::studio::{
    ChangeSettings, Character, CharacterForm, NewStudio, Scene, StudioStore,
};
use async_trait::async_trait;
use sqlx::types::Json;

/// Scenes of a studio (`?1`) with the names of their characters.
macro_rules! scenes {
    ($rest:literal) => {
        concat!(
            "select scenes.*, characters.name as character_name
             from scenes join characters on characters.id = scenes.character
             where scenes.studio = ?1 and ",
            $rest
        )
    };
}

#[async_trait]
impl StudioStore for Sqlite {
    async fn create_studio(&self, studio: NewStudio) -> Result<bool, StoreError> {
        self.writer
            .write(Undo::Savepoint, |transaction| {
                Box::pin(create::studio(transaction, studio))
            })
            .await
    }

    async fn local_caller(&self) -> Result<Option<Caller>, StoreError> {
        let sql = "select studio, id as user, name from users order by created_at, id limit 1";
        Ok(sqlx::query_as(sql).fetch_optional(&self.readers).await?)
    }

    async fn settings(&self, caller: &Caller) -> Result<Option<Settings>, StoreError> {
        settings::read(&self.readers, caller).await
    }

    async fn change_settings(
        &self,
        caller: &Caller,
        change: ChangeSettings,
    ) -> Result<Option<Settings>, StoreError> {
        let caller = caller.clone();
        self.writer
            .write(Undo::Savepoint, |transaction| {
                Box::pin(settings::change(transaction, caller, change))
            })
            .await
    }

    async fn characters(
        &self,
        studio: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Character>, StoreError> {
        let found: Vec<Character> = sqlx::query_as(
            "select * from characters where studio = ? and id > ? order by id limit ?",
        )
        .bind(studio)
        .bind(after.unwrap_or_default())
        .bind(limit + 1)
        .fetch_all(&self.readers)
        .await?;
        Ok(Items::up_to(limit, found, |character| &character.id))
    }

    async fn character(&self, studio: &str, id: &str) -> Result<Option<Character>, StoreError> {
        Ok(
            sqlx::query_as("select * from characters where studio = ? and id = ?")
                .bind(studio)
                .bind(id)
                .fetch_optional(&self.readers)
                .await?,
        )
    }

    async fn update_character(
        &self,
        studio: &str,
        id: &str,
        form: CharacterForm,
        now: Timestamp,
    ) -> Result<Option<Character>, StoreError> {
        let (studio, id) = (studio.to_owned(), id.to_owned());
        self.writer
            .write(Undo::Savepoint, move |transaction| {
                Box::pin(async move {
                    Ok(sqlx::query_as(
                        "update characters set name = ?1, role = ?2, age = ?3, voice = ?4, description = ?5,
                         tags = ?6, updated_at = max(?7, updated_at + 1) where studio = ?8 and id = ?9
                         returning *",
                    )
                    .bind(form.name)
                    .bind(form.role)
                    .bind(form.age)
                    .bind(form.voice)
                    .bind(form.description)
                    .bind(Json(form.tags))
                    .bind(now)
                    .bind(studio)
                    .bind(id)
                    .fetch_optional(&mut **transaction)
                    .await?)
                })
            })
            .await
    }

    async fn scenes(
        &self,
        studio: &str,
        character: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Scene>, StoreError> {
        let found: Vec<Scene> = sqlx::query_as(scenes!(
            "(?2 is null or scenes.character = ?2)
             and (?3 is null or (scenes.character, scenes.number) >
               (select last.character, last.number from scenes last where last.studio = ?1 and last.id = ?3))
             order by scenes.character, scenes.number limit ?4"
        ))
        .bind(studio)
        .bind(character)
        .bind(after)
        .bind(limit + 1)
        .fetch_all(&self.readers)
        .await?;
        Ok(Items::up_to(limit, found, |scene| &scene.id))
    }

    async fn scene(&self, studio: &str, id: &str) -> Result<Option<Scene>, StoreError> {
        Ok(sqlx::query_as(scenes!("scenes.id = ?2"))
            .bind(studio)
            .bind(id)
            .fetch_optional(&self.readers)
            .await?)
    }
}
