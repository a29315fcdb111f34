//! The game's `ConfigNode` text, read as the game reads it.
//!
//! A file consists of lines: `name = value` is a value, a name before `{` opens a block, `}` closes it, and `//`
//! starts a comment anywhere. Braces may share a line with other things. Any other line is ignored. Names may
//! repeat, and everything keeps its order.
//!
//! [`Reader`] returns one event after another and holds one line. [`Document`] holds a part of a file. Neither
//! recurses, so no nesting can exhaust the stack.

mod document;
#[cfg(test)]
mod tests;

pub use document::{Document, Node};

use crate::error::Error;
use std::io::{BufRead, Read};

/// Maximum length of a line in bytes. The longest lines of the game are descriptions.
const MAX_LINE_BYTES: usize = 1024 * 1024;
/// The deepest nesting of blocks. Files of the game have about ten levels.
const MAX_DEPTH: usize = 100_000;
/// Bytes of names and values of one [`Document`].
const MAX_DOCUMENT_BYTES: usize = 8 * 1024 * 1024;

/// A byte order mark counts as a space, wherever it is.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// The next thing in a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A line `name = value`.
    Value { name: &'a str, value: &'a str },
    /// A block begins; its name may be empty.
    Open(&'a str),
    /// The innermost open block ends.
    Close,
}

/// Reads events from a file and holds one line of it.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    line: String,
    /// Where in `line` the next event begins.
    at: usize,
    /// The latest line that is only a name: the name of a block, if one opens next.
    name: String,
    named: bool,
    /// The lines in which the open blocks begin.
    open: Vec<u64>,
    number: u64,
    bytes: u64,
}

impl<R: BufRead> Reader<R> {
    /// Reads from the beginning of a file.
    pub fn new(input: R) -> Self {
        Self {
            input,
            line: String::new(),
            at: 0,
            name: String::new(),
            named: false,
            open: Vec::new(),
            number: 0,
            bytes: 0,
        }
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Blocks that are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next event, or none at the end of the file.
    pub fn next_event(&mut self) -> Result<Option<Event<'_>>, Error> {
        loop {
            let rest = &self.line[self.at..];
            let text = rest.trim_start_matches(is_space);
            let start = self.at + (rest.len() - text.len());
            match text.as_bytes().first() {
                None => {
                    if !self.next_line()? {
                        return match self.open.last() {
                            None => Ok(None),
                            Some(&line) => Err(Error::UnclosedBlock { line }),
                        };
                    }
                }
                Some(b'{') => {
                    self.at = start + 1;
                    if self.open.len() == MAX_DEPTH {
                        return Err(Error::DeepNesting { line: self.number });
                    }
                    self.open.push(self.number);
                    if !std::mem::take(&mut self.named) {
                        self.name.clear();
                    }
                    return Ok(Some(Event::Open(&self.name)));
                }
                Some(b'}') => {
                    self.at = start + 1;
                    self.named = false;
                    if self.open.pop().is_none() {
                        return Err(Error::StrayBrace { line: self.number });
                    }
                    return Ok(Some(Event::Close));
                }
                Some(_) => {
                    let end = text.find(['{', '}']).unwrap_or(text.len());
                    self.at = start + end;
                    if let Some(equals) = text[..end].find('=') {
                        self.named = false;
                        let (name, value) =
                            (start..start + equals, start + equals + 1..start + end);
                        return Ok(Some(Event::Value {
                            name: trim(&self.line[name]),
                            value: trim(&self.line[value]),
                        }));
                    }
                    self.name.clear();
                    self.name.push_str(trim(&text[..end]));
                    self.named = true;
                }
            }
        }
    }

    /// Skips the rest of a block that was just opened.
    pub fn skip(&mut self) -> Result<(), Error> {
        let depth = self.depth();
        while self.depth() >= depth {
            self.next_event()?;
        }
        Ok(())
    }

    /// Reads the rest of a block that was just opened into `document`, which is emptied first.
    pub fn block(&mut self, document: &mut Document) -> Result<(), Error> {
        document.clear();
        let depth = self.depth();
        loop {
            let number = self.number;
            match self.next_event()? {
                Some(Event::Value { name, value }) => document.value(name, value),
                Some(Event::Open(name)) => document.open(name),
                Some(Event::Close) => document.close(),
                None => return Ok(()),
            }
            if self.depth() < depth {
                return Ok(());
            }
            if document.bytes() > MAX_DOCUMENT_BYTES {
                return Err(Error::LargeBlock { line: number });
            }
        }
    }

    /// Reads the next line and drops its comment. Returns false at the end of the file.
    fn next_line(&mut self) -> Result<bool, Error> {
        self.at = 0;
        let mut line = std::mem::take(&mut self.line).into_bytes();
        line.clear();
        let most = MAX_LINE_BYTES as u64 + 2;
        let read = (&mut self.input).take(most).read_until(b'\n', &mut line)?;
        self.number += 1;
        self.bytes += read as u64;
        if line.len() > MAX_LINE_BYTES + 1 {
            return Err(Error::LongLine { line: self.number });
        }
        let utf16 = line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff");
        if self.number == 1 && utf16 {
            return Err(Error::Utf16);
        }
        if line.contains(&0) {
            return Err(Error::Binary { line: self.number });
        }
        let mut line = String::from_utf8(line).map_err(|_| Error::NotUtf8 { line: self.number })?;
        if let Some(comment) = line.find("//") {
            line.truncate(comment);
        }
        self.line = line;
        Ok(read > 0)
    }
}
