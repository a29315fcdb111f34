//! Runs a program and everything that it starts as one process tree, with limits and pauses, and ends all of it.
//!
//! # Layout
//! - [`run_if_reexecuted`] (here): what a host's `main` calls first
//! - [`Supervisor`], [`ProcessTree`], [`Event`] (`tree`): the host's side
//! - [`Program`], [`Limits`] (`program`): the program to run · [`Outcome`] (`outcome`): how it ended
//! - [`OutputStream`] (`output`): the pipes for the program's output
//! - `control_line`: the socket between host and supervisor
//! - `supervise`, `launch`: the two processes between the host and the program; `reexec`: how they start
//! - [`kill_by_environment`] (`processes`): processes as proc(5) lists them
//!
//! # Processes
//!
//! ```text
//! host ── host supervise-process-tree ── host launch-in-process-tree, which becomes the program ── …
//!   └── control line ──┘
//! ```
//!
//! The *supervisor* is the subreaper of everything that the program starts. A process that forks twice and leaves its
//! group and session becomes the supervisor's child, so the supervisor finds and ends all of them. When the control
//! line closes, even because the host crashed or was killed, it ends them at once. The *launcher* sets the limits and
//! the signal that kills the program together with its supervisor, and then becomes the program. Both run the host's
//! executable again. So there is no `unsafe` code between fork and exec, and no thread that must outlive its child.
//!
//! # What escapes
//!
//! Work that is handed to another service (`at`, cron, docker, systemd-run), processes of another user (`sudo`), and,
//! if the supervisor itself is killed, everything that the program had started, which [`kill_by_environment`] finds.
//! The limits of memory and processor time apply to each process. Limits for a whole tree would need control groups,
//! which ordinary users do not have.

mod control_line;
#[cfg(target_os = "linux")]
mod launch;
mod outcome;
mod output;
mod processes;
mod program;
mod reexec;
#[cfg(target_os = "linux")]
mod supervise;
mod tree;

pub use outcome::{Outcome, signal_name};
pub use output::OutputStream;
pub use processes::kill_by_environment;
pub use program::{Limits, Program};
pub use tree::{Event, ProcessTree, Supervisor};

use std::process::ExitCode;

/// Does what this process was started for, if a [`Supervisor`] started it, and returns its exit code.
///
/// A host's `main` calls this before anything else, and returns the code if there is one:
/// the process then belongs to a process tree and has standard input and output of its own.
#[cfg(target_os = "linux")]
#[must_use]
pub fn run_if_reexecuted() -> Option<ExitCode> {
    match reexec::Role::of_this_process()? {
        reexec::Role::Supervise => Some(supervise::run()),
        reexec::Role::Launch => Some(launch::run()),
    }
}

/// Other systems have no subreapers, so no [`Supervisor`] starts a process there.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn run_if_reexecuted() -> Option<ExitCode> {
    None
}
