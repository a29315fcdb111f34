//! The kind `script`: runs a file of the operator's scripts folder, and follows it.
//!
//! # Layout
//! - `input`: what may be asked · `folder`: which files may run
//! - `run`: one run, from the order to its end; `outcome`: what that end means
//! - `process`: the script as this process sees it · `output`: what it prints, within its limits
//! - `keeper`, `start`: two processes between this one and the script; `orders`: what they are told
//! - `family`: every process that comes from one, however it hides
//!
//! # Processes
//!
//! ```text
//! jobtray serve ── jobtray script-keeper ── jobtray script-start, which becomes the script ── …
//!           └─ orders and news, over one socket ┘
//! ```
//!
//! The *keeper* is the subreaper of all that the script starts: whoever forks twice and leaves
//! group and session becomes its child, so that it finds and ends them all. When its socket closes,
//! by a crash or a kill of the server too, it ends them at once. *start* sets limits and the signal
//! that kills the script with its keeper, and then becomes the script. Both are this program again,
//! which needs no `unsafe` between fork and exec, and no thread that must outlive its child.
//!
//! What is not caught: work that is handed to another service (`at`, cron, docker, systemd-run),
//! what another user runs (`sudo`), and, if somebody kills the keeper itself, whatever the script had
//! started: those are looked for by their environment when the job runs again. The limits of memory
//! and processor count for each process alone: more needs control groups, which no ordinary user has.

mod family;
mod folder;
mod input;
#[cfg(target_os = "linux")]
mod keeper;
mod orders;
mod outcome;
mod output;
mod process;
mod run;
#[cfg(target_os = "linux")]
mod start;

#[cfg(target_os = "linux")]
pub use keeper::keep;
#[cfg(target_os = "linux")]
pub use start::start;

/// Other systems have no subreapers, and no script is started there.
#[cfg(not(target_os = "linux"))]
pub fn keep() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}

/// Other systems have no signal that comes with a parent's death.
#[cfg(not(target_os = "linux"))]
pub fn start() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, JobId, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use folder::Folder;
use input::Order;
use run::Live;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The hidden commands of the program: the keeper of a script, and what becomes the script.
pub const KEEPER: &str = "script-keeper";
pub const START: &str = "script-start";

/// What a script may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Processor time of each process.
    pub cpu: Duration,
    /// Bytes of data of each process: `RLIMIT_DATA`, what it can write and has of its own. Address space
    /// (`RLIMIT_AS`) would stop programs that reserve much and use little, such as Node or Java.
    pub memory: u64,
    /// Time from start to end; a pause does not count.
    pub time: Duration,
    /// Bytes printed on both streams.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu: Duration::from_hours(1),
            memory: 4 << 30,
            time: Duration::from_hours(6),
            output: 64 << 20,
        }
    }
}

/// The program that runs, also where its file was replaced since (see proc(5)).
#[must_use]
pub fn this_program() -> PathBuf {
    PathBuf::from("/proc/self/exe")
}

/// Runs scripts.
pub struct ScriptKind {
    folder: Option<Folder>,
    limits: Limits,
    /// jobtray's program, whose hidden commands keep the script.
    program: PathBuf,
    /// Scripts that are suspended while their job is paused.
    suspended: Mutex<HashMap<JobId, Live>>,
}

impl ScriptKind {
    /// Runs what is in `folder`; without one the kind is off.
    pub fn new(folder: Option<PathBuf>, limits: Limits, program: PathBuf) -> Self {
        Self {
            folder: folder.map(Folder::new),
            limits,
            program,
            suspended: Mutex::default(),
        }
    }

    fn suspended(&self) -> std::sync::MutexGuard<'_, HashMap<JobId, Live>> {
        self.suspended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl KindSpec for ScriptKind {
    fn kind(&self) -> &'static str {
        "script"
    }

    fn label(&self) -> Translation {
        Translation::new("Script", "Script")
    }

    fn input_schema(&self) -> Value {
        input::schema(&self.folder.as_ref().map(Folder::names).unwrap_or_default())
    }

    fn action(&self) -> Action {
        Action::Read
    }

    fn reaches_out(&self) -> bool {
        // A script may do whatever the server's user may.
        true
    }

    fn available(&self) -> Result<(), String> {
        let why = match &self.folder {
            Some(_) if cfg!(target_os = "linux") => return Ok(()),
            Some(_) => "scripts can be kept on Linux alone",
            None => {
                "no scripts may be run here; the operator names their folder in JOBTRAY_SCRIPTS_DIR"
            }
        };
        Err(why.to_owned())
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let order = input::read(input)?;
            let Some(folder) = self.folder.clone() else {
                return Err(input::invalid("input.script", "no scripts may be run here"));
            };
            let order = tokio::task::spawn_blocking(move || known(&folder, order))
                .await
                .map_err(|error| QueueError::Unavailable(error.to_string()))??;
            let name = Text::new("name.script").with("script", order.short_name());
            Ok(Prepared {
                name: job::say(Lang::En, Some(&name), &order.script),
                name_text: Some(name),
                estimate_seconds: None,
                refs: Vec::new(),
                input: serde_json::to_value(order)
                    .map_err(|error| input::invalid("input", error.to_string()))?,
            })
        })
    }
}

/// The order, if its script may run; else the names of those that may.
fn known(folder: &Folder, order: Order) -> Result<Order, QueueError> {
    match folder.find(&order.script) {
        Ok(_) => Ok(order),
        Err(problem) => {
            let names = folder.names();
            let known = if names.is_empty() {
                "there are none".to_owned()
            } else {
                format!("there are: {}", names.join(", "))
            };
            let problem = format!("{problem}; {known}");
            Err(input::invalid("input.script", problem))
        }
    }
}
