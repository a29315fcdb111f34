//! The job of a vessel: its reading in a thread of its own, its progress, log and checkpoints.

use super::input::{Order, open};
use super::model::Vessel;
use super::{Made, VesselError, VesselKind, plan, reading, tree};
use crate::job::{FailureCode, Stream, Text};
use crate::studio::CraftFolder;
use crate::studio::vessel::{Certainty, Figure, PartTree, Stage};
use crate::worker::{Context, Finished, JobHandler, Stop};
use futures::future::BoxFuture;
use serde::Serialize;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// How many events the reader may be ahead of what the job has heard.
const AHEAD: usize = 16;
/// How often somebody's wish is looked at while nothing is heard of the reader.
const PACE: Duration = Duration::from_millis(250);
/// How often reading is told of, in parts for the log and in time for the progress.
const TOLD_PARTS: usize = 1000;
const TOLD_AFTER: Duration = Duration::from_millis(100);
/// Of the whole work, what reading is taken as.
const READING: f64 = 0.7;

/// What the reading thread tells.
enum Event {
    Log(String),
    Progress(f64, Text),
}

impl JobHandler for VesselKind {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let order: Order = serde_json::from_value(context.input().clone())
                .map_err(|error| failed(FailureCode::InvalidInput, &error))?;
            let wish = CancellationToken::new();
            // A run that is dropped takes its thread with it.
            let _guard = wish.clone().drop_guard();
            let (tell, mut told) = mpsc::channel(AHEAD);
            let thread = {
                let work = Work {
                    made: self.made,
                    folder: self.folder.clone(),
                    order,
                    file: context.scratch().join("vessel.json"),
                    tell,
                    stop: wish,
                };
                tokio::task::spawn_blocking(move || work.all())
            };
            loop {
                match tokio::time::timeout(PACE, told.recv()).await {
                    Ok(None) => break,
                    Ok(Some(Event::Log(line))) => context.log(Stream::Stdout, &line),
                    Ok(Some(Event::Progress(part, step))) => context.progress(part, step),
                    Err(_) => {}
                }
                context.checkpoint(None).await?;
            }
            let (file, name) = thread
                .await
                .map_err(|error| failed(FailureCode::Internal, &error))??;
            Ok(Finished {
                file,
                extension: "json",
                media_type: "application/json",
                download_name: name,
            })
        })
    }
}

fn failed(code: FailureCode, error: &dyn std::error::Error) -> Stop {
    Stop::Failed {
        code,
        summary: error.to_string(),
        text: None,
    }
}

/// What the thread does.
struct Work {
    made: Made,
    folder: CraftFolder,
    order: Order,
    file: PathBuf,
    tell: mpsc::Sender<Event>,
    stop: CancellationToken,
}

impl Work {
    /// Reads the vessel and writes what is made of it; its file, and a name for a download.
    fn all(&self) -> Result<(PathBuf, String), VesselError> {
        let vessel = self.vessel()?;
        self.progress(
            READING,
            Text::new("step.linking_parts").with("parts", vessel.parts.len()),
        )?;
        let ending = match self.made {
            Made::PartTree => {
                let tree = tree::tree(&vessel);
                self.log(describe_tree(&tree))?;
                write(&self.file, &tree)?;
                "part-tree"
            }
            Made::StagePlan => {
                let mut told = |stage: &Stage, done: usize, all: usize| {
                    let step = Text::new("step.planning_stage").with("stage", stage.number);
                    let part = READING + (1.0 - READING) * share(done as u64, all as u64);
                    let told = self.log(describe_stage(stage));
                    told.and_then(|()| self.progress(part, step)).is_ok()
                };
                let stopped = || self.stop.is_cancelled();
                let plan = plan::plan(&vessel, &stopped, &mut told)?;
                let total = describe(&plan.total.delta_v_vacuum, "m/s");
                self.log(format!("Total Δv in vacuum: {total}"))?;
                write(&self.file, &plan)?;
                "stage-plan"
            }
        };
        let name = format!("{}-{ending}.json", plain(&vessel.name));
        Ok((self.file.clone(), name))
    }

    fn vessel(&self) -> Result<Vessel, VesselError> {
        let (input, bytes) = open(&self.order.given, &self.folder)?;
        let (mut told, mut logged) = (Instant::now(), 0);
        let wanted = self.order.vessel.as_deref();
        let mut vessel = reading::read(input, wanted, &mut |parts, at| {
            if parts >= logged + TOLD_PARTS {
                logged = parts;
                if self.log(format!("Read {parts} parts")).is_err() {
                    return false;
                }
            }
            if told.elapsed() < TOLD_AFTER {
                return !self.stop.is_cancelled();
            }
            told = Instant::now();
            let step = Text::new("step.reading_parts").with("parts", parts);
            self.progress(READING * share(at, bytes), step).is_ok()
        })?;
        if vessel.name.is_empty() {
            self.order.file_stem().clone_into(&mut vessel.name);
        }
        self.log(describe_vessel(&vessel, bytes))?;
        Ok(vessel)
    }

    fn log(&self, line: String) -> Result<(), VesselError> {
        self.say(Event::Log(line))
    }

    fn progress(&self, part: f64, step: Text) -> Result<(), VesselError> {
        self.say(Event::Progress(part, step))
    }

    /// Nobody listening any more is a wish to stop.
    fn say(&self, event: Event) -> Result<(), VesselError> {
        if self.stop.is_cancelled() || self.tell.blocking_send(event).is_err() {
            return Err(VesselError::Stopped);
        }
        Ok(())
    }
}

/// A part of a whole, from 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "a share is drawn, not reckoned with"
)]
fn share(part: u64, whole: u64) -> f64 {
    (part as f64 / whole.max(1) as f64).min(1.0)
}

fn write(to: &Path, made: &impl Serialize) -> Result<(), VesselError> {
    // A run that was stopped may still be at it: each writes a file of its own.
    let own = to.with_extension(format!("{}.part", uuid::Uuid::now_v7().simple()));
    let mut file = BufWriter::new(File::create(&own)?);
    serde_json::to_writer(&mut file, made).map_err(std::io::Error::from)?;
    file.flush()?;
    Ok(std::fs::rename(own, to)?)
}

fn describe_vessel(vessel: &Vessel, bytes: u64) -> String {
    let facts = tree::facts(vessel);
    let mut line = format!(
        "Read {} of “{}” from {} kB",
        number(vessel.parts.len(), "part", "parts"),
        vessel.name,
        bytes.div_ceil(1000)
    );
    if !facts.unknown_parts.is_empty() {
        let parts: usize = facts.unknown_parts.iter().map(|one| one.count).sum();
        let names: Vec<_> = facts
            .unknown_parts
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let names = names.join(", ");
        let parts = number(parts, "is", "are");
        let _ = write!(line, "; {parts} not in the part table: {names}");
    }
    line
}

fn describe_tree(tree: &PartTree) -> String {
    format!(
        "Linked {}, {} deep, {}",
        number(tree.parts.len(), "part", "parts"),
        tree.depth,
        number(
            tree.symmetry_groups.len(),
            "symmetry group",
            "symmetry groups"
        )
    )
}

fn describe_stage(stage: &Stage) -> String {
    let engines: usize = stage.engines.iter().map(|one| one.count).sum();
    format!(
        "Stage {}: {}, {}, wet {}, dry {}, Δv {}",
        stage.number,
        number(stage.parts, "part", "parts"),
        number(engines, "engine burns", "engines burn"),
        describe(&stage.wet_mass, "t"),
        describe(&stage.dry_mass, "t"),
        describe(&stage.delta_v_vacuum, "m/s")
    )
}

fn number(amount: usize, one: &str, many: &str) -> String {
    format!("{amount} {}", if amount == 1 { one } else { many })
}

fn describe(figure: &Figure, unit: &str) -> String {
    match (figure.value, figure.at_least, figure.certainty) {
        (Some(value), _, Certainty::Estimated) => format!("about {value:.3} {unit}"),
        (Some(value), ..) => format!("{value:.3} {unit}"),
        (None, Some(least), _) => format!("at least {least:.3} {unit}"),
        (None, None, _) => "unknown".to_owned(),
    }
}

/// Letters, digits and hyphens alone, so that it is safe as a file's name everywhere.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let plain: String = words.join("-").to_lowercase().chars().take(60).collect();
    if plain.is_empty() {
        "vessel".to_owned()
    } else {
        plain
    }
}
