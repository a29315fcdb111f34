//! What a backend does with what jobs refer to and make: characters, their scenes, the finished stories and
//! segments; and with the settings of users.

mod record;

pub use record::{
    Camera, Character, CharacterForm, NewCharacter, NewScene, NewStudio, Palette, Scene, Segment,
    Story,
};

use super::caller::Caller;
use super::error::StoreError;
use crate::job::Timestamp;
use crate::settings::Settings;
use async_trait::async_trait;

/// The studio's half of a backend.
///
/// Every query names the studio, but for [`StudioStore::local_caller`]. A list takes `after`, the id of the last item
/// of the part before, and returns at most `limit` items.
#[async_trait]
pub trait StudioStore {
    /// Creates a studio with everything in it in one transaction, unless there is one already.
    /// Returns whether it was created.
    async fn create_studio(&self, studio: NewStudio) -> Result<bool, StoreError>;

    /// The first user of the first studio: the only one of local mode.
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

/// Changes a user's settings in place.
pub type ChangeSettings = Box<dyn FnOnce(&mut Settings) + Send>;

/// A part of a list, and where it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Items<T> {
    pub items: Vec<T>,
    /// The `after` of the next part; none at the end.
    pub next_cursor: Option<String>,
}

impl<T> Items<T> {
    /// The first `limit` of the items of a query that asked for one more, to know whether there are more.
    pub(crate) fn up_to(limit: u32, mut items: Vec<T>, id: impl Fn(&T) -> &str) -> Self {
        let limit = limit as usize;
        let has_more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| has_more);
        let next_cursor = last.map(|last| id(last).to_owned());
        Self { items, next_cursor }
    }
}
