//! One run of a script: from its start, or from where it was suspended, to its end.

use super::family::kill_marked;
use super::input::Order;
use super::orders::{Command, End, News, Wish};
use super::outcome::{self, Why};
use super::output::Output;
use super::process::{Event, Process};
use super::{Limits, ScriptKind};
use crate::job::{FailureCode, JobId, Stream, Text};
use crate::worker::{Context, Finished, JobHandler, Stop};
use futures::future::BoxFuture;
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// Time between two looks at the clock and at what somebody wished.
const LOOK: Duration = Duration::from_millis(100);

/// What of the server's environment a script gets, beside what [`environment`] makes.
const INHERITED: [&str; 9] = [
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_NUMERIC",
    "LC_TIME",
    "LOGNAME",
    "TZ",
    "USER",
];
/// Where programs are, when the server itself is not told.
const USUAL_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// The variable by which a script's processes are known.
const MARK: &str = "JOBTRAY_JOB_ID";

/// A started script, which may outlive a run of its job while the job is paused.
pub struct Live {
    order: Order,
    process: Process,
    output: Output,
    result: PathBuf,
    /// How long it ran before this run.
    ran: Duration,
}

/// Why a run is left.
enum Left {
    Ended(Why),
    Suspended,
    Wished,
}

impl JobHandler for ScriptKind {
    fn run<'a>(&'a self, context: &'a dyn Context) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let mut live = match self.go_on(context).await {
                Some(live) => live,
                None => self.begin(context).await?,
            };
            match live.follow(context, &self.limits).await? {
                Left::Ended(why) => {
                    live.output.end(context)?;
                    outcome::of(why, &live.order, live.output.last_words(), &self.limits)?;
                    Ok(Finished {
                        file: live.result,
                        extension: "txt",
                        media_type: "text/plain; charset=utf-8",
                        download_name: outcome::file_name(&live.order),
                    })
                }
                Left::Suspended => {
                    let mut suspended = self.suspended();
                    suspended.insert(context.job().clone(), live);
                    Err(Stop::Requested)
                }
                Left::Wished => {
                    live.output.end(context)?;
                    Err(Stop::Requested)
                }
            }
        })
    }

    fn kept(&self) -> Vec<JobId> {
        self.suspended().keys().cloned().collect()
    }

    fn let_go(&self, job: &JobId) {
        self.suspended().remove(job);
    }
}

impl ScriptKind {
    /// The suspended script of this job, if there is one that still lives.
    async fn go_on(&self, context: &dyn Context) -> Option<Live> {
        let suspended = self.suspended().remove(context.job());
        // Without a checkpoint this is another attempt: it has a folder of its own.
        let mut live = suspended.filter(|_| context.resume_from().is_some())?;
        live.process.wish(Wish::GoOn).await.ok()?;
        note(context, "the script goes on");
        Some(live)
    }

    /// Starts the script.
    async fn begin(&self, context: &dyn Context) -> Result<Live, Stop> {
        let order: Order = serde_json::from_value(context.input().clone())
            .map_err(|error| failed(FailureCode::InvalidInput, &error.to_string()))?;
        let path = OsString::from(std::env::var("PATH").unwrap_or(USUAL_PATH.to_owned()));
        let Some(folder) = &self.folder else {
            return Err(outcome::gone(&order));
        };
        let script = folder.find(&order.script).map_err(|problem| {
            note(context, &format!("{} {problem}", order.script));
            outcome::gone(&order)
        })?;
        if let Some(interpreter) = script.missing(&path) {
            return Err(outcome::no_interpreter(
                &order,
                &interpreter.to_string_lossy(),
            ));
        }
        if context.resume_from().is_some() {
            // A checkpoint now would count as getting further, and a script that brings the server
            // down again and again would never be given up.
            let killed = kill_marked(&format!("{MARK}={}", context.job()));
            note(
                context,
                "the last run was cut off; the script starts again from its beginning",
            );
            if killed > 0 {
                note(context, &format!("of it {}", left_and_ended(killed)));
            }
        } else {
            context.checkpoint(Some(json!({ "begun": true }))).await?;
        }
        let places = Places::prepare(context.scratch())?;
        let running = Text::new("step.running_script").with("script", order.short_name());
        let output = Output::new(&places.result, self.limits.output, running.clone())?;
        let command = Command {
            program: script.path,
            args: order.args.clone(),
            environment: environment(context.job(), folder.path(), &places),
            folder: places.work.clone(),
            cpu_seconds: self.limits.cpu.as_secs().max(1),
            memory: self.limits.memory,
        };
        context.step(running);
        let process = Process::start(&self.program, &command).await?;
        Ok(Live {
            order,
            process,
            output,
            result: places.result,
            ran: Duration::ZERO,
        })
    }
}

impl Live {
    /// Follows it to its end, or until the job is wished to stop.
    async fn follow(&mut self, context: &dyn Context, limits: &Limits) -> Result<Left, Stop> {
        let (before, began) = (self.ran, Instant::now());
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut buffer = Vec::new();
        // Why it was asked to end, and how it did.
        let (mut asked, mut end) = (None, None);
        loop {
            tokio::select! {
                event = self.process.next(&mut buffer) => match event? {
                    Event::Printed(stream, bytes) => {
                        let over = self.output.take(context, stream, &buffer[..bytes])?;
                        if over && asked.is_none() {
                            asked = Some(Left::Ended(Why::TooMuchOutput));
                            self.ask_to_end().await;
                        }
                    }
                    Event::News(News::Started) => {}
                    Event::News(News::Refused(problem)) => {
                        return Err(outcome::not_started(&self.order, &problem));
                    }
                    Event::News(News::Over { end: how, left_behind }) => {
                        end = Some(how);
                        if left_behind > 0 && asked.is_none() {
                            note(context, &format!(
                                "the script ended; of it {}", left_and_ended(left_behind)
                            ));
                        }
                    }
                    Event::Over => break,
                },
                _ = look.tick() => {
                    if asked.is_some() || end.is_some() {
                        continue;
                    }
                    if context.wants_stop() && context.pauses() {
                        self.ran = before + began.elapsed();
                        if self.process.wish(Wish::Suspend).await.is_ok() {
                            note(context, "the script is suspended");
                            return Ok(Left::Suspended);
                        }
                    } else if context.wants_stop() {
                        asked = Some(Left::Wished);
                        self.ask_to_end().await;
                    } else if before + began.elapsed() > limits.time {
                        asked = Some(Left::Ended(Why::TooLong));
                        self.ask_to_end().await;
                    }
                }
            }
        }
        Ok(asked.unwrap_or(Left::Ended(match end {
            Some(End::Status(status)) => Why::Status(status),
            Some(End::Signal(signal)) => Why::Signal(signal),
            None => Why::KeeperLost,
        })))
    }

    /// A keeper that cannot be told is gone; whoever escaped it may print on and on.
    async fn ask_to_end(&mut self) {
        if self.process.wish(Wish::End).await.is_err() {
            self.process.lose_keeper();
        }
    }
}

/// `2 processes were left, and were ended`
fn left_and_ended(processes: usize) -> String {
    match processes {
        1 => "1 process was left, and was ended".to_owned(),
        many => format!("{many} processes were left, and were ended"),
    }
}

/// Where a run's files are, below the job's own folder.
struct Places {
    /// The working directory and home of the script.
    work: PathBuf,
    temporary: PathBuf,
    result: PathBuf,
}

impl Places {
    /// Empty ones, whatever an earlier run left.
    fn prepare(scratch: &Path) -> Result<Self, std::io::Error> {
        let scratch = scratch.canonicalize()?;
        let places = Self {
            work: scratch.join("work"),
            temporary: scratch.join("tmp"),
            result: scratch.join("output.txt"),
        };
        for folder in [&places.work, &places.temporary] {
            match std::fs::remove_dir_all(folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => std::fs::create_dir(folder)?,
            }
        }
        Ok(places)
    }
}

/// All that a script finds in its environment. The server's own variables may hold secrets.
fn environment(job: &JobId, scripts: &Path, places: &Places) -> Vec<(String, String)> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let own = [
        (MARK, job.to_string()),
        (
            "PATH",
            std::env::var("PATH").unwrap_or(USUAL_PATH.to_owned()),
        ),
        ("HOME", text(&places.work)),
        ("TMPDIR", text(&places.temporary)),
        ("JOBTRAY_SCRIPTS_DIR", text(scripts)),
        // No colours, and Python prints when it is told to, not when its buffer is full.
        ("TERM", "dumb".to_owned()),
        ("PYTHONUNBUFFERED", "1".to_owned()),
    ];
    let inherited = INHERITED
        .iter()
        .filter_map(|name| Some((*name, std::env::var(name).ok()?)));
    own.into_iter()
        .chain(inherited)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A line of ours in the script's log.
fn note(context: &dyn Context, line: &str) {
    context.log(Stream::Stderr, &format!("jobtray: {line}"));
}

fn failed(code: FailureCode, summary: &str) -> Stop {
    Stop::Failed {
        code,
        summary: summary.to_owned(),
        text: None,
    }
}
