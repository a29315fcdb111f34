//! Runs a vessel job in a thread of its own, with its progress, log and checkpoints.

use super::VesselMessage;
use super::error::VesselError;
use super::input::StoredVesselInput;
use super::spec::{VesselKind, VesselOutput};
use crate::job::{FailureCode, Stream};
use crate::kinds::vessel::craft_folder::CraftFolder;
use crate::worker::{Finished, JobContext, JobHandler, Stop};
use craft::{Confidence, Figure, PartTree, Stage, Vessel, VesselSummary};
use futures::future::BoxFuture;
use serde::Serialize;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// How many events the thread may be ahead of the job.
const EVENT_BUFFER: usize = 16;
/// How often the job checks for a requested state while the thread sends nothing.
const CHECKPOINT_INTERVAL: Duration = Duration::from_millis(250);
/// While reading: the number of parts between two log lines, and the time between two reports of progress.
const PARTS_PER_LOG_LINE: usize = 1000;
const PROGRESS_INTERVAL: Duration = Duration::from_millis(100);
/// The share of reading in the whole progress.
const READING: f64 = 0.7;

/// The `format` of each kind's results.
const PART_TREE_FORMAT: &str = "jobtray.part_tree/1";
const STAGE_PLAN_FORMAT: &str = "jobtray.stage_plan/1";

/// A result as its file holds it.
#[derive(Serialize)]
struct VesselArtifact<'a, T> {
    format: &'static str,
    #[serde(flatten)]
    made: &'a T,
}

/// What the thread reports.
enum Event {
    Log(String),
    Progress(f64, VesselMessage),
}

impl JobHandler for VesselKind {
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let input: StoredVesselInput = serde_json::from_value(context.input().clone())
                .map_err(|error| failed(FailureCode::InvalidInput, &error))?;
            let stop = CancellationToken::new();
            // Stops the thread when the run is dropped.
            let _guard = stop.clone().drop_guard();
            let (events, mut received) = mpsc::channel(EVENT_BUFFER);
            let thread = {
                let work = VesselWork {
                    made: self.made,
                    folder: self.folder.clone(),
                    input,
                    file: context.scratch().join("vessel.json"),
                    events,
                    stop,
                };
                tokio::task::spawn_blocking(move || work.all())
            };
            loop {
                match tokio::time::timeout(CHECKPOINT_INTERVAL, received.recv()).await {
                    Ok(None) => break,
                    Ok(Some(Event::Log(line))) => context.log(Stream::Stdout, &line),
                    Ok(Some(Event::Progress(progress, message))) => {
                        context.progress(progress, &message);
                    }
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
                details: None,
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

/// The work of the thread.
struct VesselWork {
    made: VesselOutput,
    folder: CraftFolder,
    input: StoredVesselInput,
    file: PathBuf,
    events: mpsc::Sender<Event>,
    stop: CancellationToken,
}

impl VesselWork {
    /// Reads the vessel and writes the result; returns its file and a name for downloads.
    fn all(&self) -> Result<(PathBuf, String), VesselError> {
        let vessel = self.vessel()?;
        self.progress(
            READING,
            VesselMessage::LinkingParts {
                parts: vessel.parts.len(),
            },
        )?;
        let ending = match self.made {
            VesselOutput::PartTree => {
                let tree = craft::part_tree(&vessel);
                self.log(describe_tree(&tree))?;
                write(&self.file, PART_TREE_FORMAT, &tree)?;
                "part-tree"
            }
            VesselOutput::StagePlan => {
                let mut on_stage = |progress: craft::PlanProgress| {
                    let stage = progress.stage;
                    let step = VesselMessage::PlanningStage {
                        stage: stage.number,
                    };
                    let done = share(progress.done as u64, progress.stages as u64);
                    let part = READING + (1.0 - READING) * done;
                    let logged = self.log(describe_stage(stage));
                    goes_on(logged.and_then(|()| self.progress(part, step)))
                };
                let is_stopped = || self.stop.is_cancelled();
                let plan = craft::stage_plan_with_progress(&vessel, &is_stopped, &mut on_stage)?;
                let total = describe(&plan.total.delta_v_vacuum, "m/s");
                self.log(format!("Total Δv in vacuum: {total}"))?;
                write(&self.file, STAGE_PLAN_FORMAT, &plan)?;
                "stage-plan"
            }
        };
        let name = format!("{}-{ending}.json", plain(&vessel.name));
        Ok((self.file.clone(), name))
    }

    fn vessel(&self) -> Result<Vessel, VesselError> {
        let (file, bytes) = self.input.source.open(&self.folder)?;
        let (mut reported, mut logged) = (Instant::now(), 0);
        let mut on_progress = |progress: craft::ReadProgress| {
            let parts = progress.parts;
            if parts >= logged + PARTS_PER_LOG_LINE {
                logged = parts;
                self.log(format!("Read {parts} parts"))?;
            }
            if reported.elapsed() < PROGRESS_INTERVAL {
                return self.check();
            }
            reported = Instant::now();
            let step = VesselMessage::ReadingParts { parts };
            self.progress(READING * share(progress.bytes, bytes), step)
        };
        let requested_name = self.input.vessel.as_deref();
        let mut vessel = craft::read_vessel_with_progress(file, requested_name, &mut |progress| {
            goes_on(on_progress(progress))
        })?;
        if vessel.name.is_empty() {
            self.input.file_stem().clone_into(&mut vessel.name);
        }
        self.log(describe_vessel(&vessel, bytes))?;
        Ok(vessel)
    }

    fn log(&self, line: String) -> Result<(), VesselError> {
        self.send(Event::Log(line))
    }

    fn progress(&self, part: f64, step: VesselMessage) -> Result<(), VesselError> {
        self.send(Event::Progress(part, step))
    }

    /// A closed channel means that the run was dropped.
    fn send(&self, event: Event) -> Result<(), VesselError> {
        self.check()?;
        let sent = self.events.blocking_send(event);
        sent.map_err(|_| VesselError::Stopped)
    }

    /// An error if the job was asked to stop.
    fn check(&self) -> Result<(), VesselError> {
        if self.stop.is_cancelled() {
            return Err(VesselError::Stopped);
        }
        Ok(())
    }
}

/// Whether the engine continues: sending fails only when the job has to stop.
fn goes_on(sent: Result<(), VesselError>) -> ControlFlow<()> {
    match sent {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

/// A part of a whole, from 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "a share of progress needs few digits"
)]
fn share(part: u64, whole: u64) -> f64 {
    (part as f64 / whole.max(1) as f64).min(1.0)
}

fn write(to: &Path, format: &'static str, made: &impl Serialize) -> Result<(), VesselError> {
    // The thread of an earlier run may still be writing, so each run writes its own file.
    let own = to.with_extension(format!("{}.part", uuid::Uuid::now_v7().simple()));
    let mut file = BufWriter::new(File::create(&own)?);
    serde_json::to_writer(&mut file, &VesselArtifact { format, made })
        .map_err(std::io::Error::from)?;
    file.flush()?;
    Ok(std::fs::rename(own, to)?)
}

fn describe_vessel(vessel: &Vessel, bytes: u64) -> String {
    let unknown = VesselSummary::new(vessel).unknown_parts;
    let mut line = format!(
        "Read {} of “{}” from {} kB",
        number(vessel.parts.len(), "part", "parts"),
        vessel.name,
        bytes.div_ceil(1000)
    );
    if !unknown.is_empty() {
        let parts: usize = unknown.iter().map(|one| one.count).sum();
        let names: Vec<_> = unknown.iter().map(|one| one.name.as_str()).collect();
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
    match (figure.value, figure.at_least, figure.confidence) {
        (Some(value), _, Confidence::Estimated) => format!("about {value:.3} {unit}"),
        (Some(value), ..) => format!("{value:.3} {unit}"),
        (None, Some(least), _) => format!("at least {least:.3} {unit}"),
        (None, None, _) => "unknown".to_owned(),
    }
}

/// Letters, digits and hyphens only, which are safe in file names everywhere.
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
