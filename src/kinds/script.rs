//! The kind `script`: runs a file of the operator's scripts folder and follows it.
//!
//! # Layout
//! - `input`: what a caller may ask for · `folder`: which files may run
//! - `handler`: one run, from its start to its end · `output`: what the script prints, within limits
//! - `failure`: what the end means for the job
//!
//! The `supervisor` crate keeps the script and all that it starts under control, and says what can escape;
//! the `progress` crate reads progress from what the script prints.

mod failure;
mod folder;
mod handler;
mod input;
mod output;

use crate::i18n::{Lang, Translation, job};
use crate::job::{Action, JobId, Text};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use folder::ScriptsFolder;
use handler::RunningScript;
use input::Input;
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use supervisor::{Limits, Supervisor};

/// What a script may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptLimits {
    pub tree: Limits,
    /// Bytes of the output of both streams, without progress that was overwritten.
    pub output: u64,
}

impl Default for ScriptLimits {
    fn default() -> Self {
        Self {
            tree: Limits {
                cpu: Duration::from_hours(1),
                memory: 4 << 30,
                time: Duration::from_hours(6),
            },
            output: 64 << 20,
        }
    }
}

/// Runs scripts.
pub struct ScriptKind {
    folder: Option<ScriptsFolder>,
    limits: ScriptLimits,
    supervisor: Supervisor,
    /// Scripts whose job is paused.
    paused: Mutex<HashMap<JobId, RunningScript>>,
}

impl ScriptKind {
    /// Runs the scripts in `folder`; without a folder the kind is off.
    pub fn new(folder: Option<PathBuf>, limits: ScriptLimits, supervisor: Supervisor) -> Self {
        Self {
            folder: folder.map(ScriptsFolder::new),
            limits,
            supervisor,
            paused: Mutex::default(),
        }
    }

    fn paused(&self) -> MutexGuard<'_, HashMap<JobId, RunningScript>> {
        self.paused.lock().unwrap_or_else(PoisonError::into_inner)
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
        input::schema(
            &self
                .folder
                .as_ref()
                .map(ScriptsFolder::names)
                .unwrap_or_default(),
        )
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
            Some(_) => "scripts run on Linux only",
            None => {
                "no scripts can run here; the operator sets their folder in JOBTRAY_SCRIPTS_DIR"
            }
        };
        Err(why.to_owned())
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let input = input::read(input)?;
            let Some(folder) = self.folder.clone() else {
                return Err(input::invalid("input.script", "no scripts can run here"));
            };
            let input = tokio::task::spawn_blocking(move || known(&folder, input))
                .await
                .map_err(|error| QueueError::Unavailable(error.to_string()))??;
            let name = Text::new("name.script").with("script", input.short_name());
            Ok(Prepared {
                name: job::say(Lang::En, Some(&name), &input.script),
                name_text: Some(name),
                estimate_seconds: None,
                refs: Vec::new(),
                input: serde_json::to_value(input)
                    .map_err(|error| input::invalid("input", error.to_string()))?,
            })
        })
    }
}

/// The input, if its script may run; otherwise an error that lists the scripts that may.
fn known(folder: &ScriptsFolder, input: Input) -> Result<Input, QueueError> {
    let Err(error) = folder.find(&input.script) else {
        return Ok(input);
    };
    let names = folder.names();
    let known = if names.is_empty() {
        "there are none".to_owned()
    } else {
        format!("there are: {}", names.join(", "))
    };
    let problem = format!("{error}; {known}");
    Err(input::invalid("input.script", problem))
}
