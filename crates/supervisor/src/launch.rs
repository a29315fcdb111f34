//! The launcher: the process that sets what the program inherits and then becomes the program.

use crate::control_line::Launch;
use crate::program::Program;
use rustix::process::{
    Pid, Resource, Rlimit, Signal, getppid, getrlimit, set_parent_process_death_signal, setrlimit,
    setsid,
};
use std::io::{Error, Read, Write, stdin};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode, Stdio};

/// Seconds of processor time between SIGXCPU and SIGKILL, so that the program can shut down.
const CPU_GRACE: u64 = 2;
/// Makes the kernel kill the program before the host when memory runs out (proc(5), `oom_score_adj`).
const OOM_SCORE: &str = "500";

/// Becomes the program that arrives on standard input, or sends back there why it cannot.
pub(crate) fn run() -> ExitCode {
    let Ok(mut supervisor) = stdin().as_fd().try_clone_to_owned().map(UnixStream::from) else {
        return ExitCode::FAILURE;
    };
    let error = become_program(&mut supervisor);
    // On success exec has closed this end without writing anything.
    let _ = supervisor.write_all(error.to_string().as_bytes());
    ExitCode::FAILURE
}

/// Returns only on failure.
fn become_program(supervisor: &mut UnixStream) -> Error {
    let program = match prepare(supervisor) {
        Ok(program) => program,
        Err(error) => return error,
    };
    Command::new(&program.path)
        .args(&program.args)
        .env_clear()
        .envs(program.environment)
        .current_dir(&program.working_directory)
        .stdin(Stdio::null())
        .exec()
}

fn prepare(supervisor: &mut UnixStream) -> Result<Program, Error> {
    let mut message = Vec::new();
    supervisor.read_to_end(&mut message)?;
    let Launch { program, limits } = serde_json::from_slice(&message)?;
    // The program dies with its supervisor, whose only thread is the one that started this process.
    let parent = getppid();
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if getppid() != parent || parent.is_none_or(Pid::is_init) {
        return Err(Error::other("the supervisor is gone"));
    }
    // Its own group and session, without a terminal.
    setsid()?;
    limit(Resource::Cpu, limits.cpu.as_secs().max(1), CPU_GRACE)?;
    limit(Resource::Data, limits.memory, 0)?;
    limit(Resource::Core, 0, 0)?;
    // If this is not allowed, the kernel chooses by itself.
    let _ = std::fs::write("/proc/self/oom_score_adj", OOM_SCORE);
    Ok(program)
}

/// Sets a soft limit, and a hard limit `grace` above it, neither of them above the host's own hard limit.
fn limit(resource: Resource, soft: u64, grace: u64) -> Result<(), Error> {
    let most = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    Ok(setrlimit(
        resource,
        Rlimit {
            current: Some(soft.min(most)),
            maximum: Some(soft.saturating_add(grace).min(most)),
        },
    )?)
}
