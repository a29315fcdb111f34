//! The pipes for a program's output.

#[cfg(target_os = "linux")]
use rustix::pipe::{PipeFlags, fcntl_setpipe_size, pipe_with};
use std::future::poll_fn;
use std::io::Error;
use std::pin::Pin;
use std::process::Stdio;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::unix::pipe::Receiver;

/// Bytes per read: the default capacity of a pipe on Linux (pipe(7)).
const READ_SIZE: usize = 64 * 1024;

/// The stream that a program printed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputStream {
    Stdout,
    Stderr,
}

/// Standard output and standard error of a process tree, as long as they are open.
///
/// Two pipes have no common order. But each of these holds a single packet, so a program that prints waits until its
/// previous output is read, and a line is at most one position from where it belongs. An exact order is not
/// practical: one pipe or terminal for both streams does not tell which stream a byte came from, and a socket, which
/// could, cannot be opened as /dev/stderr, as many scripts do.
pub(crate) struct OutputPipes<R = Receiver> {
    pipes: [Option<R>; 2],
    /// The pipe that is read first, so that a busy one does not delay the other.
    first: usize,
    buffer: Vec<u8>,
}

/// The pipe ends for the process that prints.
pub(crate) struct OutputWriters {
    pub stdout: Stdio,
    pub stderr: Stdio,
}

impl OutputPipes {
    pub(crate) fn open() -> Result<(Self, OutputWriters), Error> {
        let ((stdout_reader, stdout), (stderr_reader, stderr)) = (packet_pipe()?, packet_pipe()?);
        let pipes = Self::new([stdout_reader, stderr_reader], READ_SIZE);
        Ok((pipes, OutputWriters { stdout, stderr }))
    }
}

impl<R: AsyncRead + Unpin> OutputPipes<R> {
    fn new(pipes: [R; 2], read_size: usize) -> Self {
        Self {
            pipes: pipes.map(Some),
            first: 0,
            buffer: vec![0; read_size],
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.pipes.iter().any(Option::is_some)
    }

    /// The bytes of the last read.
    pub(crate) fn bytes(&self, count: usize) -> &[u8] {
        &self.buffer[..count]
    }

    /// Reads from a pipe that has something, and returns the number of bytes; nothing if that pipe was
    /// closed instead. No output is lost when this is cancelled.
    pub(crate) async fn read(&mut self) -> Result<Option<(OutputStream, usize)>, Error> {
        poll_fn(|cx| self.poll_read(cx)).await
    }

    fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<(OutputStream, usize)>, Error>> {
        for at in [self.first, 1 - self.first] {
            let Some(pipe) = &mut self.pipes[at] else {
                continue;
            };
            let mut into = ReadBuf::new(&mut self.buffer);
            if let Poll::Ready(read) = Pin::new(pipe).poll_read(cx, &mut into) {
                self.first = 1 - at;
                let count = into.filled().len();
                if count == 0 {
                    self.pipes[at] = None;
                }
                let stream = [OutputStream::Stdout, OutputStream::Stderr][at];
                return Poll::Ready(read.map(|()| (count > 0).then_some((stream, count))));
            }
        }
        Poll::Pending
    }
}

/// A pipe that holds one packet of at most a page: what is written at once is read at once. Returns the end
/// to read from, and the end for the child.
#[cfg(target_os = "linux")]
fn packet_pipe() -> Result<(Receiver, Stdio), Error> {
    let (read, write) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::DIRECT)?;
    // The kernel rounds this up to a page, the smallest size there is.
    fcntl_setpipe_size(&write, 1)?;
    Ok((Receiver::from_owned_fd(read)?, Stdio::from(write)))
}

/// Unused: no program is started on other systems.
#[cfg(not(target_os = "linux"))]
fn packet_pipe() -> Result<(Receiver, Stdio), Error> {
    let (read, write) = std::io::pipe()?;
    Ok((Receiver::from_owned_fd(read.into())?, Stdio::from(write)))
}

#[cfg(test)]
mod tests {
    use super::{OutputPipes, OutputStream};
    use tokio::io::{AsyncWriteExt, duplex};

    #[tokio::test]
    async fn output_is_read_in_the_order_in_which_it_was_printed() {
        let (stdout, mut to_stdout) = duplex(16);
        let (stderr, mut to_stderr) = duplex(16);
        let mut pipes = OutputPipes::new([stdout, stderr], 4);
        for (stream, byte) in [
            (OutputStream::Stdout, b'a'),
            (OutputStream::Stderr, b'b'),
            (OutputStream::Stderr, b'c'),
            (OutputStream::Stdout, b'd'),
        ] {
            let to = match stream {
                OutputStream::Stdout => &mut to_stdout,
                OutputStream::Stderr => &mut to_stderr,
            };
            to.write_all(&[byte]).await.unwrap();
            assert_eq!(pipes.read().await.unwrap(), Some((stream, 1)));
            assert_eq!(pipes.bytes(1), [byte]);
        }
    }

    #[tokio::test]
    async fn a_busy_stream_does_not_hold_up_the_other() {
        let (stdout, mut to_stdout) = duplex(16);
        let (stderr, mut to_stderr) = duplex(16);
        let mut pipes = OutputPipes::new([stdout, stderr], 4);
        to_stdout.write_all(&[b'x'; 12]).await.unwrap();
        to_stderr.write_all(b"y").await.unwrap();
        drop((to_stdout, to_stderr));
        let mut streams = Vec::new();
        while pipes.is_open() {
            streams.extend(pipes.read().await.unwrap().map(|(stream, _)| stream));
        }
        let (out, err) = (OutputStream::Stdout, OutputStream::Stderr);
        assert_eq!(streams, [out, err, out, out]);
    }
}
