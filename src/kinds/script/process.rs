//! A script as this process sees it: what it prints, and what its keeper tells.

use super::KEEPER;
use super::orders::{Command, News, Wish};
use crate::job::Stream;
#[cfg(target_os = "linux")]
use rustix::pipe::{PipeFlags, fcntl_setpipe_size, pipe_with};
use std::future::poll_fn;
use std::io::Error;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::pin::Pin;
use std::process::Stdio;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader, Lines, ReadBuf};
use tokio::net::UnixStream;
use tokio::net::unix::pipe::Receiver;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::{Instant, timeout_at};

/// Bytes read at once: what a pipe of Linux holds (pipe(7)).
const READ: usize = 64 * 1024;
/// How long the pipes are read when nobody is left, before they are given up.
const LAST_WORDS: Duration = Duration::from_secs(1);

type Pipe = Box<dyn AsyncRead + Send + Unpin>;

/// What comes of a script next.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// This many bytes, in the buffer.
    Printed(Stream, usize),
    News(News),
    /// Its keeper is gone, and its pipes are closed or were read for as long as they may be.
    Over,
}

/// A started script. When this is dropped, the keeper ends the script and all that it started.
pub struct Process {
    wishes: OwnedWriteHalf,
    news: Option<Lines<BufReader<OwnedReadHalf>>>,
    /// Until when the pipes are read once the keeper is gone.
    last_words: Instant,
    /// Standard output and standard error. Two pipes keep no order between each other; but each of these holds one
    /// packet, so that whoever prints waits until what they printed before is read, and a line is never
    /// further than one from its place. What keeps it exactly costs more: one pipe or terminal for both loses
    /// which is which, and a socket, which could carry both, cannot be opened as /dev/stderr, which many scripts do.
    pipes: [Option<Pipe>; 2],
    /// Whose turn it is first, so that a chatty stream does not hold up the other.
    first: usize,
}

impl Process {
    /// Has `program`'s keeper start it.
    pub async fn start(program: &Path, command: &Command) -> Result<Self, Error> {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
        let ((out, to_out), (err, to_err)) = (packets()?, packets()?);
        let mut keeper = tokio::process::Command::new(program);
        keeper
            .arg0("jobtray")
            .arg(KEEPER)
            .env_clear()
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(to_out)
            .stderr(to_err)
            // What is sent to the server's group, by a terminal say, is not for it.
            .process_group(0);
        keeper.spawn()?;
        // Their writing ends are the keeper's alone: this process would wait for itself.
        drop(keeper);
        ours.set_nonblocking(true)?;
        let (news, wishes) = UnixStream::from_std(ours)?.into_split();
        let pipes = [out, err].map(|pipe| Some(Box::new(pipe) as Pipe));
        let mut process = Self {
            wishes,
            news: Some(BufReader::new(news).lines()),
            last_words: Instant::now(),
            pipes,
            first: 0,
        };
        process.say(command).await?;
        Ok(process)
    }

    /// Tells the keeper.
    pub async fn wish(&mut self, wish: Wish) -> Result<(), Error> {
        self.say(&wish).await
    }

    /// The keeper is gone: what is still printed has an end.
    pub fn lose_keeper(&mut self) {
        self.news = None;
        self.last_words = Instant::now() + LAST_WORDS;
    }

    async fn say(&mut self, what: &impl serde::Serialize) -> Result<(), Error> {
        let mut line = serde_json::to_vec(what)?;
        line.push(b'\n');
        self.wishes.write_all(&line).await
    }

    /// What comes next; may be dropped and asked again, and nothing is lost.
    pub async fn next(&mut self, buffer: &mut Vec<u8>) -> Result<Event, Error> {
        buffer.resize(READ, 0);
        loop {
            let printing = self.pipes.iter().any(Option::is_some);
            let (pipes, first) = (&mut self.pipes, &mut self.first);
            let printed = poll_fn(|cx| read_any(pipes, first, buffer, cx));
            match &mut self.news {
                Some(news) => tokio::select! {
                    // What was printed before the end comes before the end.
                    biased;
                    printed = printed, if printing => {
                        if let Some(event) = printed? { return Ok(event); }
                    }
                    line = news.next_line() => {
                        if let Some(line) = line? {
                            return Ok(Event::News(serde_json::from_str(&line)?));
                        }
                        self.lose_keeper();
                    }
                },
                // The keeper is gone, and all that could print with it, but for who escaped it or outlives a
                // keeper that was killed.
                None if printing && Instant::now() < self.last_words => {
                    match timeout_at(self.last_words, printed).await {
                        Ok(printed) => {
                            if let Some(event) = printed? {
                                return Ok(event);
                            }
                        }
                        Err(_) => return Ok(Event::Over),
                    }
                }
                None => return Ok(Event::Over),
            }
        }
    }
}

/// A pipe that holds one packet of at most a page: what was written at once is read at once. The end that is
/// read, and the one for the child.
#[cfg(target_os = "linux")]
fn packets() -> Result<(Receiver, Stdio), Error> {
    let (read, write) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::DIRECT)?;
    // The least that there is: a page, whatever it measures.
    fcntl_setpipe_size(&write, 1)?;
    Ok((Receiver::from_owned_fd(read)?, Stdio::from(write)))
}

/// Other systems start no script.
#[cfg(not(target_os = "linux"))]
fn packets() -> Result<(Receiver, Stdio), Error> {
    let (read, write) = std::io::pipe()?;
    Ok((Receiver::from_owned_fd(read.into())?, Stdio::from(write)))
}

/// Reads from whichever pipe has something; nothing is said of one that was closed.
fn read_any(
    pipes: &mut [Option<Pipe>; 2],
    first: &mut usize,
    buffer: &mut [u8],
    cx: &mut Context<'_>,
) -> Poll<Result<Option<Event>, Error>> {
    for at in [*first, 1 - *first] {
        let Some(pipe) = &mut pipes[at] else { continue };
        let mut into = ReadBuf::new(buffer);
        if let Poll::Ready(read) = Pin::new(pipe).poll_read(cx, &mut into) {
            *first = 1 - at;
            let bytes = into.filled().len();
            if bytes == 0 {
                pipes[at] = None;
            }
            let stream = [Stream::Stdout, Stream::Stderr][at];
            let event = (bytes > 0).then_some(Event::Printed(stream, bytes));
            return Poll::Ready(read.map(|()| event));
        }
    }
    Poll::Pending
}

#[cfg(test)]
mod tests {
    use super::{Event, Pipe, read_any};
    use crate::job::Stream;
    use std::future::poll_fn;
    use tokio::io::{AsyncWriteExt, duplex};

    #[tokio::test]
    async fn streams_are_read_as_they_came_and_in_turns() {
        let (out, mut to_out) = duplex(1024);
        let (err, mut to_err) = duplex(1024);
        let mut pipes = [Some(Box::new(out) as Pipe), Some(Box::new(err) as Pipe)];
        let (mut first, mut buffer) = (0, vec![0; 4]);
        let mut heard = Vec::new();
        for (stream, bytes) in [(0, "a"), (1, "b"), (1, "c"), (0, "d")] {
            let to = if stream == 0 {
                &mut to_out
            } else {
                &mut to_err
            };
            to.write_all(bytes.as_bytes()).await.unwrap();
            let event = poll_fn(|cx| read_any(&mut pipes, &mut first, &mut buffer, cx)).await;
            heard.push((event.unwrap().unwrap(), buffer[0]));
        }
        let one = |stream, byte| (Event::Printed(stream, 1), byte);
        let expected = [
            one(Stream::Stdout, b'a'),
            one(Stream::Stderr, b'b'),
            one(Stream::Stderr, b'c'),
            one(Stream::Stdout, b'd'),
        ];
        assert_eq!(heard, expected);

        to_out.write_all(&[b'x'; 12]).await.unwrap();
        to_err.write_all(b"y").await.unwrap();
        drop((to_out, to_err));
        let mut streams = Vec::new();
        while pipes.iter().any(Option::is_some) {
            let event = poll_fn(|cx| read_any(&mut pipes, &mut first, &mut buffer, cx)).await;
            if let Some(Event::Printed(stream, _)) = event.unwrap() {
                streams.push(stream);
            }
        }
        let (out, err) = (Stream::Stdout, Stream::Stderr);
        assert_eq!(
            streams,
            [err, out, out, out],
            "the chatty one waits for its turn"
        );
    }
}
