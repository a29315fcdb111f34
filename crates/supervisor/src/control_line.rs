//! The control line: a socket on which host and supervisor exchange JSON, one message per line.
//!
//! The host sends a [`Launch`] and then [`Request`]s. The supervisor answers with a [`Report`]. When
//! the host's end closes, the supervisor ends the process tree at once.

use crate::program::{Limits, Program};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::Error;
use std::os::unix::net::UnixStream as StdUnixStream;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};

/// What to start.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Launch {
    pub program: Program,
    pub limits: Limits,
}

/// A request from the host to the supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Request {
    /// SIGTERM to every process, and SIGKILL soon after.
    Terminate,
    Pause,
    Resume,
}

/// The supervisor's report, which is the last message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Report {
    /// The program could not be started, for this reason.
    NotStarted(String),
    /// No process is left.
    Ended {
        exit: Exit,
        /// The number of processes that the program left behind and that were ended.
        left_behind: usize,
    },
}

/// How the program itself ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Exit {
    Status(i32),
    Signal(i32),
}

/// One end of the control line.
pub(crate) struct ControlLine {
    messages: Lines<BufReader<OwnedReadHalf>>,
    writer: OwnedWriteHalf,
}

impl ControlLine {
    pub(crate) fn new(socket: StdUnixStream) -> Result<Self, Error> {
        socket.set_nonblocking(true)?;
        let (reader, writer) = UnixStream::from_std(socket)?.into_split();
        Ok(Self {
            messages: BufReader::new(reader).lines(),
            writer,
        })
    }

    pub(crate) async fn send(&mut self, message: &impl Serialize) -> Result<(), Error> {
        let mut line = serde_json::to_vec(message)?;
        line.push(b'\n');
        self.writer.write_all(&line).await
    }

    /// The next message, or none when the other end is closed. No message is lost if this is cancelled.
    pub(crate) async fn receive<M: DeserializeOwned>(&mut self) -> Result<Option<M>, Error> {
        match self.messages.next_line().await? {
            Some(line) => Ok(Some(serde_json::from_str(&line)?)),
            None => Ok(None),
        }
    }
}
