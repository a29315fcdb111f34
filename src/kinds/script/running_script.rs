//! Follows a started script to its end.

use super::failure::EndOfRun;
use super::input::Input;
use super::output::Output;
use crate::job::Stream;
use crate::worker::{JobContext, Stop};
use std::path::PathBuf;
use std::time::Duration;
use supervisor::{Event, Outcome, OutputStream, ProcessTree};
use tokio::time::{MissedTickBehavior, interval};

/// Time between two checks of whether the job should stop.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// A started script, which outlives a run of its job while the job is paused.
pub struct RunningScript {
    pub input: Input,
    pub tree: ProcessTree,
    pub output: Output,
    pub result: PathBuf,
}

/// Why a run ended.
pub enum Followed {
    Ended(EndOfRun),
    Paused,
    Stopped,
}

impl RunningScript {
    /// Follows the script to its end, or until its job should stop.
    pub async fn follow(&mut self, context: &dyn JobContext) -> Result<Followed, Stop> {
        let mut poll = interval(POLL_INTERVAL);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Why this run asked the script to end.
        let mut reason = None;
        loop {
            tokio::select! {
                event = self.tree.next() => match event? {
                    Event::Output(stream, bytes) => {
                        let too_much = self.output.push(context, log_stream(stream), bytes)?;
                        if too_much && reason.is_none() {
                            reason = Some(Followed::Ended(EndOfRun::TooMuchOutput));
                            self.tree.terminate().await;
                        }
                    }
                    Event::Ended { outcome, left_behind } => {
                        if left_behind > 0 {
                            let left = left_and_ended(left_behind);
                            note(context, &format!("the script ended and {left}"));
                        }
                        let not_started = matches!(outcome, Outcome::NotStarted(_));
                        let ended = Followed::Ended(outcome.into());
                        return Ok(reason.filter(|_| !not_started).unwrap_or(ended));
                    }
                },
                _ = poll.tick() => {
                    if self.tree.is_ending() || !context.wants_stop() {
                        continue;
                    }
                    if context.pauses() {
                        if self.tree.pause().await.is_ok() {
                            note(context, "the script is paused");
                            return Ok(Followed::Paused);
                        }
                    } else {
                        reason = Some(Followed::Stopped);
                        self.tree.terminate().await;
                    }
                }
            }
        }
    }
}

fn log_stream(stream: OutputStream) -> Stream {
    match stream {
        OutputStream::Stdout => Stream::Stdout,
        OutputStream::Stderr => Stream::Stderr,
    }
}

pub fn left_and_ended(processes: usize) -> String {
    match processes {
        1 => "left 1 process behind, which was stopped".to_owned(),
        many => format!("left {many} processes behind, which were stopped"),
    }
}

/// Adds a line from jobtray itself to the log.
pub fn note(context: &dyn JobContext, line: &str) {
    context.log(Stream::Stderr, &format!("jobtray: {line}"));
}
