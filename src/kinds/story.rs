//! The kind `story`: the built-in writer makes a story in chapters.
//!
//! # Layout
//! - `input`: the fields of a request, and their errors
//! - `markdown`: front matter, last line and file name
//! - `view`: the pages, and the form that starts a job
//!
//! The story itself comes from the crate `narrator`.

mod input;
mod markdown;
mod view;

pub use view::PAGES;

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, FailureCode, JobId, Stream, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::routes;
use crate::studio::{Studio, StudioError};
use crate::worker::{Context, Finished, JobHandler, Stop};
use futures::future::BoxFuture;
use narrator::{Language, Outline, Premise, count_words, write_chapter};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// The name of the kind.
const KIND: &str = "story";
/// The page of a result.
const PAGE: &str = "/stories/{id}";
/// The page with the list of stories.
const STORIES: &str = "/stories";

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

impl Order {
    fn premise(&self) -> Premise {
        Premise {
            prompt: self.prompt.clone(),
            cast: self.cast.clone(),
            chapters: self.chapters.max(1),
            language: match self.language {
                Lang::En => Language::English,
                Lang::Fr => Language::French,
            },
            seed: self.seed,
        }
    }
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
        KIND
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
            let mut order = Order {
                prompt: wish.prompt,
                chapters: usize::try_from(wish.chapters).unwrap_or(1),
                cast,
                language: wish.language,
                seed: wish
                    .seed
                    .unwrap_or_else(|| u64::from(rand::random::<u32>())),
                title: String::new(),
            };
            let outline = Outline::new(order.premise())
                .map_err(|error| input::invalid("input.chapters", error.to_string()))?;
            outline.title().clone_into(&mut order.title);
            let text = Text::new("name.story").with("title", &order.title);
            Ok(Prepared {
                name: job::say(Lang::En, Some(&text), &order.title),
                name_text: Some(text),
                estimate_seconds: Some(SECONDS_A_CHAPTER * count(order.chapters)),
                refs,
                input: json!(order),
            })
        })
    }

    fn own_ref(&self, id: &JobId) -> Option<String> {
        Some(format!("story:{id}"))
    }

    fn page(&self, id: &JobId) -> String {
        routes::with_id(PAGE, id)
    }
}

impl JobHandler for StoryKind {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(write(context))
    }
}

async fn write(context: &dyn Context) -> Result<Finished, Stop> {
    let order: Order = serde_json::from_value(context.input().clone()).map_err(invalid_input)?;
    let premise = order.premise();
    let outline = Outline::new(premise.clone()).map_err(invalid_input)?;
    let chapters = premise.chapters;
    let file = context.scratch().join("story.md");
    let (mut done, mut text) = found(&file, context.resume_from()).await;
    if done.chapters == 0 {
        text = markdown::beginning(&outline);
    }
    while done.chapters < chapters {
        let number = done.chapters + 1;
        let title = outline
            .chapter_title(done.chapters)
            .map_err(invalid_input)?;
        let step = Text::new("step.writing_chapter")
            .with("chapter", number)
            .with("chapters", chapters)
            .with("title", title);
        context.progress(count(done.chapters) / count(chapters), step);
        let chapter = write_chapter(&outline, done.chapters, &text).map_err(invalid_input)?;
        let words = count_words(&chapter);
        text.push_str(&chapter);
        if number == chapters {
            text.push_str(&markdown::colophon(&premise, order.language));
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
        download_name: markdown::file_name(&outline, order.language),
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

/// The row holds an input that this version cannot write from.
fn invalid_input(error: impl std::error::Error) -> Stop {
    Stop::Failed {
        code: FailureCode::InvalidInput,
        summary: error.to_string(),
        text: None,
    }
}

fn unavailable(error: StudioError) -> QueueError {
    QueueError::Unavailable(error.to_string())
}
