//! The supervisor: the process that runs a program with all its child processes, and leaves none of them behind.

use crate::control_line::{ControlLine, Exit, Launch, Report, Request};
use crate::processes::{descendants, signal_all};
use crate::reexec::{Role, THIS_PROGRAM};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, getpid, set_child_subreaper, wait};
use std::io::{Error, Read, Write, stdin};
use std::net::Shutdown;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::Duration;
use tokio::signal::unix::{Signal as SignalStream, SignalKind, signal as listen};
use tokio::time::{Instant, sleep_until};

/// How long processes that the program left in the background may run on, to print their last lines.
const LINGER: Duration = Duration::from_secs(1);
/// Time between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_secs(2);
/// Time between two rounds of SIGKILL. A process that forks in between is caught by the next round.
const KILL_INTERVAL: Duration = Duration::from_millis(10);

/// Supervises the program that arrives on the control line, which is standard input.
pub(crate) fn run() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    match runtime.and_then(|runtime| runtime.block_on(supervise())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("supervisor: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn supervise() -> Result<(), Error> {
    let socket = UnixStream::from(stdin().as_fd().try_clone_to_owned()?);
    let mut control = ControlLine::new(socket)?;
    let Some(launch) = control.receive::<Launch>().await? else {
        return Ok(());
    };
    // Before the first child, so that none can escape.
    set_child_subreaper(Some(getpid()))?;
    let children = listen(SignalKind::child())?;
    let sigterm = listen(SignalKind::terminate())?;
    let report = match start(&launch) {
        Ok(program) => {
            let mut supervision = Supervision {
                program,
                exit: None,
                phase: Phase::Running,
                left_behind: 0,
            };
            let exit = supervision
                .until_ended(children, sigterm, &mut control)
                .await?;
            let left_behind = supervision.left_behind;
            Report::Ended { exit, left_behind }
        }
        Err(error) => Report::NotStarted(error.to_string()),
    };
    // The host may be gone.
    let _ = control.send(&report).await;
    Ok(())
}

/// Starts a launcher, and waits until it has become the program, which closes its end of a socket.
fn start(launch: &Launch) -> Result<Pid, Error> {
    let (mut ours, theirs) = UnixStream::pair()?;
    let child = Role::Launch
        .command(Path::new(THIS_PROGRAM))
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .spawn()?;
    ours.write_all(&serde_json::to_vec(launch)?)?;
    ours.shutdown(Shutdown::Write)?;
    let mut error = String::new();
    ours.read_to_string(&mut error)?;
    if error.is_empty() {
        Ok(Pid::from_child(&child))
    } else {
        Err(Error::other(error))
    }
}

struct Supervision {
    program: Pid,
    exit: Option<Exit>,
    phase: Phase,
    left_behind: usize,
}

/// The phase of the process tree, with its deadline.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Running,
    /// The program has ended. The processes that it started may run a little longer.
    Lingering(Instant),
    /// The processes were asked to end (SIGTERM).
    Terminating(Instant),
    /// The processes are killed, round by round.
    Killing(Instant),
}

impl Supervision {
    /// Returns when no process is left.
    async fn until_ended(
        &mut self,
        mut children: SignalStream,
        mut sigterm: SignalStream,
        control: &mut ControlLine,
    ) -> Result<Exit, Error> {
        let mut connected = true;
        while !self.reap()? {
            let until = match self.phase {
                Phase::Running => None,
                Phase::Lingering(at) | Phase::Terminating(at) | Phase::Killing(at) => Some(at),
            };
            tokio::select! {
                _ = children.recv() => {}
                request = control.receive(), if connected => {
                    if let Ok(Some(request)) = request {
                        self.handle(request);
                    } else {
                        // The host is gone or has dropped the tree.
                        connected = false;
                        self.kill();
                    }
                }
                _ = sigterm.recv() => self.kill(),
                () = sleep_until(until.unwrap_or_else(Instant::now)), if until.is_some() => {
                    match self.phase {
                        Phase::Lingering(_) => {
                            self.left_behind = descendants(getpid()).len();
                            self.terminate();
                        }
                        _ => self.kill(),
                    }
                }
            }
        }
        self.exit
            .ok_or_else(|| Error::other("the program was lost"))
    }

    /// Reaps the processes that ended; whether none is left. The supervisor is the subreaper, so every
    /// process of the tree becomes its child in the end.
    fn reap(&mut self) -> Result<bool, Error> {
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some((process, status))) if process == self.program => {
                    self.exit = Some(exit(status));
                    if self.phase == Phase::Running {
                        self.phase = Phase::Lingering(Instant::now() + LINGER);
                    }
                }
                Ok(Some(_)) | Err(Errno::INTR) => {}
                Ok(None) => return Ok(false),
                Err(Errno::CHILD) => return Ok(true),
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn handle(&mut self, request: Request) {
        match request {
            Request::Terminate => self.terminate(),
            Request::Pause => pause(),
            Request::Resume => signal_all(&descendants(getpid()), Signal::CONT),
        }
    }

    fn terminate(&mut self) {
        if matches!(self.phase, Phase::Running | Phase::Lingering(_)) {
            self.phase = Phase::Terminating(Instant::now() + GRACE);
            let processes = descendants(getpid());
            signal_all(&processes, Signal::TERM);
            // A stopped process would not handle the signal.
            signal_all(&processes, Signal::CONT);
        }
    }

    fn kill(&mut self) {
        self.phase = Phase::Killing(Instant::now() + KILL_INTERVAL);
        signal_all(&descendants(getpid()), Signal::KILL);
    }
}

/// Stops every process. The next round finds the children of those that forked in between.
fn pause() {
    let mut stopped = Vec::new();
    loop {
        let mut running = descendants(getpid());
        running.retain(|process| !stopped.contains(process));
        if running.is_empty() {
            return;
        }
        signal_all(&running, Signal::STOP);
        stopped.extend(running);
    }
}

fn exit(status: WaitStatus) -> Exit {
    match status.terminating_signal() {
        Some(signal) => Exit::Signal(signal),
        None => Exit::Status(status.exit_status().unwrap_or_default()),
    }
}
