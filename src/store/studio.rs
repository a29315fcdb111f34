//! What jobs refer to: characters, their scenes, and the finished stories and segments; and what
//! the users of the studio chose.
//!
//! Every query names the studio; nothing here reads across studios but [`StudioStore::local_caller`],
//! which serves the one creator of local mode.

mod found;
mod made;
mod record;
mod rows;
mod settings;
mod sqlite;

pub use record::{
    Camera, Character, CharacterForm, NewCharacter, NewScene, NewStudio, Palette, Scene, Segment,
    Story,
};

use super::{Caller, StoreError};
use crate::job::Timestamp;
use crate::settings::Settings;
use async_trait::async_trait;

/// What is to be done to a user's settings.
pub type ChangeSettings = Box<dyn FnOnce(&mut Settings) + Send>;

/// A part of a list and where it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items<T> {
    pub items: Vec<T>,
    /// What to give as `after` for the next part; none at the end.
    pub next_cursor: Option<String>,
}

/// The studio's part of the store.
///
/// A list takes `after`, the id of the last item that the reader has, and gives at most `limit`.
#[async_trait]
pub trait StudioStore {
    /// Makes a studio with everything in it in one transaction, unless there is one already.
    /// True when it was made.
    async fn found_studio(&self, studio: NewStudio) -> Result<bool, StoreError>;

    /// The first creator of the first studio.
    async fn local_caller(&self) -> Result<Option<Caller>, StoreError>;

    /// What the caller chose; none when there is no such user in the studio.
    async fn settings(&self, caller: &Caller) -> Result<Option<Settings>, StoreError>;

    /// Changes what the caller chose, and gives it as it is then; none when there is no such user in
    /// the studio. Nobody else writes between the reading and the writing.
    async fn change_settings(
        &self,
        caller: &Caller,
        change: ChangeSettings,
    ) -> Result<Option<Settings>, StoreError>;

    /// In the order in which they were made.
    async fn characters(
        &self,
        studio: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Character>, StoreError>;

    async fn character(&self, studio: &str, id: &str) -> Result<Option<Character>, StoreError>;

    /// Writes the whole form; none when there is no such character. The last write wins.
    async fn update_character(
        &self,
        studio: &str,
        id: &str,
        form: CharacterForm,
        now: Timestamp,
    ) -> Result<Option<Character>, StoreError>;

    /// By character in the order in which they were made, then by number.
    async fn scenes(
        &self,
        studio: &str,
        character: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Scene>, StoreError>;

    async fn scene(&self, studio: &str, id: &str) -> Result<Option<Scene>, StoreError>;

    /// Completed jobs of the kind `story`, newest first.
    async fn stories(
        &self,
        studio: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Story>, StoreError>;

    async fn story(&self, studio: &str, id: &str) -> Result<Option<Story>, StoreError>;

    /// Completed jobs of the kind `scene` that refer to this scene, newest first, 100 at most.
    async fn segments(&self, studio: &str, scene: &str) -> Result<Vec<Segment>, StoreError>;

    async fn segment(&self, studio: &str, id: &str) -> Result<Option<Segment>, StoreError>;
}
