//! What a backend does with what jobs refer to (characters and their scenes), and with the settings of users.

mod record;

pub use record::{
    Camera, Character, CharacterForm, NewCharacter, NewScene, NewStudio, Palette, Scene,
};

use super::caller::Caller;
use super::error::StoreError;
use super::items::Items;
use crate::job::Timestamp;
use crate::settings::Settings;
use async_trait::async_trait;

/// The studio half of a backend.
///
/// Every query names the studio, except [`StudioStore::local_caller`]. A list takes `after`, the id of the last item
/// of the previous part, and returns at most `limit` items.
#[async_trait]
pub trait StudioStore {
    /// Creates a studio with everything in it in one transaction, unless there is one already.
    /// Returns whether it was created.
    async fn create_studio(&self, studio: NewStudio) -> Result<bool, StoreError>;

    /// The first user of the first studio: the only user in local mode.
    async fn local_caller(&self) -> Result<Option<Caller>, StoreError>;

    /// The caller's settings; none when the studio has no such user.
    async fn settings(&self, caller: &Caller) -> Result<Option<Settings>, StoreError>;

    /// Changes the caller's settings and returns them; none when the studio has no such user. Nobody else writes them
    /// between the read and the write.
    async fn change_settings(
        &self,
        caller: &Caller,
        change: ChangeSettings,
    ) -> Result<Option<Settings>, StoreError>;

    /// In the order of their creation.
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

    /// By character in the order of their creation, then by number; of one character or of all.
    async fn scenes(
        &self,
        studio: &str,
        character: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Scene>, StoreError>;

    async fn scene(&self, studio: &str, id: &str) -> Result<Option<Scene>, StoreError>;
}

/// Changes a user's settings in place.
pub type ChangeSettings = Box<dyn FnOnce(&mut Settings) + Send>;
