//! The studio's part of the store on SQLite.

use super::{
    ChangeSettings, Character, CharacterForm, Items, NewStudio, Scene, Segment, Story, StudioStore,
};
use super::{made, rows, settings};
use crate::job::Timestamp;
use crate::settings::Settings;
use crate::store::writer::Undo;
use crate::store::{Caller, Sqlite, StoreError};
use async_trait::async_trait;

const CHARACTER: &str = "select id, name, role, age, voice, description, tags, palette, art, created_at, updated_at \
     from characters where studio = ? and id = ?";

const CHARACTERS: &str = "select id, name, role, age, voice, description, tags, palette, art, created_at, updated_at \
     from characters where studio = ? and id > ? order by id limit ?";

const UPDATE_CHARACTER: &str = "update characters set name = ?, role = ?, age = ?, voice = ?, description = ?, tags = ?, \
     updated_at = max(?, updated_at + 1) where studio = ? and id = ?";

const SCENE: &str = "select s.id, s.character, c.name as character_name, s.number, s.title, s.description, s.camera, \
     s.mood, s.seconds, s.width, s.height, s.fps, s.palette, s.art, s.created_at \
     from scenes s join characters c on c.id = s.character where s.studio = ? and s.id = ?";

const SCENES: &str = "select s.id, s.character, c.name as character_name, s.number, s.title, s.description, s.camera, \
     s.mood, s.seconds, s.width, s.height, s.fps, s.palette, s.art, s.created_at \
     from scenes s join characters c on c.id = s.character \
     where s.studio = ?1 and (?2 is null or s.character = ?2) \
     and (?3 is null or (s.character, s.number) > \
       (select a.character, a.number from scenes a where a.studio = ?1 and a.id = ?3)) \
     order by s.character, s.number limit ?4";

const LOCAL_CALLER: &str =
    "select studio, id as user, name from users order by created_at, id limit 1";

#[async_trait]
impl StudioStore for Sqlite {
    async fn found_studio(&self, studio: NewStudio) -> Result<bool, StoreError> {
        self.writer()
            .write(Undo::Whole, move |tx| {
                Box::pin(super::found::found(tx, studio))
            })
            .await
    }

    async fn local_caller(&self) -> Result<Option<Caller>, StoreError> {
        let row: Option<(String, String, String)> = sqlx::query_as(LOCAL_CALLER)
            .fetch_optional(self.readers())
            .await?;
        Ok(row.map(|(studio, user, name)| Caller { studio, user, name }))
    }

    async fn settings(&self, caller: &Caller) -> Result<Option<Settings>, StoreError> {
        settings::read(self.readers(), caller).await
    }

    async fn change_settings(
        &self,
        caller: &Caller,
        change: ChangeSettings,
    ) -> Result<Option<Settings>, StoreError> {
        let caller = caller.clone();
        self.writer()
            .write(Undo::Whole, move |tx| {
                Box::pin(async move {
                    let Some(mut chosen) = settings::read(&mut **tx, &caller).await? else {
                        return Ok(None);
                    };
                    change(&mut chosen);
                    settings::write(tx, &caller, &chosen).await?;
                    Ok(Some(chosen))
                })
            })
            .await
    }

    async fn characters(
        &self,
        studio: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Character>, StoreError> {
        let found: Vec<Character> = sqlx::query_as(CHARACTERS)
            .bind(studio)
            .bind(after.unwrap_or_default())
            .bind(limit + 1)
            .fetch_all(self.readers())
            .await?;
        Ok(rows::part(found, limit, |character| &character.id))
    }

    async fn character(&self, studio: &str, id: &str) -> Result<Option<Character>, StoreError> {
        Ok(sqlx::query_as(CHARACTER)
            .bind(studio)
            .bind(id)
            .fetch_optional(self.readers())
            .await?)
    }

    async fn update_character(
        &self,
        studio: &str,
        id: &str,
        form: CharacterForm,
        now: Timestamp,
    ) -> Result<Option<Character>, StoreError> {
        let (of, which) = (studio.to_owned(), id.to_owned());
        self.writer()
            .write(Undo::Whole, move |tx| {
                Box::pin(async move {
                    sqlx::query(UPDATE_CHARACTER)
                        .bind(form.name)
                        .bind(form.role)
                        .bind(form.age)
                        .bind(form.voice)
                        .bind(form.description)
                        .bind(rows::json(&form.tags)?)
                        .bind(now.0)
                        .bind(&of)
                        .bind(&which)
                        .execute(&mut **tx)
                        .await?;
                    Ok(sqlx::query_as(CHARACTER)
                        .bind(of)
                        .bind(which)
                        .fetch_optional(&mut **tx)
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
        let found: Vec<Scene> = sqlx::query_as(SCENES)
            .bind(studio)
            .bind(character)
            .bind(after)
            .bind(limit + 1)
            .fetch_all(self.readers())
            .await?;
        Ok(rows::part(found, limit, |scene| &scene.id))
    }

    async fn scene(&self, studio: &str, id: &str) -> Result<Option<Scene>, StoreError> {
        Ok(sqlx::query_as(SCENE)
            .bind(studio)
            .bind(id)
            .fetch_optional(self.readers())
            .await?)
    }

    async fn stories(
        &self,
        studio: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Story>, StoreError> {
        made::stories(self.readers(), studio, after, limit).await
    }

    async fn story(&self, studio: &str, id: &str) -> Result<Option<Story>, StoreError> {
        made::story(self.readers(), studio, id).await
    }

    async fn segments(&self, studio: &str, scene: &str) -> Result<Vec<Segment>, StoreError> {
        let Some(scene) = self.scene(studio, scene).await? else {
            return Ok(Vec::new());
        };
        made::segments(self.readers(), studio, &scene).await
    }

    async fn segment(&self, studio: &str, id: &str) -> Result<Option<Segment>, StoreError> {
        let Some(found) = made::segment(self.readers(), studio, id).await? else {
            return Ok(None);
        };
        let scene = self.scene(studio, found.scene_id()).await?;
        Ok(scene.map(|scene| found.of(&scene)))
    }
}
