//! Characters, scenes, stories and segments: what jobs refer to and make.

mod demo;
mod form;
mod story_page;

pub use crate::store::studio::{
    Camera, Character, CharacterForm, Items, Palette, Scene, Segment, Story,
};
pub use story_page::story_html;

use crate::job::Timestamp;
use crate::store::{Caller, Store, StoreError};
use std::sync::Arc;

/// The longest list that one call gives.
const LONGEST_LIST: u32 = 200;

/// The door to a studio's things; cheap to clone.
#[derive(Clone)]
pub struct Studio {
    store: Arc<dyn Store>,
}

/// Why the studio refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    /// There is none, or it belongs to another studio: nobody can tell which.
    #[error("not found")]
    NotFound,
    #[error("{field}: {problem}")]
    Invalid { field: String, problem: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Studio {
    /// Opens the studio; an empty database gets the demo studio and the local creator.
    pub async fn open(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        store.found_studio(demo::studio(now())).await?;
        Ok(Self { store })
    }

    /// The one creator of local mode.
    pub async fn local_caller(&self) -> Result<Caller, StoreError> {
        self.store
            .local_caller()
            .await?
            .ok_or_else(|| StoreError::Corrupt("there is no creator".to_owned()))
    }

    pub async fn characters(
        &self,
        caller: &Caller,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Character>, StudioError> {
        let limit = limit.clamp(1, LONGEST_LIST);
        Ok(self.store.characters(&caller.studio, after, limit).await?)
    }

    pub async fn character(&self, caller: &Caller, id: &str) -> Result<Character, StudioError> {
        found(self.store.character(&caller.studio, id).await?)
    }

    /// Writes the whole form; the last write wins.
    pub async fn update_character(
        &self,
        caller: &Caller,
        id: &str,
        form: CharacterForm,
    ) -> Result<Character, StudioError> {
        let form = form::check(form)?;
        let now = now();
        found(
            self.store
                .update_character(&caller.studio, id, form, now)
                .await?,
        )
    }

    /// Scenes of one character, or of all.
    pub async fn scenes(
        &self,
        caller: &Caller,
        character: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Scene>, StudioError> {
        let limit = limit.clamp(1, LONGEST_LIST);
        Ok(self
            .store
            .scenes(&caller.studio, character, after, limit)
            .await?)
    }

    pub async fn scene(&self, caller: &Caller, id: &str) -> Result<Scene, StudioError> {
        found(self.store.scene(&caller.studio, id).await?)
    }

    /// Finished stories, newest first. A story is a completed job: its id is the job's.
    pub async fn stories(
        &self,
        caller: &Caller,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Story>, StudioError> {
        let limit = limit.clamp(1, LONGEST_LIST);
        Ok(self.store.stories(&caller.studio, after, limit).await?)
    }

    pub async fn story(&self, caller: &Caller, id: &str) -> Result<Story, StudioError> {
        found(self.store.story(&caller.studio, id).await?)
    }

    /// Finished segments of a scene, newest first. A segment is a completed job: its id is the job's.
    pub async fn segments(
        &self,
        caller: &Caller,
        scene: &str,
    ) -> Result<Vec<Segment>, StudioError> {
        Ok(self.store.segments(&caller.studio, scene).await?)
    }

    /// A finished segment with its scene, which names its character.
    pub async fn segment(&self, caller: &Caller, job_id: &str) -> Result<Segment, StudioError> {
        found(self.store.segment(&caller.studio, job_id).await?)
    }
}

/// The server's clock.
fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

fn found<T>(row: Option<T>) -> Result<T, StudioError> {
    row.ok_or(StudioError::NotFound)
}
