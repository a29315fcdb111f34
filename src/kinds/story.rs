//! The kind `story`: the built-in writer makes a story of chapters.
//!
//! # Layout
//! - `input`: what may be asked, and its errors
//! - `premise`: the prompt's nouns
//! - `realm`: the kind of place it asks for
//! - `lexicon`, `grammar`: the fragments of both languages, and how gaps are filled
//! - `plan`, `stage`: cast, places, objects, titles, and what each chapter is for
//! - `writer`: chapters
//! - `manuscript`: the Markdown around them

mod grammar;
mod input;
mod lexicon;
mod manuscript;
mod plan;
mod premise;
mod realm;
mod stage;
#[cfg(test)]
mod tests;
mod writer;

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, FailureCode, JobId, Stream, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::studio::{Studio, StudioError};
use crate::worker::{Context, Finished, JobHandler, Stop};
use futures::future::BoxFuture;
use plan::{Brief, Plan};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// Seconds a chapter takes, from the claim to the finished story on the disk: the median of 20
/// stories of 40 chapters by `benches/story.rs`, 3 to 12 ms each, with opt-level 3 on a busy
/// virtual machine with 2 cores and ext4.
const SECONDS_A_CHAPTER: f64 = 0.005;

/// Writes stories.
#[derive(Clone)]
pub struct StoryKind {
    studio: Studio,
}

/// The validated input, as the row keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    prompt: String,
    chapters: usize,
    cast: Vec<String>,
    language: Lang,
    seed: u64,
    title: String,
}

/// How far a run came: what a later run goes on from.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Written {
    chapters: usize,
    words: usize,
    bytes: u64,
}

impl StoryKind {
    pub fn new(studio: Studio) -> Self {
        Self { studio }
    }

    /// The names of the cast, and what the job refers to. Who is named in the prompt belongs to
    /// the cast when the creator gave none.
    async fn cast(
        &self,
        caller: &Caller,
        given: Vec<String>,
        prompt: &str,
    ) -> Result<(Vec<String>, Vec<String>), QueueError> {
        let (mut names, mut refs) = (Vec::new(), Vec::new());
        if given.is_empty() {
            let known = self.studio.characters(caller, None, 200).await;
            for character in known.map_err(unavailable)?.items {
                if prompt.contains(&character.name) && names.len() < 12 {
                    refs.push(format!("character:{}", character.id));
                    names.push(character.name);
                }
            }
        }
        for (place, entry) in given.into_iter().enumerate() {
            if !entry.starts_with("character_") {
                names.push(entry);
                continue;
            }
            match self.studio.character(caller, &entry).await {
                Ok(character) => {
                    refs.push(format!("character:{}", character.id));
                    names.push(character.name);
                }
                Err(StudioError::NotFound) => {
                    let field = format!("input.cast[{place}]");
                    return Err(input::invalid(&field, "there is no such character"));
                }
                Err(error) => return Err(unavailable(error)),
            }
        }
        Ok((names, refs))
    }
}

impl KindSpec for StoryKind {
    fn kind(&self) -> &'static str {
        "story"
    }

    fn label(&self) -> Translation {
        Translation::new("Story", "Histoire")
    }

    fn input_schema(&self) -> Value {
        input::schema()
    }

    fn action(&self) -> Action {
        Action::Read
    }

    fn prepare<'a>(&'a self, caller: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let wish = input::read(input)?;
            let (cast, refs) = self.cast(caller, wish.cast, &wish.prompt).await?;
            let brief = Brief {
                prompt: wish.prompt,
                cast,
                chapters: usize::try_from(wish.chapters).unwrap_or(1),
                language: wish.language,
                seed: wish
                    .seed
                    .unwrap_or_else(|| u64::from(rand::random::<u32>())),
            };
            let plan = Plan::new(brief);
            let text = Text::new("name.story").with("title", plan.title());
            let (title, brief) = (plan.title().to_owned(), plan.brief);
            Ok(Prepared {
                name: job::say(Lang::En, Some(&text), &title),
                name_text: Some(text),
                estimate_seconds: Some(SECONDS_A_CHAPTER * count(brief.chapters)),
                refs,
                input: json!(Order {
                    prompt: brief.prompt,
                    chapters: brief.chapters,
                    cast: brief.cast,
                    language: brief.language,
                    seed: brief.seed,
                    title,
                }),
            })
        })
    }

    fn own_ref(&self, id: &JobId) -> Option<String> {
        Some(format!("story:{id}"))
    }

    fn page(&self, id: &JobId) -> String {
        format!("/stories/{id}")
    }
}

impl JobHandler for StoryKind {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(write(context))
    }
}

async fn write(context: &dyn Context) -> Result<Finished, Stop> {
    let order: Order =
        serde_json::from_value(context.input().clone()).map_err(|error| Stop::Failed {
            code: FailureCode::InvalidInput,
            summary: error.to_string(),
            text: None,
        })?;
    let plan = Plan::new(Brief {
        prompt: order.prompt,
        cast: order.cast,
        chapters: order.chapters.max(1),
        language: order.language,
        seed: order.seed,
    });
    let chapters = plan.brief.chapters;
    let file = context.scratch().join("story.md");
    let (mut done, mut text) = found(&file, context.resume_from()).await;
    if done.chapters == 0 {
        text = manuscript::beginning(&plan);
    }
    while done.chapters < chapters {
        let (number, title) = (done.chapters + 1, plan.chapter_title(done.chapters));
        let step = Text::new("step.writing_chapter")
            .with("chapter", number)
            .with("chapters", chapters)
            .with("title", title);
        context.progress(count(done.chapters) / count(chapters), step);
        let chapter = writer::chapter(&plan, done.chapters, &text);
        let words = manuscript::words(&chapter);
        text.push_str(&chapter);
        if number == chapters {
            text.push_str(&manuscript::colophon(&plan));
        }
        save(&file, &text).await?;
        done = Written {
            chapters: number,
            words: done.words + words,
            bytes: text.len() as u64,
        };
        let line = format!("Chapter {number} of {chapters}: {title} ({words} words)");
        context.log(Stream::Stdout, &line);
        context.checkpoint(Some(json!(done))).await?;
    }
    Ok(Finished {
        file,
        extension: "md",
        media_type: "text/markdown; charset=utf-8",
        download_name: manuscript::file_name(&plan),
    })
}

/// What an earlier run left: its chapters, where the text is still there, else nothing.
async fn found(file: &Path, checkpoint: Option<&Value>) -> (Written, String) {
    let written = checkpoint
        .and_then(|state| serde_json::from_value::<Written>(state.clone()).ok())
        .unwrap_or_default();
    let text = tokio::fs::read_to_string(file).await.unwrap_or_default();
    match usize::try_from(written.bytes)
        .ok()
        .and_then(|end| text.get(..end))
    {
        Some(text) if written.chapters > 0 => (written, text.to_owned()),
        _ => (Written::default(), String::new()),
    }
}

/// Replaces the file in one step, so that a crash leaves the chapters before.
async fn save(file: &PathBuf, text: &str) -> std::io::Result<()> {
    let unfinished = file.with_extension("part");
    let mut part = tokio::fs::File::create(&unfinished).await?;
    part.write_all(text.as_bytes()).await?;
    part.sync_data().await?;
    tokio::fs::rename(&unfinished, file).await
}

/// A number of chapters; there are 40 at most.
fn count(chapters: usize) -> f64 {
    f64::from(u32::try_from(chapters).unwrap_or(u32::MAX))
}

fn unavailable(error: StudioError) -> QueueError {
    QueueError::Unavailable(error.to_string())
}
