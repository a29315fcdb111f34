//! What the queue needs to know about the kind, and how a job is prepared.

use super::KIND;
use super::folder::{ScriptError, ScriptsFolder};
use super::input::{self, Input};
use super::limits::ScriptLimits;
use super::message::{ScriptMessage, ScriptOff, ScriptRule};
use super::running_script::RunningScript;
use crate::i18n::{Sentence, Translate, Translation};
use crate::job::{Action, JobId};
use crate::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use crate::validation::{FieldError, Rule, read_input};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use supervisor::Supervisor;

/// Runs scripts.
pub struct ScriptKind {
    pub(super) folder: Option<ScriptsFolder>,
    pub(super) limits: ScriptLimits,
    pub(super) supervisor: Supervisor,
    /// The suspended scripts of paused jobs.
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

    pub(super) fn paused(&self) -> MutexGuard<'_, HashMap<JobId, RunningScript>> {
        self.paused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KindSpec for ScriptKind {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn former_kinds(&self) -> &'static [&'static str] {
        &["execute_script"]
    }

    fn label(&self) -> Translation {
        Translation::new("Script", "Script")
    }

    fn input_schema(&self) -> Value {
        let names = self.folder.as_ref().map(ScriptsFolder::names);
        input::schema(&names.unwrap_or_default())
    }

    fn action(&self) -> Action {
        Action::Read
    }

    fn reaches_out(&self) -> bool {
        // A script may do whatever the server's user is allowed to do.
        true
    }

    fn available(&self) -> Result<(), Sentence> {
        match &self.folder {
            Some(_) if cfg!(target_os = "linux") => Ok(()),
            Some(_) => Err(Sentence::from(&ScriptOff::OtherSystem)),
            None => Err(Sentence::from(&ScriptOff::NoFolder)),
        }
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let input: Input = read_input(&input)?;
            let Some(folder) = self.folder.clone() else {
                let (kind, reason) = (KIND.to_owned(), Sentence::from(&ScriptOff::NoFolder));
                return Err(FieldError::new("type", Rule::KindOff { kind, reason }).into());
            };
            let input = tokio::task::spawn_blocking(move || known(&folder, input))
                .await
                .map_err(|error| QueueError::Unavailable(error.to_string()))??;
            let script = input.short_name();
            let name = ScriptMessage::Name { script };
            Ok(Prepared {
                name: name.english(),
                name_text: Some(name.text()),
                estimate_seconds: None,
                refs: Vec::new(),
                input: json!(input),
            })
        })
    }
}

/// The input if its script may run, else an error that lists the scripts that may.
fn known(folder: &ScriptsFolder, input: Input) -> Result<Input, FieldError> {
    let Err(error) = folder.find(&input.script) else {
        return Ok(input);
    };
    let names = folder.names();
    let known = if names.is_empty() {
        "—".to_owned()
    } else {
        names.join(", ")
    };
    let rule = match error {
        ScriptError::Name => ScriptRule::Name { known },
        ScriptError::Missing => ScriptRule::Missing { known },
        ScriptError::Outside => ScriptRule::Outside { known },
        ScriptError::NotAFile => ScriptRule::NotAFile { known },
        ScriptError::NotExecutable => ScriptRule::NotExecutable { known },
        ScriptError::NoInterpreter => ScriptRule::NoInterpreter { known },
        ScriptError::Unreadable => ScriptRule::Unreadable { known },
    };
    let reason = Sentence::from(&rule);
    Err(FieldError::new("input.script", Rule::Other { reason }))
}
