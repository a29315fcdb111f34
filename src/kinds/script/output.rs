//! Turns what a script prints into its result, its log and its progress, each within limits.
//!
//! The result holds whole lines of both streams in the order in which they were completed. If a line was
//! overwritten repeatedly, such as a progress bar, the result and the log hold its last version.

use super::message::ScriptMessage;
use crate::job::Stream;
use crate::worker::JobContext;
use progress::{Line, LineSplitter, Parser};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufWriter, Error, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// Maximum number of lines and of bytes that are logged as they come: enough for people to read, and less than the
/// worker buffers while the store is slow. The result has all lines.
const LOGGED_LINES: usize = 8000;
const LOGGED_BYTES: usize = 4 << 20;
/// Maximum number of lines from the end of a long output, which are logged last.
const LAST_LINES: usize = 200;
/// Maximum length of a line in the log, in bytes: the queue cuts longer lines.
const MAX_LOGGED_BYTES: usize = 8 * 1024;
/// Maximum length of the last line that a failure quotes, in characters.
const MAX_QUOTE_CHARS: usize = 300;

/// Collects what a script prints.
pub struct Output {
    result: BufWriter<File>,
    /// Bytes that still fit into the result.
    room: u64,
    /// Bytes that did not fit.
    left_out: u64,
    /// For standard output and standard error.
    splitters: [LineSplitter; 2],
    parser: Parser,
    running: ScriptMessage,
    log: Log,
    /// The last line of each stream that is not blank.
    last_lines: [String; 2],
}

impl Output {
    /// Writes the result into a new file, at most `limit` bytes; `running` is the step while the script names none.
    pub fn new(file: &Path, limit: u64, running: ScriptMessage) -> Result<Self, Error> {
        Ok(Self {
            result: BufWriter::new(File::create(file)?),
            room: limit,
            left_out: 0,
            splitters: Default::default(),
            parser: Parser::default(),
            running,
            log: Log::default(),
            last_lines: Default::default(),
        })
    }

    /// Adds what was printed. Returns whether the script has printed more than `limit`.
    pub fn push(
        &mut self,
        context: &dyn JobContext,
        stream: Stream,
        bytes: &[u8],
    ) -> Result<bool, Error> {
        if self.left_out > 0 {
            self.left_out += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            return Ok(true);
        }
        let mut splitter = std::mem::take(&mut self.splitters[index(stream)]);
        let pushed = splitter.push(bytes, |line| match self.line(context, stream, &line) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        });
        self.splitters[index(stream)] = splitter;
        match pushed {
            ControlFlow::Break(error) => Err(error),
            ControlFlow::Continue(()) => Ok(self.left_out > 0),
        }
    }

    /// Ends both streams: adds unfinished lines, the last lines of a long log, and the number of bytes left out.
    pub fn finish(&mut self, context: &dyn JobContext) -> Result<(), Error> {
        for stream in [Stream::Stdout, Stream::Stderr] {
            if let Some(line) = self.splitters[index(stream)].finish() {
                self.line(context, stream, &line)?;
            }
        }
        self.log.finish(context);
        if self.left_out > 0 {
            let note = format!("jobtray: {} more bytes were left out", self.left_out);
            context.log(Stream::Stderr, &note);
        }
        self.result.flush()
    }

    /// The last line that is not blank: of standard error if it has one, else of standard output.
    pub fn last_line(&self) -> &str {
        let [out, err] = &self.last_lines;
        if err.is_empty() { out } else { err }
    }

    fn line(&mut self, context: &dyn JobContext, stream: Stream, line: &Line) -> Result<(), Error> {
        let parsed = self.parser.parse(line);
        if let Some(progress) = parsed.progress {
            let reported = progress.step.map(|said| ScriptMessage::Step { said });
            let step = reported.as_ref().unwrap_or(&self.running);
            context.progress(progress.fraction, step);
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
        self.log.line(context, stream, &line.text);
        let text = line.text.trim();
        if !text.is_empty() {
            let last = &mut self.last_lines[index(stream)];
            last.clear();
            last.extend(text.chars().take(MAX_QUOTE_CHARS));
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

/// Logs the first lines as they come, and the last ones at the end.
#[derive(Default)]
struct Log {
    lines: usize,
    bytes: usize,
    last: VecDeque<(Stream, String)>,
    skipped: u64,
}

impl Log {
    fn line(&mut self, context: &dyn JobContext, stream: Stream, text: &str) {
        if self.lines < LOGGED_LINES && self.bytes < LOGGED_BYTES {
            self.lines += 1;
            self.bytes += text.len().min(MAX_LOGGED_BYTES);
            context.log(stream, text);
            return;
        }
        if self.last.is_empty() {
            context.log(
                Stream::Stderr,
                "jobtray: the log is long; only the last lines follow, when the script ends",
            );
        }
        if self.last.len() == LAST_LINES {
            self.last.pop_front();
            self.skipped += 1;
        }
        let end = text.floor_char_boundary(MAX_LOGGED_BYTES);
        self.last.push_back((stream, text[..end].to_owned()));
    }

    fn finish(&mut self, context: &dyn JobContext) {
        if self.skipped > 0 {
            let note = format!("jobtray: {} lines were left out here", self.skipped);
            context.log(Stream::Stderr, &note);
        }
        for (stream, text) in self.last.drain(..) {
            context.log(stream, &text);
        }
    }
}
