//! The job of a film: its rendering in a thread of its own, its progress, log and checkpoints.

mod said;

use super::SceneKind;
use super::input::Input;
use crate::job::{FailureCode, Text};
use crate::queue::Caller;
use crate::worker::{Context, Finished, JobHandler, Stop};
use film::{Film, Reel, Synced};
use futures::future::BoxFuture;
use said::{describe, describe_group, explain, failed, gone, plain_name, say, size};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tokio::sync::mpsc;

/// The film as it was when the job started: who edits the scene meanwhile changes the next take.
const FILM: &str = "film.json";
/// How many events the renderer may be ahead of what the job has heard.
const AHEAD: usize = 4;

/// What the rendering thread tells.
enum Event {
    Frame(u32),
    Group {
        synced: Synced,
        frames: Range<u32>,
        seconds: f64,
    },
    Writing,
}

/// How the rendering thread ended.
enum End {
    Stopped,
    Whole { path: PathBuf, bytes: u64 },
}

impl JobHandler for SceneKind {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let resumed = context.resume_from().and_then(read_checkpoint);
            let (film, mut synced) = self.begin(context, resumed).await?;
            loop {
                match render(context, &film, &mut synced, |cost| self.measured(cost)).await? {
                    Some(path) => {
                        return Ok(Finished {
                            file: path,
                            extension: "mp4",
                            media_type: "video/mp4",
                            download_name: format!("{}.mp4", plain_name(&film.heading)),
                        });
                    }
                    // Somebody wished it to stop; when the wish is gone by now, it goes on.
                    None => context.checkpoint(Some(checkpoint(synced))).await?,
                }
            }
        })
    }
}

impl SceneKind {
    /// The film to render and how much of it is there.
    async fn begin(
        &self,
        context: &dyn Context,
        resumed: Option<Synced>,
    ) -> Result<(Film, Synced), Stop> {
        let kept = context.scratch().join(FILM);
        if let Some(synced) = resumed
            && let Some(film) = std::fs::read(&kept)
                .ok()
                .and_then(|bytes| serde_json::from_slice::<Film>(&bytes).ok())
        {
            let frame = film.group(synced.groups).start;
            say(
                context,
                format!(
                    "Going on after frame {frame} of {}: {} are there",
                    film.frames(),
                    size(synced.bytes)
                ),
            );
            return Ok((film, synced));
        }
        let input: Input = serde_json::from_value(context.input().clone())
            .map_err(|error| failed(FailureCode::InvalidInput, error.to_string(), None))?;
        // Only the studio counts here: the work is the studio's, whoever asked for it.
        let caller = Caller {
            studio: context.studio().to_owned(),
            user: String::new(),
            name: String::new(),
        };
        let film = self
            .film(&caller, &input)
            .await
            .map_err(|error| gone(&error))?;
        keep(&film, &kept)?;
        say(context, describe(&film));
        Ok((film, Synced::default()))
    }
}

/// Renders from what is synced to the end; none when it was wished to stop.
async fn render(
    context: &dyn Context,
    film: &Film,
    synced: &mut Synced,
    measured: impl Fn(f64),
) -> Result<Option<PathBuf>, Stop> {
    let started = Instant::now();
    let frames = film.frames();
    let from = film.group(synced.groups).start;
    context.progress(
        f64::from(from) / f64::from(frames),
        Text::new("step.drawing_layers"),
    );
    let stop = StopOnDrop(Arc::new(AtomicBool::new(context.wants_stop())));
    let (tell, mut told) = mpsc::channel(AHEAD);
    let thread = {
        let (film, folder, from, stop) = (
            film.clone(),
            context.scratch().to_owned(),
            *synced,
            stop.0.clone(),
        );
        tokio::task::spawn_blocking(move || work(&film, &folder, from, &stop, &tell))
    };
    while let Some(event) = told.recv().await {
        match event {
            Event::Frame(frame) => {
                let text = Text::new("step.rendering_frame")
                    .with("frame", frame)
                    .with("frames", frames);
                context.progress(f64::from(frame) / f64::from(frames), text);
            }
            Event::Group {
                synced: now,
                frames,
                seconds,
            } => {
                say(
                    context,
                    describe_group(film, &frames, seconds, now.bytes - synced.bytes),
                );
                *synced = now;
                context.checkpoint(Some(checkpoint(now))).await?;
            }
            Event::Writing => context.progress(1.0, Text::new("step.writing_film")),
        }
        if context.wants_stop() {
            stop.0.store(true, Ordering::Relaxed);
        }
    }
    let end = thread
        .await
        .map_err(|error| failed(FailureCode::Internal, error.to_string(), None))?;
    match end.map_err(explain)? {
        End::Stopped => Ok(None),
        End::Whole { path, bytes } => {
            let seconds = started.elapsed().as_secs_f64();
            let drawn = f64::from(frames - from);
            if drawn > 0.0 {
                measured(seconds / (film.megapixels() * drawn / f64::from(frames)));
            }
            say(
                context,
                format!(
                    "Wrote the film: {}, {:.1} s to watch, made in {seconds:.1} s",
                    size(bytes),
                    film.seconds
                ),
            );
            Ok(Some(path))
        }
    }
}

/// What is synced, as a checkpoint keeps it.
fn checkpoint(synced: Synced) -> Value {
    json!({ "groups": synced.groups, "bytes": synced.bytes })
}

/// What a checkpoint says is synced; none when it is of another shape.
fn read_checkpoint(value: &Value) -> Option<Synced> {
    Synced::deserialize(value).ok()
}

/// The rendering thread. Nobody listening any more is a wish to stop.
fn work(
    film: &Film,
    folder: &Path,
    from: Synced,
    stop: &AtomicBool,
    tell: &mpsc::Sender<Event>,
) -> Result<End, film::Error> {
    let go_on = || !stop.load(Ordering::Relaxed) && !tell.is_closed();
    let mut reel = Reel::open(film, folder, from)?;
    while reel.synced().groups < film.groups() {
        let started = Instant::now();
        let frames = film.group(reel.synced().groups);
        let synced =
            reel.next_group(|frame| tell.blocking_send(Event::Frame(frame)).is_ok() && go_on())?;
        let Some(synced) = synced else {
            return Ok(End::Stopped);
        };
        let group = Event::Group {
            synced,
            frames,
            seconds: started.elapsed().as_secs_f64(),
        };
        if tell.blocking_send(group).is_err() {
            return Ok(End::Stopped);
        }
    }
    if tell.blocking_send(Event::Writing).is_err() {
        return Ok(End::Stopped);
    }
    Ok(match reel.assemble(go_on)? {
        Some((path, bytes)) => End::Whole { path, bytes },
        None => End::Stopped,
    })
}

/// A run that is dropped takes its thread with it, at its next frame.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Writes the film's description so that a later run finds it whole or not at all.
fn keep(film: &Film, to: &Path) -> Result<(), Stop> {
    let bytes = serde_json::to_vec(film)
        .map_err(|error| failed(FailureCode::Internal, error.to_string(), None))?;
    let fresh = to.with_extension("new");
    let mut new = File::create(&fresh)?;
    new.write_all(&bytes)?;
    new.sync_all()?;
    std::fs::rename(&fresh, to)?;
    Ok(())
}

#[cfg(test)]
mod tests;
