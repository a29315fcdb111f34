//! Runs the job: writes chapter after chapter, with a checkpoint after each.

use super::finished::StoryDetails;
use super::input::StoredStoryInput;
use super::spec::StoryKind;
use super::{StoryMessage, markdown};
use crate::job::{FailureCode, Stream};
use crate::worker::{Finished, JobContext, JobHandler, Stop};
use futures::future::BoxFuture;
use narrator::{Outline, count_words, write_chapter};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::error::Error;
use std::path::Path;
use tokio::io::AsyncWriteExt;

/// Where an interrupted story continues.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Checkpoint {
    chapters: u32,
    words: usize,
    /// The length of the file when these chapters were written.
    bytes: u64,
}

impl JobHandler for StoryKind {
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(write(context))
    }
}

async fn write(context: &dyn JobContext) -> Result<Finished, Stop> {
    let input: StoredStoryInput =
        serde_json::from_value(context.input().clone()).map_err(invalid_input)?;
    let outline = Outline::new(input.premise()).map_err(invalid_input)?;
    let chapters = input.chapters.max(1);
    let file = context.scratch().join("story.md");
    let (mut done, mut story) = resume(&file, context.resume_from()).await;
    if done.chapters == 0 {
        story = markdown::beginning(&outline);
    }
    while done.chapters < chapters {
        let (index, number) = (done.chapters as usize, done.chapters + 1);
        let title = outline.chapter_title(index).map_err(invalid_input)?;
        let step = StoryMessage::WritingChapter {
            chapter: number,
            chapters,
            title: title.to_owned(),
        };
        let progress = f64::from(done.chapters) / f64::from(chapters);
        context.progress(progress, &step);
        let chapter = write_chapter(&outline, index, &story).map_err(invalid_input)?;
        let words = count_words(&chapter);
        story.push_str(&chapter);
        if number == chapters {
            story.push_str(&markdown::colophon(outline.premise()));
        }
        replace(&file, &story).await?;
        done = Checkpoint {
            chapters: number,
            words: done.words + words,
            bytes: story.len() as u64,
        };
        let line = format!("Chapter {number} of {chapters}: {title} ({words} words)");
        context.log(Stream::Stdout, &line);
        context.checkpoint(Some(json!(done))).await?;
    }
    Ok(Finished {
        file,
        extension: "md",
        media_type: "text/markdown; charset=utf-8",
        download_name: markdown::file_name(&outline),
        details: Some(json!(StoryDetails { words: done.words })),
    })
}

/// The checkpoint of an earlier run, and the text of its chapters. Starts over if the file is shorter than the
/// checkpoint says.
async fn resume(file: &Path, checkpoint: Option<&Value>) -> (Checkpoint, String) {
    let checkpoint = checkpoint
        .and_then(|state| serde_json::from_value::<Checkpoint>(state.clone()).ok())
        .unwrap_or_default();
    let text = tokio::fs::read_to_string(file).await.unwrap_or_default();
    match usize::try_from(checkpoint.bytes)
        .ok()
        .and_then(|end| text.get(..end))
    {
        Some(text) if checkpoint.chapters > 0 => (checkpoint, text.to_owned()),
        _ => (Checkpoint::default(), String::new()),
    }
}

/// Replaces the file in one step, so that a crash leaves the chapters of the last checkpoint.
async fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let unfinished = file.with_extension("part");
    let mut part = tokio::fs::File::create(&unfinished).await?;
    part.write_all(text.as_bytes()).await?;
    part.sync_data().await?;
    tokio::fs::rename(&unfinished, file).await
}

/// The row holds an input that this version of the program cannot use.
fn invalid_input(error: impl Error) -> Stop {
    let problem = error.to_string();
    Stop::failed(
        FailureCode::InvalidInput,
        &StoryMessage::InvalidInput { problem },
    )
}
