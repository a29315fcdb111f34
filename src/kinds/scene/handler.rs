//! Runs a scene job: renders in a thread of its own, and reports its progress, log and checkpoints.

mod failure;
mod log;

use super::input::RenderSettings;
use super::message::SceneMessage;
use super::spec::SceneKind;
use crate::job::{FailureCode, Stream};
use crate::queue::Caller;
use crate::worker::{Finished, JobContext, JobHandler, Stop};
use failure::{internal, not_rendered, scene_gone};
use film::{Checkpoint, Event, Outcome, Scene};
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tokio::sync::mpsc;

/// The scene as it was when the job started: later edits affect only the next film.
const SCENE: &str = "film.json";
/// How many events the renderer may be ahead of the job.
const EVENT_BUFFER: usize = 4;

impl JobHandler for SceneKind {
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let resumed = context.resume_from().and_then(read_checkpoint);
            let (scene, mut checkpoint) = self.begin(context, resumed).await?;
            let record_cost = |cost| self.cost.record(cost);
            loop {
                match render(context, &scene, &mut checkpoint, record_cost).await? {
                    Some(path) => {
                        return Ok(Finished {
                            file: path,
                            extension: "mp4",
                            media_type: "video/mp4",
                            download_name: format!("{}.mp4", file_name(&scene.heading)),
                            details: None,
                        });
                    }
                    // The request to stop may have been withdrawn; then rendering continues.
                    None => context.checkpoint(Some(json!(checkpoint))).await?,
                }
            }
        })
    }
}

impl SceneKind {
    /// The scene to render, and where to start.
    async fn begin(
        &self,
        context: &dyn JobContext,
        resumed: Option<Checkpoint>,
    ) -> Result<(Scene, Checkpoint), Stop> {
        let path = context.scratch().join(SCENE);
        if let Some(checkpoint) = resumed
            && let Some(scene) = read_scene(&path)
        {
            context.log(Stream::Stdout, &log::resumed(&scene, checkpoint));
            return Ok((scene, checkpoint));
        }
        let settings: RenderSettings =
            serde_json::from_value(context.input().clone()).map_err(|error| Stop::Failed {
                code: FailureCode::InvalidInput,
                summary: error.to_string(),
                text: None,
            })?;
        // Scenes belong to the studio, so the user does not matter.
        let caller = Caller {
            studio: context.studio().to_owned(),
            user: String::new(),
            name: String::new(),
        };
        let scene = self
            .scene(&caller, &settings)
            .await
            .map_err(|error| scene_gone(&error))?;
        save_scene(&scene, &path)?;
        context.log(Stream::Stdout, &log::started(&scene));
        Ok((scene, Checkpoint::default()))
    }
}

/// Renders from a checkpoint to the end, and keeps the checkpoint up to date; `None` if stopped.
async fn render(
    context: &dyn JobContext,
    scene: &Scene,
    checkpoint: &mut Checkpoint,
    record_cost: impl Fn(f64),
) -> Result<Option<PathBuf>, Stop> {
    let started = Instant::now();
    let frames = scene.frames();
    let progress_at = |frame: u32| f64::from(frame) / f64::from(frames);
    let mut first_frame = scene.group(checkpoint.groups).start;
    context.progress(progress_at(first_frame), &SceneMessage::DrawingLayers);
    let stop = StopOnDrop(Arc::new(AtomicBool::new(context.wants_stop())));
    let (sender, mut events) = mpsc::channel(EVENT_BUFFER);
    let thread = {
        let (scene, folder, from) = (scene.clone(), context.scratch().to_owned(), *checkpoint);
        let stop = stop.0.clone();
        tokio::task::spawn_blocking(move || {
            film::render(&scene, &folder, from, |event| send(event, &sender, &stop))
        })
    };
    let mut group_started = started;
    while let Some((event, time)) = events.recv().await {
        match event {
            Event::Started(from) => {
                *checkpoint = from;
                first_frame = scene.group(from.groups).start;
                group_started = time;
            }
            Event::Frame(frame) => {
                let rendering = SceneMessage::RenderingFrame { frame, frames };
                context.progress(progress_at(frame), &rendering);
            }
            Event::Group {
                frames,
                checkpoint: reached,
            } => {
                let bytes = reached.bytes - checkpoint.bytes;
                let line = log::group(scene, &frames, time - group_started, bytes);
                context.log(Stream::Stdout, &line);
                *checkpoint = reached;
                group_started = time;
                context.checkpoint(Some(json!(reached))).await?;
            }
            Event::Muxing { .. } => context.progress(1.0, &SceneMessage::WritingFilm),
        }
        if context.wants_stop() {
            stop.0.store(true, Ordering::Relaxed);
        }
    }
    let outcome = thread.await.map_err(|error| internal(&error))?;
    let (path, bytes) = match outcome.map_err(not_rendered)? {
        Outcome::Stopped => return Ok(None),
        Outcome::Finished { path, bytes } => (path, bytes),
    };
    let elapsed = started.elapsed();
    let share = 1.0 - progress_at(first_frame);
    if share > 0.0 {
        record_cost(elapsed.as_secs_f64() / (scene.megapixels() * share));
    }
    context.log(Stream::Stdout, &log::finished(scene, bytes, elapsed));
    Ok(Some(path))
}

/// Passes an event from the rendering thread to the job, and tells the thread whether to stop.
fn send(
    event: Event,
    sender: &mpsc::Sender<(Event, Instant)>,
    stop: &AtomicBool,
) -> ControlFlow<()> {
    // For the copying of groups, the job reports only the start.
    let is_news = !matches!(event, Event::Muxing { group } if group > 0);
    if is_news && sender.blocking_send((event, Instant::now())).is_err() {
        return ControlFlow::Break(());
    }
    if stop.load(Ordering::Relaxed) {
        return ControlFlow::Break(());
    }
    ControlFlow::Continue(())
}

/// Stops the rendering thread at its next event when the run is dropped.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A saved checkpoint, or `None` if another version of the program saved it in another form.
fn read_checkpoint(saved: &Value) -> Option<Checkpoint> {
    Checkpoint::deserialize(saved).ok()
}

fn read_scene(path: &Path) -> Option<Scene> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Saves the scene so that a later run finds the whole file or none.
fn save_scene(scene: &Scene, path: &Path) -> Result<(), Stop> {
    let bytes = serde_json::to_vec(scene).map_err(|error| internal(&error))?;
    let temporary = path.with_extension("new");
    let mut file = File::create(&temporary)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    std::fs::rename(&temporary, path)?;
    Ok(())
}

/// A heading as a file name that is safe everywhere: letters and digits, joined by hyphens.
fn file_name(heading: &str) -> String {
    let words = heading.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_lowercase()
}

#[cfg(test)]
mod tests;
