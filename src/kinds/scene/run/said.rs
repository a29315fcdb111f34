//! What a rendering says: to its log, and of its failures.

use crate::i18n::{Lang, job};
use crate::job::{FailureCode, Stream, Text};
use crate::studio::StudioError;
use crate::worker::{Context, Stop};
use film::{Error, Film};
use std::ops::Range;

/// Puts a line into the job's log.
pub fn say(context: &dyn Context, line: impl AsRef<str>) {
    context.log(Stream::Stdout, line.as_ref());
}

/// What is to be rendered.
pub fn describe(film: &Film) -> String {
    format!(
        "{}, “{}”: {} × {}, {:.1} s at {} frames a second, {} frames in {} groups; camera {:?}, mood {:?}, seed {}",
        film.heading,
        film.title,
        film.width,
        film.height,
        film.seconds,
        film.fps,
        film.frames(),
        film.groups(),
        film.camera,
        film.mood,
        film.seed
    )
}

/// A group that is synced: which frames, and what they cost in seconds and bytes.
pub fn describe_group(film: &Film, frames: &Range<u32>, seconds: f64, bytes: u64) -> String {
    let count = f64::from(frames.end - frames.start);
    format!(
        "Frames {} to {} of {} in {seconds:.1} s ({:.1} a second), {}",
        frames.start + 1,
        frames.end,
        film.frames(),
        count / seconds.max(0.001),
        size(bytes)
    )
}

/// Bytes for a log: kilobytes, or megabytes with one figure after the point.
pub fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}

/// Letters, digits and hyphens alone, so that it is safe as a file's name everywhere.
pub fn plain_name(heading: &str) -> String {
    let mapped: String = heading
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            }
        })
        .collect();
    mapped
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
        .to_lowercase()
}

/// Why the scene cannot be read any more.
pub fn gone(error: &StudioError) -> Stop {
    if let StudioError::Store(error) = error {
        return failed(FailureCode::Internal, error.to_string(), None);
    }
    let text = Text::new("failure.scene_gone");
    failed(
        FailureCode::InvalidInput,
        job::say(Lang::En, Some(&text), ""),
        Some(text),
    )
}

/// Why the film cannot be rendered, as a reader understands it.
pub fn explain(error: Error) -> Stop {
    match error {
        Error::Io(error) => error.into(),
        Error::Art(problem) => {
            let text = Text::new("failure.scene_art").with("problem", &problem);
            failed(
                FailureCode::InvalidInput,
                job::say(Lang::En, Some(&text), &problem),
                Some(text),
            )
        }
        error => failed(FailureCode::Internal, error.to_string(), None),
    }
}

/// The end of a run that failed.
pub fn failed(code: FailureCode, summary: String, text: Option<Text>) -> Stop {
    Stop::Failed {
        code,
        summary,
        text,
    }
}
