//! The process that becomes the script: sets what the script inherits, then is replaced by it.

use super::orders::Command;
use rustix::process::{
    Pid, Resource, Rlimit, Signal, getppid, getrlimit, set_parent_process_death_signal, setrlimit,
    setsid,
};
use std::io::{Error, Read, Write, stdin};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{ExitCode, Stdio};

/// Seconds of processor time after SIGXCPU, to end in good order before SIGKILL.
const CPU_GRACE: u64 = 2;
/// How much sooner than others the script goes when memory runs out (proc(5), `oom_score_adj`): the server stays.
const KILLED_SOONER: &str = "500";

/// Becomes the script that standard input names; its keeper reads there why it did not.
pub fn start() -> ExitCode {
    let Ok(mut keeper) = stdin().as_fd().try_clone_to_owned().map(UnixStream::from) else {
        return ExitCode::FAILURE;
    };
    let problem = become_script(&mut keeper);
    // When it succeeds, this end is closed by exec without a word.
    let _ = keeper.write_all(problem.to_string().as_bytes());
    ExitCode::FAILURE
}

/// Returns only with what went wrong.
fn become_script(keeper: &mut UnixStream) -> Error {
    let command = match prepare(keeper) {
        Ok(command) => command,
        Err(error) => return error,
    };
    std::process::Command::new(&command.program)
        .args(&command.args)
        .env_clear()
        .envs(command.environment)
        .current_dir(&command.folder)
        .stdin(Stdio::null())
        .exec()
}

fn prepare(keeper: &mut UnixStream) -> Result<Command, Error> {
    let mut order = Vec::new();
    keeper.read_to_end(&mut order)?;
    let command: Command = serde_json::from_slice(&order)?;
    // It dies with its keeper, who is a single thread that waits for it.
    let parent = getppid();
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if getppid() != parent || parent.is_none_or(Pid::is_init) {
        return Err(Error::other("the keeper is gone"));
    }
    // A group and a session of its own, without a terminal.
    setsid()?;
    limit(Resource::Cpu, command.cpu_seconds, CPU_GRACE)?;
    limit(Resource::Data, command.memory, 0)?;
    limit(Resource::Core, 0, 0)?;
    // Where it is not allowed, the system chooses by itself.
    let _ = std::fs::write("/proc/self/oom_score_adj", KILLED_SOONER);
    Ok(command)
}

/// Sets a limit, or leaves a lower one that the server itself is under.
fn limit(resource: Resource, at: u64, more: u64) -> Result<(), Error> {
    let most = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    Ok(setrlimit(
        resource,
        Rlimit {
            current: Some(at.min(most)),
            maximum: Some(at.saturating_add(more).min(most)),
        },
    )?)
}
