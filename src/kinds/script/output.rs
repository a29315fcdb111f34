//! What a script prints: into its result, its log and its progress, each within limits.
//!
//! The result holds the lines of both streams in the order in which they were complete, so that no
//! line is torn by the other stream. What a program drew over, such as a progress bar, is left out of
//! result and log but for its last state.

use crate::job::{Stream, Text};
use crate::worker::Context;
use progress::{Line, LineSplitter, Parser};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufWriter, Error, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// Lines and bytes that go to the log as they come: what people read, and less than the worker keeps
/// while the store is slow. The result has all of them.
const LOGGED_LINES: usize = 8000;
const LOGGED_BYTES: usize = 4 << 20;
/// The last lines, which go to the log at the end.
const LAST_LINES: usize = 200;
/// Bytes of a line in the log; the queue would cut it there.
const LONGEST_LOGGED: usize = 8 * 1024;
/// Characters of the line that is told of a failure.
const LONGEST_SAID: usize = 300;

/// What a script printed so far.
pub struct Output {
    result: BufWriter<File>,
    /// Bytes that the result may still take.
    room: u64,
    /// Bytes that it did not take.
    left_out: u64,
    /// Of standard output and standard error.
    splitters: [LineSplitter; 2],
    parser: Parser,
    running: Text,
    log: Log,
    /// The last line that says something, of each stream.
    said: [String; 2],
}

impl Output {
    /// Collects into a new file, at most `limit` bytes; `running` is the step where the script names none.
    pub fn new(file: &Path, limit: u64, running: Text) -> Result<Self, Error> {
        Ok(Self {
            result: BufWriter::new(File::create(file)?),
            room: limit,
            left_out: 0,
            splitters: Default::default(),
            parser: Parser::default(),
            running,
            log: Log::default(),
            said: Default::default(),
        })
    }

    /// Takes what was printed; whether it is more than there may be.
    pub fn take(&mut self, to: &dyn Context, stream: Stream, bytes: &[u8]) -> Result<bool, Error> {
        if self.left_out > 0 {
            self.left_out += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            return Ok(true);
        }
        let mut splitter = std::mem::take(&mut self.splitters[index(stream)]);
        let fed = splitter.push(bytes, |line| match self.line(to, stream, &line) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        });
        self.splitters[index(stream)] = splitter;
        match fed {
            ControlFlow::Break(error) => Err(error),
            ControlFlow::Continue(()) => Ok(self.left_out > 0),
        }
    }

    /// The end of both streams: what was not told yet is, and how much was left out.
    pub fn end(&mut self, to: &dyn Context) -> Result<(), Error> {
        for stream in [Stream::Stdout, Stream::Stderr] {
            if let Some(line) = self.splitters[index(stream)].finish() {
                self.line(to, stream, &line)?;
            }
        }
        self.log.end(to);
        if self.left_out > 0 {
            let note = format!("jobtray: {} bytes more were left out", self.left_out);
            to.log(Stream::Stderr, &note);
        }
        self.result.flush()
    }

    /// The last line that said something, of standard error if there is one.
    pub fn last_words(&self) -> &str {
        let [out, err] = &self.said;
        if err.is_empty() { out } else { err }
    }

    fn line(&mut self, to: &dyn Context, stream: Stream, line: &Line) -> Result<(), Error> {
        let parsed = self.parser.parse(line);
        if let Some(progress) = parsed.progress {
            let step = progress.step.map_or_else(
                || self.running.clone(),
                |step| Text::new("step.said").with("said", step),
            );
            to.progress(progress.fraction, step);
        }
        if parsed.is_directive || line.transient {
            return Ok(());
        }
        let bytes = u64::try_from(line.text.len())
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        if self.left_out > 0 || bytes > self.room {
            self.left_out = self.left_out.saturating_add(bytes);
            return Ok(());
        }
        self.room -= bytes;
        writeln!(self.result, "{}", line.text)?;
        self.log.line(to, stream, &line.text);
        let words = line.text.trim();
        if !words.is_empty() {
            let last = &mut self.said[index(stream)];
            last.clear();
            last.extend(words.chars().take(LONGEST_SAID));
        }
        Ok(())
    }
}

fn index(stream: Stream) -> usize {
    match stream {
        Stream::Stdout => 0,
        Stream::Stderr => 1,
    }
}

/// What goes to the log: the first lines as they come, and the last ones at the end.
#[derive(Default)]
struct Log {
    lines: usize,
    bytes: usize,
    last: VecDeque<(Stream, String)>,
    skipped: u64,
}

impl Log {
    fn line(&mut self, to: &dyn Context, stream: Stream, text: &str) {
        if self.lines < LOGGED_LINES && self.bytes < LOGGED_BYTES {
            self.lines += 1;
            self.bytes += text.len().min(LONGEST_LOGGED);
            to.log(stream, text);
            return;
        }
        if self.last.is_empty() {
            to.log(
                Stream::Stderr,
                "jobtray: the log is long; from here on only the last lines follow, at the end",
            );
        }
        if self.last.len() == LAST_LINES {
            self.last.pop_front();
            self.skipped += 1;
        }
        let end = text.floor_char_boundary(LONGEST_LOGGED);
        self.last.push_back((stream, text[..end].to_owned()));
    }

    fn end(&mut self, to: &dyn Context) {
        if self.skipped > 0 {
            let note = format!("jobtray: {} lines were left out here", self.skipped);
            to.log(Stream::Stderr, &note);
        }
        for (stream, text) in self.last.drain(..) {
            to.log(stream, &text);
        }
    }
}
