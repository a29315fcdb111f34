//! The job handler: one run of a script, from its start or from where it was paused, to its end.

use super::failure;
use super::input::Input;
use super::message::ScriptMessage;
use super::output::Output;
use super::running_script::{Followed, RunningScript, left_and_ended, note};
use super::spec::ScriptKind;
use crate::job::{FailureCode, JobId};
use crate::worker::{Finished, JobContext, JobHandler, Stop};
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use supervisor::{Program, kill_by_environment};

/// The variables that a script inherits from the server, besides those that [`environment`] sets.
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
/// The script's `PATH` if the server itself has none.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// The variable that marks the processes of a job.
const JOB_ID: &str = "JOBTRAY_JOB_ID";

impl JobHandler for ScriptKind {
    fn run<'a>(&'a self, context: &'a dyn JobContext) -> BoxFuture<'a, Result<Finished, Stop>> {
        Box::pin(async move {
            let mut script = match self.resume(context).await {
                Some(script) => script,
                None => self.start(context).await?,
            };
            match script.follow(context).await? {
                Followed::Ended(end) => {
                    script.output.finish(context)?;
                    let last_line = script.output.last_line();
                    failure::check(end, &script.input, last_line, &self.limits)?;
                    Ok(Finished {
                        file: script.result,
                        extension: "txt",
                        media_type: "text/plain; charset=utf-8",
                        download_name: script.input.download_name(),
                        details: None,
                    })
                }
                Followed::Paused => {
                    self.paused().insert(context.job().clone(), script);
                    Err(Stop::Requested)
                }
                Followed::Stopped => {
                    script.output.finish(context)?;
                    Err(Stop::Requested)
                }
            }
        })
    }

    fn held_jobs(&self) -> Vec<JobId> {
        self.paused().keys().cloned().collect()
    }

    fn release(&self, job: &JobId) {
        self.paused().remove(job);
    }
}

impl ScriptKind {
    /// The paused script of this job, if it is still alive.
    async fn resume(&self, context: &dyn JobContext) -> Option<RunningScript> {
        let paused = self.paused().remove(context.job());
        // Without a checkpoint this is another attempt, with a folder of its own.
        let mut script = paused.filter(|_| context.resume_from().is_some())?;
        script.tree.resume().await.ok()?;
        note(context, "the script was resumed");
        Some(script)
    }

    async fn start(&self, context: &dyn JobContext) -> Result<RunningScript, Stop> {
        let input = Input::deserialize(context.input()).map_err(|error| invalid_input(&error))?;
        let Some(folder) = &self.folder else {
            return Err(failure::gone(&input));
        };
        let script = folder.find(&input.script).map_err(|error| {
            note(context, &format!("{} {error}", input.script));
            failure::gone(&input)
        })?;
        if let Some(interpreter) = script.missing_interpreter(&OsString::from(search_path())) {
            let interpreter = interpreter.to_string_lossy();
            return Err(failure::no_interpreter(&input, &interpreter));
        }
        if context.resume_from().is_some() {
            // No checkpoint here: it would reset the count of lost leases, and a script that crashes the server
            // each time would never fail.
            let killed = kill_by_environment(JOB_ID, context.job().as_str());
            note(
                context,
                "the last run was interrupted; the script starts again from its beginning",
            );
            if killed > 0 {
                note(context, &format!("the last run {}", left_and_ended(killed)));
            }
        } else {
            context.checkpoint(Some(json!({ "begun": true }))).await?;
        }
        let folders = JobFolders::create(context.scratch())?;
        let running = ScriptMessage::Running {
            script: input.short_name(),
        };
        let output = Output::new(&folders.result, self.limits.output, running.clone())?;
        let program = Program {
            path: script.path,
            args: input.args.clone(),
            environment: environment(context.job(), folder.path(), &folders),
            working_directory: folders.work.clone(),
        };
        context.step(&running);
        let tree = self.supervisor.start(&program, self.limits.tree).await?;
        Ok(RunningScript {
            input,
            tree,
            output,
            result: folders.result,
        })
    }
}

/// Another version of the program wrote the row.
fn invalid_input(error: &serde_json::Error) -> Stop {
    Stop::Failed {
        code: FailureCode::InvalidInput,
        summary: error.to_string(),
        text: None,
    }
}

/// The folders and files of a run, below the job's own folder.
struct JobFolders {
    /// The script's working directory and home.
    work: PathBuf,
    temporary: PathBuf,
    result: PathBuf,
}

impl JobFolders {
    /// Creates empty folders, and removes what an earlier run left.
    fn create(scratch: &Path) -> Result<Self, std::io::Error> {
        let scratch = scratch.canonicalize()?;
        let folders = Self {
            work: scratch.join("work"),
            temporary: scratch.join("tmp"),
            result: scratch.join("output.txt"),
        };
        for folder in [&folders.work, &folders.temporary] {
            match std::fs::remove_dir_all(folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => std::fs::create_dir(folder)?,
            }
        }
        Ok(folders)
    }
}

/// A script's whole environment. The server's other variables may hold secrets.
fn environment(job: &JobId, scripts: &Path, folders: &JobFolders) -> Vec<(String, String)> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let set = [
        (JOB_ID, job.to_string()),
        ("PATH", search_path()),
        ("HOME", text(&folders.work)),
        ("TMPDIR", text(&folders.temporary)),
        ("JOBTRAY_SCRIPTS_DIR", text(scripts)),
        // No colours; and Python prints at once instead of when its buffer is full.
        ("TERM", "dumb".to_owned()),
        ("PYTHONUNBUFFERED", "1".to_owned()),
    ];
    let inherited = INHERITED
        .iter()
        .filter_map(|name| Some((*name, std::env::var(name).ok()?)));
    set.into_iter()
        .chain(inherited)
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn search_path() -> String {
    std::env::var("PATH").unwrap_or(DEFAULT_PATH.to_owned())
}
