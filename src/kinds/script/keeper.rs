//! The process that keeps one script and all that it starts, and leaves nothing of them behind.

use super::START;
use super::family::{descendants, signal};
use super::orders::{Command, End, News, Wish};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, getpid, set_child_subreaper, wait};
use std::io::{Error, Read, Write, stdin};
use std::net::Shutdown;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream as Pair;
use std::os::unix::process::CommandExt;
use std::process::{ExitCode, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::signal::unix::{SignalKind, signal as listen};
use tokio::time::{Instant, sleep_until};

/// How long what the script left in the background may go on, to print its last lines.
const LINGER: Duration = Duration::from_secs(1);
/// Time between the request to end and the kill. A cancelled job waits for no longer.
const GRACE: Duration = Duration::from_secs(2);
/// Time between two rounds of kills: whoever forks meanwhile is caught by the next.
const ROUND: Duration = Duration::from_millis(10);

/// Keeps the script that standard input names, and reports there.
pub fn keep() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let kept = runtime.and_then(|runtime| runtime.block_on(keep_one()));
    match kept {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jobtray {}: {error}", super::KEEPER);
            ExitCode::FAILURE
        }
    }
}

async fn keep_one() -> Result<(), Error> {
    let socket = Pair::from(stdin().as_fd().try_clone_to_owned()?);
    socket.set_nonblocking(true)?;
    let (orders, mut news) = UnixStream::from_std(socket)?.into_split();
    let mut orders = BufReader::new(orders).lines();
    let Some(order) = orders.next_line().await? else {
        return Ok(());
    };
    // Before the first child, so that none can leave unnoticed.
    set_child_subreaper(Some(getpid()))?;
    let children = listen(SignalKind::child())?;
    let terminated = listen(SignalKind::terminate())?;
    match launch(&order) {
        Ok(script) => {
            tell(&mut news, &News::Started).await;
            let mut keeper = Keeper {
                script,
                end: None,
                phase: Phase::Running,
                left_behind: 0,
            };
            let end = keeper.until_over(children, terminated, orders).await?;
            let left_behind = keeper.left_behind;
            tell(&mut news, &News::Over { end, left_behind }).await;
        }
        Err(problem) => tell(&mut news, &News::Refused(problem.to_string())).await,
    }
    Ok(())
}

/// Nobody may be there to hear it any more.
async fn tell(news: &mut OwnedWriteHalf, what: &News) {
    if let Ok(mut line) = serde_json::to_vec(what) {
        line.push(b'\n');
        let _ = news.write_all(&line).await;
    }
}

/// Starts the script and waits until it is the script, which closes its end of a socket.
fn launch(order: &str) -> Result<Pid, Error> {
    // What cannot be read is refused here and not by a child.
    let _: Command = serde_json::from_str(order)?;
    let (mut ours, theirs) = Pair::pair()?;
    let child = std::process::Command::new(super::this_program())
        .arg0("jobtray")
        .arg(START)
        .env_clear()
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .spawn()?;
    let script = Pid::from_child(&child);
    ours.write_all(order.as_bytes())?;
    ours.shutdown(Shutdown::Write)?;
    let mut problem = String::new();
    ours.read_to_string(&mut problem)?;
    if problem.is_empty() {
        Ok(script)
    } else {
        Err(Error::other(problem))
    }
}

struct Keeper {
    script: Pid,
    end: Option<End>,
    phase: Phase,
    left_behind: usize,
}

/// What is to be done with the script, and until when.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Running,
    /// The script ended; others that it started go on for a moment.
    Lingering(Instant),
    /// They were asked to end.
    Ending(Instant),
    /// They are killed, round by round.
    Killing(Instant),
}

impl Keeper {
    /// Returns when no process is left.
    async fn until_over(
        &mut self,
        mut children: tokio::signal::unix::Signal,
        mut terminated: tokio::signal::unix::Signal,
        mut orders: Lines<BufReader<OwnedReadHalf>>,
    ) -> Result<End, Error> {
        let mut heard = true;
        while !self.reap()? {
            let until = match self.phase {
                Phase::Running => None,
                Phase::Lingering(at) | Phase::Ending(at) | Phase::Killing(at) => Some(at),
            };
            tokio::select! {
                _ = children.recv() => {}
                order = orders.next_line(), if heard => {
                    if let Ok(Some(line)) = order {
                        self.obey(&line);
                    } else {
                        // The server is gone, or has nothing more to do with the script.
                        heard = false;
                        self.kill();
                    }
                }
                _ = terminated.recv() => self.kill(),
                () = sleep_until(until.unwrap_or_else(Instant::now)), if until.is_some() => {
                    match self.phase {
                        Phase::Lingering(_) => {
                            self.left_behind = descendants(getpid()).len();
                            self.ask_to_end();
                        }
                        _ => self.kill(),
                    }
                }
            }
        }
        self.end.ok_or_else(|| Error::other("the script was lost"))
    }

    /// Takes note of who ended; whether nobody is left. Everybody who comes from the script is our
    /// child in the end, since we are their subreaper.
    fn reap(&mut self) -> Result<bool, Error> {
        loop {
            match wait(WaitOptions::NOHANG) {
                Ok(Some((process, status))) if process == self.script => {
                    self.end = Some(end_of(status));
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

    fn obey(&mut self, line: &str) {
        match serde_json::from_str(line) {
            Ok(Wish::End) => self.ask_to_end(),
            Ok(Wish::Suspend) => suspend(),
            Ok(Wish::GoOn) => signal(&descendants(getpid()), Signal::CONT),
            Err(_) => self.kill(),
        }
    }

    fn ask_to_end(&mut self) {
        if matches!(self.phase, Phase::Running | Phase::Lingering(_)) {
            self.phase = Phase::Ending(Instant::now() + GRACE);
            let all = descendants(getpid());
            signal(&all, Signal::TERM);
            // Who is suspended would not hear it.
            signal(&all, Signal::CONT);
        }
    }

    fn kill(&mut self) {
        self.phase = Phase::Killing(Instant::now() + ROUND);
        signal(&descendants(getpid()), Signal::KILL);
    }
}

/// Stops them all; who forks meanwhile has a child that the next round finds.
fn suspend() {
    let mut stopped = Vec::new();
    loop {
        let mut running = descendants(getpid());
        running.retain(|process| !stopped.contains(process));
        if running.is_empty() {
            return;
        }
        signal(&running, Signal::STOP);
        stopped.extend(running);
    }
}

fn end_of(status: WaitStatus) -> End {
    match status.terminating_signal() {
        Some(signal) => End::Signal(signal),
        None => End::Status(status.exit_status().unwrap_or_default()),
    }
}
