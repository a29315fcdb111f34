//! What the queue needs to know about the kind, and how a job is prepared.

use super::input::{Input, MAX_CAST, StoredStoryInput};
use super::{KIND, StoryMessage, finished};
use crate::i18n::{Translate, Translation};
use crate::job::{Action, JobId};
use crate::queue::{Caller, Collection, KindSpec, Prepared, Preparing, QueueError};
use crate::routes;
use crate::studio::{Studio, StudioError};
use crate::validation::{FieldError, Rule, read_input, schema_of};
use narrator::Outline;
use serde_json::{Value, json};

/// The page of a result.
pub const PAGE: &str = "/stories/{id}";
/// The page with the list of stories, and their list over REST.
pub const STORIES: &str = "/stories";

/// Seconds for a chapter, from the claim to the finished story on disk: the median of 20
/// stories of 40 chapters by `benches/story.rs`, 3 to 12 ms each, with opt-level 3 on a busy
/// virtual machine with 2 cores and ext4.
const SECONDS_PER_CHAPTER: f64 = 0.005;

/// Writes stories.
#[derive(Clone)]
pub struct StoryKind {
    studio: Studio,
}

impl StoryKind {
    pub fn new(studio: Studio) -> Self {
        Self { studio }
    }

    /// The names of the cast, and references to its characters. Without a cast in the input, these are the characters
    /// that the prompt names.
    async fn cast(
        &self,
        caller: &Caller,
        input: &Input,
    ) -> Result<(Vec<String>, Vec<String>), QueueError> {
        let requested = input.distinct_cast();
        let (mut names, mut refs) = (Vec::new(), Vec::new());
        if requested.is_empty() {
            let known = self.studio.characters(caller, None, 200).await;
            for character in known.map_err(unavailable)?.items {
                if input.prompt.contains(&character.name) && (names.len() as u64) < MAX_CAST {
                    refs.push(character.reference());
                    names.push(character.name);
                }
            }
        }
        for (place, entry) in requested {
            if !entry.starts_with("character_") {
                names.push(entry.to_owned());
                continue;
            }
            match self.studio.character(caller, entry).await {
                Ok(character) => {
                    refs.push(character.reference());
                    names.push(character.name);
                }
                Err(StudioError::NotFound) => {
                    let field = format!("input.cast[{place}]");
                    return Err(FieldError::new(field, Rule::NotFound).into());
                }
                Err(error) => return Err(unavailable(error)),
            }
        }
        Ok((names, refs))
    }
}

impl KindSpec for StoryKind {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn label(&self) -> Translation {
        Translation::new("Story", "Histoire")
    }

    fn input_schema(&self) -> Value {
        schema_of::<Input>()
    }

    fn action(&self) -> Action {
        Action::Read
    }

    fn prepare<'a>(&'a self, caller: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let input: Input = read_input(&input)?;
            let (cast, refs) = self.cast(caller, &input).await?;
            let mut stored = StoredStoryInput {
                prompt: input.prompt,
                chapters: input.chapters,
                cast,
                language: input.language,
                seed: input
                    .seed
                    .unwrap_or_else(|| u64::from(rand::random::<u32>())),
                title: String::new(),
            };
            // The only error is a story without chapters, which the input's limits exclude.
            let outline = Outline::new(stored.premise())
                .map_err(|_| FieldError::new("input.chapters", Rule::Minimum { min: 1.0 }))?;
            outline.title().clone_into(&mut stored.title);
            let name = StoryMessage::Name {
                title: stored.title.clone(),
            };
            Ok(Prepared {
                name: name.english(),
                name_text: Some(name.text()),
                estimate_seconds: Some(SECONDS_PER_CHAPTER * f64::from(stored.chapters)),
                refs,
                input: json!(stored),
            })
        })
    }

    fn own_ref(&self, id: &JobId) -> Option<String> {
        Some(format!("story:{id}"))
    }

    fn collection(&self) -> Option<Collection> {
        Some(Collection {
            path: STORIES,
            item: finished::to_json,
        })
    }

    fn page(&self, id: &JobId) -> String {
        routes::with_id(PAGE, id)
    }
}

fn unavailable(error: StudioError) -> QueueError {
    QueueError::Unavailable(error.to_string())
}
