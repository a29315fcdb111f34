//! Characters and their scenes: what jobs refer to.

mod demo;
pub mod form;

pub use crate::store::studio::{Camera, Character, CharacterForm, Palette, Scene};
pub use crate::store::{Items, StoreError};

use crate::job::Timestamp;
use crate::settings::Settings;
use crate::store::{Caller, Store};
use crate::validation::{FieldError, Format, Rule};
use std::sync::Arc;

/// Maximum number of items that one call returns.
const MAX_LIST: u32 = 200;

/// Reads and changes what is in a studio; cheap to clone.
#[derive(Clone)]
pub struct Studio {
    store: Arc<dyn Store>,
}

/// Why a call was rejected. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    /// It does not exist or belongs to another studio; callers cannot tell which.
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Invalid(#[from] FieldError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Studio {
    /// Opens the studio; an empty database gets the demo studio and the local creator.
    pub async fn open(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        store.create_studio(demo::studio(now())).await?;
        Ok(Self { store })
    }

    /// The only creator in local mode.
    pub async fn local_caller(&self) -> Result<Caller, StoreError> {
        self.store
            .local_caller()
            .await?
            .ok_or_else(|| StoreError::Corrupt("there is no creator".to_owned()))
    }

    /// The caller's settings.
    pub async fn settings(&self, caller: &Caller) -> Result<Settings, StudioError> {
        found(self.store.settings(caller).await?)
    }

    /// Replaces all of the caller's settings. An error names the field.
    pub async fn set_settings(
        &self,
        caller: &Caller,
        settings: &Settings,
    ) -> Result<Settings, StudioError> {
        settings.check()?;
        let chosen = settings.clone();
        (self.change_settings(caller, move |settings| *settings = chosen)).await
    }

    /// Changes some of the caller's settings to values within their ranges, and leaves the others as they are.
    pub async fn change_settings(
        &self,
        caller: &Caller,
        change: impl FnOnce(&mut Settings) + Send + 'static,
    ) -> Result<Settings, StudioError> {
        let change = Box::new(change);
        found(self.store.change_settings(caller, change).await?)
    }

    pub async fn characters(
        &self,
        caller: &Caller,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Items<Character>, StudioError> {
        if let Some(id) = after {
            known_cursor(self.character(caller, id).await)?;
        }
        let limit = limit.clamp(1, MAX_LIST);
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
        if let Some(id) = after {
            known_cursor(self.scene(caller, id).await)?;
        }
        let limit = limit.clamp(1, MAX_LIST);
        Ok(self
            .store
            .scenes(&caller.studio, character, after, limit)
            .await?)
    }

    pub async fn scene(&self, caller: &Caller, id: &str) -> Result<Scene, StudioError> {
        found(self.store.scene(&caller.studio, id).await?)
    }
}

/// The server's clock.
fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

/// A list continues only after an existing item: an empty page would look like the end of the list.
fn known_cursor<T>(last: Result<T, StudioError>) -> Result<(), StudioError> {
    match last {
        Ok(_) => Ok(()),
        Err(StudioError::NotFound) => {
            let rule = Rule::Format {
                format: Format::Cursor,
            };
            Err(FieldError::new("cursor", rule).into())
        }
        Err(error) => Err(error),
    }
}

fn found<T>(row: Option<T>) -> Result<T, StudioError> {
    row.ok_or(StudioError::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn opened() -> (Studio, Caller) {
        let folder = tempfile::tempdir().expect("a folder");
        let store = crate::store::open("memory:", folder.path())
            .await
            .expect("a store");
        let studio = Studio::open(store).await.expect("a studio");
        let caller = studio.local_caller().await.expect("a creator");
        (studio, caller)
    }

    fn stranger() -> Caller {
        Caller {
            studio: "studio_other".to_owned(),
            user: "user_other".to_owned(),
            name: "Other".to_owned(),
        }
    }

    #[tokio::test]
    async fn an_empty_database_gets_the_demo_studio_once() {
        let (studio, caller) = opened().await;
        let again = Studio::open(Arc::clone(&studio.store))
            .await
            .expect("it opens again");
        assert_eq!(again.local_caller().await.expect("a creator"), caller);
        let all = again.characters(&caller, None, 200).await.expect("a list");
        let names: Vec<_> = all.items.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["X121", "Mira Solène", "Captain Fen"]);
        assert_eq!(caller.name, "Creator");
        let x121 = Some(all.items[0].id.as_str());
        let scenes = again
            .scenes(&caller, x121, None, 200)
            .await
            .expect("scenes");
        let numbers: Vec<_> = scenes.items.iter().map(|s| s.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4]);
    }

    #[tokio::test]
    async fn lists_go_on_where_they_ended() {
        let (studio, caller) = opened().await;
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let part = studio
                .scenes(&caller, None, after.as_deref(), 3)
                .await
                .expect("a part");
            seen.extend(part.items.into_iter().map(|s| (s.character_id, s.number)));
            after = part.next_cursor;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 10);
        assert!(seen.is_sorted());
    }

    #[tokio::test]
    async fn the_form_is_kept_and_a_strangers_finds_nothing() {
        let (studio, caller) = opened().await;
        let all = studio.characters(&caller, None, 1).await.expect("a list");
        let before = &all.items[0];
        let form = CharacterForm {
            name: "X-121 <3".to_owned(),
            role: "Keeper".to_owned(),
            age: None,
            voice: String::new(),
            description: "A\r\nB".to_owned(),
            tags: vec!["kind".to_owned()],
        };
        let rejected = studio
            .update_character(&stranger(), &before.id, form.clone())
            .await;
        assert!(matches!(rejected, Err(StudioError::NotFound)));
        let after = studio
            .update_character(&caller, &before.id, form)
            .await
            .expect("a valid form");
        assert_eq!(after.name, "X-121 <3");
        assert_eq!(after.description, "A\nB");
        assert!(after.updated_at > before.updated_at);
        let read = studio
            .character(&caller, &before.id)
            .await
            .expect("the character exists");
        assert_eq!(read, after);
        assert!(matches!(
            studio.character(&stranger(), &before.id).await,
            Err(StudioError::NotFound)
        ));
    }

    #[test]
    fn the_art_is_drawn_without_text_script_or_outside_reference() {
        for character in demo::studio(Timestamp(0)).characters {
            let scenes = character.scenes.iter().map(|scene| &scene.art);
            for art in std::iter::once(&character.art).chain(scenes) {
                assert!(film::check_svg(art).is_ok());
                for word in ["<text", "<script", "href", "style=", "<image"] {
                    assert!(!art.contains(word), "{word}");
                }
            }
        }
    }
}
