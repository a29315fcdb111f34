use super::{file_name, read_checkpoint, read_scene, render, save_scene};
use crate::i18n::Translate;
use crate::job::{JobId, Stream, Text};
use crate::worker::{JobContext, Stop};
use film::{Camera, Checkpoint, Mood, Scene};
use futures::future::BoxFuture;
use serde_json::Value;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Ten frames in two groups.
fn small() -> Scene {
    Scene {
        title: "The Long Way Home".to_owned(),
        heading: "X121 — Scene 3".to_owned(),
        camera: Camera::Hold,
        mood: Mood::Calm,
        seconds: 1.25,
        fps: 8,
        width: 160,
        height: 90,
        seed: 7,
        backdrop: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="#203050"/></svg>"##.to_owned(),
        figure: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 9"><circle cx="3" cy="3" r="2" fill="#e0b090"/></svg>"##.to_owned(),
        palette: [[20, 24, 34]; 5],
    }
}

/// Records what a job reports, and requests a stop after that many checkpoints or steps; 0 for never.
struct TestContext {
    job: JobId,
    folder: tempfile::TempDir,
    stop_at_checkpoint: usize,
    stop_at_step: usize,
    stop_requested: AtomicBool,
    reported: Mutex<Reported>,
}

#[derive(Default)]
struct Reported {
    checkpoints: Vec<Value>,
    steps: Vec<(f64, Text)>,
    log: Vec<String>,
}

impl TestContext {
    fn new(stop_at_checkpoint: usize, stop_at_step: usize) -> Self {
        Self {
            job: JobId::parse("scene_0123456789abcdef0123456789abcdef").unwrap(),
            folder: tempfile::tempdir().unwrap(),
            stop_at_checkpoint,
            stop_at_step,
            stop_requested: AtomicBool::new(false),
            reported: Mutex::default(),
        }
    }

    /// The frames that were reported, counted from 1.
    fn frames(&self) -> Vec<u32> {
        let reported = self.reported.lock().unwrap();
        let frames = reported
            .steps
            .iter()
            .filter_map(|(_, step)| step.args.get("frame")?.parse().ok());
        frames.collect()
    }
}

impl JobContext for TestContext {
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
        self.reported.lock().unwrap().log.push(line.to_owned());
    }
    fn progress(&self, progress: f64, step: &dyn Translate) {
        let mut reported = self.reported.lock().unwrap();
        reported.steps.push((progress, step.text()));
        if reported.steps.len() == self.stop_at_step {
            self.stop_requested.store(true, Ordering::Relaxed);
        }
    }
    fn checkpoint(&self, state: Option<Value>) -> BoxFuture<'_, Result<(), Stop>> {
        Box::pin(async move {
            let mut reported = self.reported.lock().unwrap();
            reported.checkpoints.extend(state);
            if self.wants_stop() || reported.checkpoints.len() == self.stop_at_checkpoint {
                return Err(Stop::Requested);
            }
            Ok(())
        })
    }
    fn wants_stop(&self) -> bool {
        self.stop_requested.load(Ordering::Relaxed)
    }
}

/// The bytes of the small scene's film.
async fn film(context: &TestContext, checkpoint: &mut Checkpoint) -> Vec<u8> {
    let path = render(context, &small(), checkpoint, |cost| assert!(cost > 0.0))
        .await
        .unwrap()
        .unwrap();
    std::fs::read(path).unwrap()
}

#[tokio::test]
async fn every_frame_is_reported_and_every_group_is_a_checkpoint() {
    let context = TestContext::new(0, 0);
    film(&context, &mut Checkpoint::default()).await;
    assert_eq!(context.frames(), (1..=10).collect::<Vec<_>>());
    let reported = context.reported.into_inner().unwrap();
    let groups: Vec<_> = reported
        .checkpoints
        .iter()
        .map(|state| state["groups"].as_u64())
        .collect();
    assert_eq!(groups, [Some(1), Some(2)]);
    let is_ordered = reported.steps.is_sorted_by(|a, b| a.0 <= b.0);
    assert!(is_ordered, "progress went back");
    let last = reported.log.last().unwrap();
    assert!(last.starts_with("Film written"), "{last}");
}

#[tokio::test]
async fn a_stop_between_groups_costs_no_frame() {
    let uninterrupted = film(&TestContext::new(0, 0), &mut Checkpoint::default()).await;
    let mut context = TestContext::new(1, 0);
    let stopped = render(&context, &small(), &mut Checkpoint::default(), |_| ()).await;
    assert!(matches!(stopped, Err(Stop::Requested)));
    let reported = std::mem::take(&mut context.reported).into_inner().unwrap();
    let mut checkpoint = read_checkpoint(reported.checkpoints.last().unwrap()).unwrap();
    context.stop_at_checkpoint = 0;
    let resumed = film(&context, &mut checkpoint).await;
    assert!(resumed == uninterrupted, "the film differs");
    assert_eq!(context.frames(), [9, 10]);
}

#[tokio::test]
async fn a_stop_within_a_group_takes_effect_within_a_few_frames() {
    let context = TestContext::new(0, 4);
    let mut checkpoint = Checkpoint::default();
    let path = render(&context, &small(), &mut checkpoint, |_| ())
        .await
        .unwrap();
    assert_eq!((path, checkpoint), (None, Checkpoint::default()));
    // The thread may be ahead by as many events as the channel holds.
    assert!(context.frames().len() < 8, "{:?}", context.frames());
}

#[tokio::test]
async fn a_film_whose_fragments_were_lost_starts_again() {
    let context = TestContext::new(0, 0);
    let mut lost = Checkpoint {
        groups: 1,
        bytes: 1_000_000,
    };
    film(&context, &mut lost).await;
    assert_eq!(context.frames(), (1..=10).collect::<Vec<_>>());
}

#[test]
fn a_saved_scene_is_read_back_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.json");
    let scene = Scene {
        seconds: 5.1,
        seed: u64::MAX,
        ..small()
    };
    save_scene(&scene, &path).unwrap();
    assert_eq!(read_scene(&path), Some(scene));
}

#[test]
fn file_names_have_only_letters_digits_and_hyphens() {
    assert_eq!(file_name("X121 — Scene 3"), "x121-scene-3");
    assert_eq!(file_name("../\u{202e}\"É\n — Scene 1"), "é-scene-1");
}
