//! A finished story, as lists show it.

use super::KIND;
use crate::job::Timestamp;
use crate::queue::{Caller, CompletedJob, Items, Queue, QueueError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the job's row records of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoryDetails {
    pub words: usize,
}

/// A written story. Its id is that of the job.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    pub id: String,
    pub title: String,
    /// What the creator asked for.
    pub prompt: String,
    pub chapters: u32,
    pub words: u32,
    /// `en` or `fr`.
    pub language: String,
    /// The creator's name.
    pub made_by: String,
    pub created_at: Timestamp,
    pub finished_at: Timestamp,
}

/// The newest stories of the caller's studio, or those after one.
///
/// # Errors
/// As [`Queue::completed`].
pub async fn stories(
    queue: &Queue,
    caller: &Caller,
    after: Option<&str>,
    limit: u32,
) -> Result<Items<Story>, QueueError> {
    let found = queue.completed(caller, KIND, None, after, limit).await?;
    Ok(Items {
        items: found.items.into_iter().map(Story::from).collect(),
        next_cursor: found.next_cursor,
    })
}

/// A story in the REST list.
pub fn to_json(job: CompletedJob) -> Value {
    let story = Story::from(job);
    json!({
        "id": story.id, "name": story.title, "prompt": story.prompt, "chapters": story.chapters,
        "words": story.words, "language": story.language, "madeBy": story.made_by,
        "createdAt": story.created_at, "finishedAt": story.finished_at,
    })
}

impl From<CompletedJob> for Story {
    fn from(job: CompletedJob) -> Self {
        let text = |field: &str| job.input[field].as_str().unwrap_or_default().to_owned();
        let title = text("title");
        Self {
            id: job.id.to_string(),
            title: if title.is_empty() { job.name } else { title },
            prompt: text("prompt"),
            chapters: count(&job.input["chapters"]),
            words: count(&job.details["words"]),
            language: text("language"),
            made_by: job.owner_name,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

fn count(value: &Value) -> u32 {
    let count = value.as_u64().and_then(|count| count.try_into().ok());
    count.unwrap_or(0)
}
