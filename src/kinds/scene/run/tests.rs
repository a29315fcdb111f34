use super::{keep, plain_name, read_checkpoint, render, size};
use crate::job::{JobId, Stream, Text};
use crate::worker::{Context, Stop};
use film::{Camera, Film, Mood, Synced};
use futures::future::BoxFuture;
use serde_json::Value;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// A film of ten frames in two groups, quick to draw.
fn small() -> Film {
    Film {
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
                return Err(Stop::Requested);
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
    assert!(matches!(stopped, Err(Stop::Requested)));
    let kept = desk.heard.lock().unwrap().checkpoints.pop().unwrap();
    desk.heard.lock().unwrap().steps.clear();
    let mut synced = read_checkpoint(&kept).unwrap();
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
