//! The studio's part of the store on SQLite.

#![allow(unused_variables)]

use super::{Character, CharacterForm, Items, NewStudio, Scene, Segment, Story, StudioStore};
use crate::job::Timestamp;
use crate::store::{Caller, Sqlite, StoreError};
use async_trait::async_trait;

#[async_trait]
impl StudioStore for Sqlite {
    async fn found_studio(&self, studio: NewStudio) -> Result<bool, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn local_caller(&self) -> Result<Option<Caller>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn characters(
        &self,
        studio: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Character>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn character(&self, studio: &str, id: &str) -> Result<Option<Character>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn update_character(
        &self,
        studio: &str,
        id: &str,
        form: CharacterForm,
        now: Timestamp,
    ) -> Result<Option<Character>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn scenes(
        &self,
        studio: &str,
        character: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Scene>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn scene(&self, studio: &str, id: &str) -> Result<Option<Scene>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn stories(
        &self,
        studio: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Story>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn story(&self, studio: &str, id: &str) -> Result<Option<Story>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn segments(&self, studio: &str, scene: &str) -> Result<Vec<Segment>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }

    async fn segment(&self, studio: &str, id: &str) -> Result<Option<Segment>, StoreError> {
        Err(StoreError::Unavailable("not built yet".to_owned()))
    }
}
