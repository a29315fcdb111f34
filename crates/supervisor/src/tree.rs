//! The host's handle of a process tree.

use crate::control_line::{ControlLine, Exit, Launch, Report, Request};
use crate::outcome::Outcome;
use crate::output::{OutputPipes, OutputStream};
use crate::program::{Limits, Program};
use crate::reexec::{Role, THIS_PROGRAM};
use rustix::process::Signal;
use std::future::pending;
use std::io::{Error, ErrorKind};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::{Instant, sleep_until, timeout_at};

/// How long the pipes are still read after the supervisor is gone. A process that escaped may hold them open.
const LAST_OUTPUT: Duration = Duration::from_secs(1);

/// Starts process trees by re-executing a host: a program whose `main` calls
/// [`run_if_reexecuted`](crate::run_if_reexecuted).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervisor {
    host: PathBuf,
}

/// An event of a process tree.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The program printed this.
    Output(OutputStream, &'a [u8]),
    /// No process is left, and all output has been read. This is the last event.
    Ended {
        outcome: Outcome,
        /// The number of processes that the program left behind when it ended by itself, and that were ended.
        left_behind: usize,
    },
}

/// A running process tree. When it is dropped, the supervisor kills every process at once.
pub struct ProcessTree {
    /// None when the supervisor is gone.
    control: Option<ControlLine>,
    output: OutputPipes,
    /// The deadline for reading the pipes after the supervisor is gone.
    last_output: Instant,
    running_time: RunningTime,
    over_time: bool,
    terminating: bool,
    report: Option<Report>,
}

impl Supervisor {
    /// Uses the running program as the host.
    #[must_use]
    pub fn this_program() -> Self {
        Self::with_host(THIS_PROGRAM)
    }

    /// Uses another program as the host.
    pub fn with_host(path: impl Into<PathBuf>) -> Self {
        Self { host: path.into() }
    }

    /// Starts a program. The [`Outcome`] tells whether that succeeded.
    ///
    /// # Errors
    /// The supervisor could not be started.
    pub async fn start(&self, program: &Program, limits: Limits) -> Result<ProcessTree, Error> {
        if !cfg!(target_os = "linux") {
            let reason = "process trees are supervised on Linux only";
            return Err(Error::new(ErrorKind::Unsupported, reason));
        }
        let (ours, theirs) = UnixStream::pair()?;
        let (output, writers) = OutputPipes::open()?;
        let mut command = Command::from(Role::Supervise.command(&self.host));
        command
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(writers.stdout)
            .stderr(writers.stderr)
            // Signals to the host's group, for example from a terminal, must not reach the supervisor.
            .process_group(0);
        command.spawn()?;
        // The command holds the writing ends of the pipes, which would otherwise never close.
        drop(command);
        let mut control = ControlLine::new(ours)?;
        let program = program.clone();
        control.send(&Launch { program, limits }).await?;
        Ok(ProcessTree {
            control: Some(control),
            output,
            last_output: Instant::now(),
            running_time: RunningTime::start(limits.time),
            over_time: false,
            terminating: false,
            report: None,
        })
    }
}

impl ProcessTree {
    /// The next event. No event is lost if this is cancelled. The time limit is enforced while this is awaited.
    ///
    /// # Errors
    /// The pipes or the control line cannot be read.
    pub async fn next(&mut self) -> Result<Event<'_>, Error> {
        let (stream, count) = loop {
            if self.is_over_time() {
                self.over_time = true;
                self.terminate().await;
            }
            let is_open = self.output.is_open();
            let time_limit = self.time_limit();
            if let Some(control) = &mut self.control {
                tokio::select! {
                    // Output from before the end is returned before the end.
                    biased;
                    read = self.output.read(), if is_open => {
                        if let Some(read) = read? {
                            break read;
                        }
                    }
                    report = control.receive() => match report? {
                        Some(report) => self.report = Some(report),
                        None => self.disconnect(),
                    },
                    () = until(time_limit) => {}
                }
            } else {
                // Every process that could print has ended with the supervisor, unless it escaped.
                let expired = Instant::now() >= self.last_output;
                if !is_open || expired {
                    return Ok(self.ended());
                }
                match timeout_at(self.last_output, self.output.read()).await {
                    Ok(read) => {
                        if let Some(read) = read? {
                            break read;
                        }
                    }
                    Err(_) => return Ok(self.ended()),
                }
            }
        };
        Ok(Event::Output(stream, self.output.bytes(count)))
    }

    /// Stops every process. The time until [`ProcessTree::resume`] does not count towards the time limit.
    ///
    /// # Errors
    /// The supervisor is gone.
    pub async fn pause(&mut self) -> Result<(), Error> {
        self.send(Request::Pause).await?;
        self.running_time.pause();
        Ok(())
    }

    /// Lets every process continue.
    ///
    /// # Errors
    /// The supervisor is gone.
    pub async fn resume(&mut self) -> Result<(), Error> {
        self.send(Request::Resume).await?;
        self.running_time.resume();
        Ok(())
    }

    /// Asks every process to end (SIGTERM), and kills it two seconds later (SIGKILL). Dropping the tree
    /// kills at once.
    pub async fn terminate(&mut self) {
        self.terminating = true;
        if self.control.is_some() && self.send(Request::Terminate).await.is_err() {
            self.disconnect();
        }
    }

    /// Whether the tree has ended or was asked to end, also by the time limit.
    pub fn is_ending(&self) -> bool {
        self.terminating || self.report.is_some()
    }

    async fn send(&mut self, request: Request) -> Result<(), Error> {
        match &mut self.control {
            Some(control) => control.send(&request).await,
            None => Err(ErrorKind::NotConnected.into()),
        }
    }

    fn disconnect(&mut self) {
        self.control = None;
        self.last_output = Instant::now() + LAST_OUTPUT;
    }

    /// The moment at which the time limit is reached, if it still applies.
    fn time_limit(&self) -> Option<Instant> {
        let ends_at = self.running_time.ends_at()?;
        (!self.is_ending()).then_some(ends_at)
    }

    fn is_over_time(&self) -> bool {
        self.time_limit().is_some_and(|at| Instant::now() >= at)
    }

    fn ended(&self) -> Event<'_> {
        let (exit, left_behind) = match &self.report {
            Some(Report::Ended { exit, left_behind }) => (Some(exit), *left_behind),
            Some(Report::NotStarted(_)) | None => (None, 0),
        };
        let outcome = match (&self.report, exit) {
            (Some(Report::NotStarted(reason)), _) => Outcome::NotStarted(reason.clone()),
            _ if self.over_time => Outcome::TimeLimit,
            (_, Some(Exit::Signal(signal))) if *signal == Signal::XCPU.as_raw() => {
                Outcome::CpuLimit
            }
            (_, Some(Exit::Signal(signal))) => Outcome::Signaled(*signal),
            (_, Some(Exit::Status(status))) => Outcome::Exited(*status),
            (_, None) => Outcome::SupervisorLost,
        };
        Event::Ended {
            outcome,
            left_behind: if self.terminating { 0 } else { left_behind },
        }
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => pending().await,
    }
}

/// The remaining run time of a tree.
struct RunningTime {
    left: Duration,
    /// None during a pause.
    since: Option<Instant>,
}

impl RunningTime {
    fn start(left: Duration) -> Self {
        Self {
            left,
            since: Some(Instant::now()),
        }
    }

    fn pause(&mut self) {
        if let Some(since) = self.since.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
    }

    fn resume(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    /// None during a pause, and for a limit that is too far in the future.
    fn ends_at(&self) -> Option<Instant> {
        self.since?.checked_add(self.left)
    }
}
