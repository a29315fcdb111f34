//! The job of a film: its rendering in a thread of its own, its progress, log and checkpoints.

use super::film::Film;
use super::input::Input;
use super::reel::{Reel, Synced};
use super::{SceneError, SceneKind};
use crate::job::{FailureCode, Stream, Text};
use crate::queue::Caller;
use crate::studio::StudioError;
use crate::words::{Lang, job};
use crate::worker::{Context, Finished, Kind, Stop};
use futures::future::BoxFuture;
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

impl Kind for SceneKind {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let resumed = context.resume_from().and_then(Synced::from_value);
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
                    None => context.checkpoint(Some(synced.to_value())).await?,
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
                context.checkpoint(Some(now.to_value())).await?;
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

/// The rendering thread. Nobody listening any more is a wish to stop.
fn work(
    film: &Film,
    folder: &Path,
    from: Synced,
    stop: &AtomicBool,
    tell: &mpsc::Sender<Event>,
) -> Result<End, SceneError> {
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

fn say(context: &dyn Context, line: impl AsRef<str>) {
    context.log(Stream::Stdout, line.as_ref());
}

fn describe(film: &Film) -> String {
    format!(
        "{}, “{}”: {} × {}, {:.1} s at {} frames a second, {} frames in {} groups; camera {}, mood {:?}, seed {}",
        film.heading,
        film.title,
        film.width,
        film.height,
        film.seconds,
        film.fps,
        film.frames(),
        film.groups(),
        film.camera.as_str(),
        film.mood,
        film.seed
    )
}

fn describe_group(film: &Film, frames: &Range<u32>, seconds: f64, bytes: u64) -> String {
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

fn size(bytes: u64) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
    }
}

/// Letters, digits and hyphens alone, so that it is safe as a file's name everywhere.
fn plain_name(heading: &str) -> String {
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
fn gone(error: &StudioError) -> Stop {
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

fn explain(error: SceneError) -> Stop {
    match error {
        SceneError::Io(error) => error.into(),
        SceneError::Art(problem) => {
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

fn failed(code: FailureCode, summary: String, text: Option<Text>) -> Stop {
    Stop::Failed {
        code,
        summary,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Synced, keep, plain_name, render, size};
    use crate::job::{JobId, Stream, Text};
    use crate::kinds::scene::film::{Film, tests::small};
    use crate::worker::{Context, Stop};
    use futures::future::BoxFuture;
    use serde_json::Value;
    use std::path::Path;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// A worker that remembers what it hears, and wishes a stop after so many checkpoints or frames.
    struct Desk {
        job: JobId,
        folder: tempfile::TempDir,
        stop_at_checkpoint: usize,
        stop_at_frame: usize,
        wished: AtomicBool,
        heard: Mutex<Heard>,
    }

    #[derive(Default)]
    struct Heard {
        checkpoints: Vec<Value>,
        steps: Vec<(f64, Text)>,
        lines: Vec<String>,
    }

    impl Desk {
        fn new(stop_at_checkpoint: usize, stop_at_frame: usize) -> Self {
            Self {
                job: JobId::parse("scene_0123456789abcdef0123456789abcdef").unwrap(),
                folder: tempfile::tempdir().unwrap(),
                stop_at_checkpoint,
                stop_at_frame,
                wished: AtomicBool::new(false),
                heard: Mutex::default(),
            }
        }

        fn frames(&self) -> Vec<u32> {
            let heard = self.heard.lock().unwrap();
            let frames = heard
                .steps
                .iter()
                .filter_map(|(_, step)| step.args.get("frame")?.parse().ok());
            frames.collect()
        }
    }

    impl Context for Desk {
        fn job(&self) -> &JobId {
            &self.job
        }
        fn studio(&self) -> &'static str {
            "studio"
        }
        fn input(&self) -> &Value {
            &Value::Null
        }
        fn resume_from(&self) -> Option<&Value> {
            None
        }
        fn scratch(&self) -> &Path {
            self.folder.path()
        }
        fn log(&self, _: Stream, line: &str) {
            self.heard.lock().unwrap().lines.push(line.to_owned());
        }
        fn progress(&self, progress: f64, step: Text) {
            let mut heard = self.heard.lock().unwrap();
            heard.steps.push((progress, step));
            if heard.steps.len() == self.stop_at_frame {
                self.wished.store(true, Ordering::Relaxed);
            }
        }
        fn checkpoint(&self, state: Option<Value>) -> BoxFuture<'_, Result<(), Stop>> {
            Box::pin(async move {
                let mut heard = self.heard.lock().unwrap();
                heard.checkpoints.extend(state);
                if self.wants_stop() || heard.checkpoints.len() == self.stop_at_checkpoint {
                    return Err(Stop::Wished);
                }
                Ok(())
            })
        }
        fn wants_stop(&self) -> bool {
            self.wished.load(Ordering::Relaxed)
        }
    }

    async fn whole(desk: &Desk, synced: &mut Synced) -> Vec<u8> {
        let path = render(desk, &small(), synced, |cost| assert!(cost > 0.0))
            .await
            .unwrap()
            .unwrap();
        std::fs::read(path).unwrap()
    }

    #[tokio::test]
    async fn every_frame_is_reported_and_every_group_is_a_checkpoint() {
        let desk = Desk::new(0, 0);
        whole(&desk, &mut Synced::default()).await;
        assert_eq!(desk.frames(), (1..=10).collect::<Vec<_>>());
        let heard = desk.heard.into_inner().unwrap();
        let groups: Vec<_> = heard
            .checkpoints
            .iter()
            .map(|state| state["groups"].as_u64())
            .collect();
        assert_eq!(groups, [Some(1), Some(2)]);
        assert!(
            heard.steps.is_sorted_by(|a, b| a.0 <= b.0),
            "progress went back"
        );
        assert!(heard.lines.last().unwrap().starts_with("Wrote the film"));
    }

    #[tokio::test]
    async fn a_pause_between_groups_costs_no_frame() {
        let straight = whole(&Desk::new(0, 0), &mut Synced::default()).await;
        let desk = Desk::new(1, 0);
        let mut synced = Synced::default();
        let stopped = render(&desk, &small(), &mut synced, |_| ()).await;
        assert!(matches!(stopped, Err(Stop::Wished)));
        let kept = desk.heard.lock().unwrap().checkpoints.pop().unwrap();
        desk.heard.lock().unwrap().steps.clear();
        let mut synced = Synced::from_value(&kept).unwrap();
        // The counter of checkpoints starts anew, so the same desk would stop it again.
        let desk = Desk {
            stop_at_checkpoint: 0,
            ..desk
        };
        assert!(
            whole(&desk, &mut synced).await == straight,
            "the film differs"
        );
        assert_eq!(desk.frames(), [9, 10]);
    }

    #[tokio::test]
    async fn a_wish_within_a_group_stops_at_the_next_frames() {
        let desk = Desk::new(0, 4);
        let mut synced = Synced::default();
        let stopped = render(&desk, &small(), &mut synced, |_| ()).await.unwrap();
        assert!(stopped.is_none());
        assert_eq!(synced, Synced::default());
        // The thread may have been ahead by what the channel holds.
        assert!(desk.frames().len() < 8, "{:?}", desk.frames());
    }

    #[test]
    fn the_film_is_kept_exactly() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.json");
        let film = Film {
            seconds: 5.1,
            seed: u64::MAX,
            ..small()
        };
        keep(&film, &path).unwrap();
        assert_eq!(
            serde_json::from_slice::<Film>(&std::fs::read(path).unwrap()).unwrap(),
            film
        );
    }

    #[test]
    fn names_and_sizes_are_plain() {
        assert_eq!(plain_name("X121 — Scene 3"), "x121-scene-3");
        assert_eq!(plain_name("../\u{202e}\"É\n — Scene 1"), "é-scene-1");
        assert_eq!(
            (size(1), size(999_500), size(12_345_678)),
            ("1 kB".into(), "1000 kB".into(), "12.3 MB".into())
        );
    }
}
