//! The game's `ConfigNode` text, read as the game reads it.
//!
//! A file is lines: `name = value` is a value, a name before `{` opens a block, `}` closes it, and `//`
//! begins a comment wherever it stands. Braces may stand on a line with others. A line that is none of
//! these means nothing. Names may come again, and everything keeps its order.
//!
//! [`Reader`] gives one event after another and keeps one line; [`Document`] holds a part of a file. Both
//! count depth instead of calling themselves, so that no nesting can exhaust the stack.

mod document;
#[cfg(test)]
mod tests;

pub use document::{Document, Node};

use super::VesselError;
use std::io::{BufRead, Read};

/// Bytes of a line; the game's longest are descriptions.
const LONGEST_LINE: usize = 1024 * 1024;
/// Blocks within blocks; the game's own files have about ten.
const DEEPEST: usize = 100_000;
/// Bytes of names and values of one [`Document`].
const LARGEST_DOCUMENT: usize = 8 * 1024 * 1024;

/// A byte order mark is no more than a space, wherever it came to stand.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// What comes next in a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    Value {
        name: &'a str,
        value: &'a str,
    },
    /// A block begins; its name may be empty.
    Open(&'a str),
    Close,
}

/// Reads events from a file and keeps one line of it.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    line: String,
    /// Where in `line` the next event begins.
    at: usize,
    /// A name that may be that of the next block.
    name: String,
    named: bool,
    /// The lines in which the open blocks began.
    open: Vec<u64>,
    number: u64,
    bytes: u64,
}

impl<R: BufRead> Reader<R> {
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

    /// The next event; none at the end of the file.
    pub fn next(&mut self) -> Result<Option<Event<'_>>, VesselError> {
        loop {
            let rest = &self.line[self.at..];
            let text = rest.trim_start_matches(is_space);
            let start = self.at + (rest.len() - text.len());
            match text.as_bytes().first() {
                None => {
                    if !self.next_line()? {
                        return match self.open.last() {
                            None => Ok(None),
                            Some(line) => Err(VesselError::at("failure.vessel_unclosed", *line)),
                        };
                    }
                }
                Some(b'{') => {
                    self.at = start + 1;
                    if self.open.len() == DEEPEST {
                        return Err(VesselError::at("failure.vessel_deep", self.number));
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
                        return Err(VesselError::at("failure.vessel_stray_brace", self.number));
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

    /// Passes over the rest of a block that was just opened.
    pub fn skip(&mut self) -> Result<(), VesselError> {
        let depth = self.depth();
        while self.depth() >= depth {
            self.next()?;
        }
        Ok(())
    }

    /// Reads the rest of a block that was just opened into `document`, in place of what it held.
    pub fn block(&mut self, document: &mut Document) -> Result<(), VesselError> {
        document.clear();
        let depth = self.depth();
        loop {
            let number = self.number;
            match self.next()? {
                Some(Event::Value { name, value }) => document.value(name, value),
                Some(Event::Open(name)) => document.open(name),
                Some(Event::Close) => document.close(),
                None => return Ok(()),
            }
            if self.depth() < depth {
                return Ok(());
            }
            if document.bytes() > LARGEST_DOCUMENT {
                return Err(VesselError::at("failure.vessel_large_block", number));
            }
        }
    }

    /// Takes the next line without its comment; false at the end of the file.
    fn next_line(&mut self) -> Result<bool, VesselError> {
        self.at = 0;
        let mut line = std::mem::take(&mut self.line).into_bytes();
        line.clear();
        let most = LONGEST_LINE as u64 + 2;
        let read = (&mut self.input).take(most).read_until(b'\n', &mut line)?;
        self.number += 1;
        self.bytes += read as u64;
        if line.len() > LONGEST_LINE + 1 {
            return Err(VesselError::at("failure.vessel_long_line", self.number));
        }
        let utf16 = line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff");
        if self.number == 1 && utf16 {
            return Err(VesselError::new("failure.vessel_utf16"));
        }
        if line.contains(&0) {
            return Err(VesselError::at("failure.vessel_binary", self.number));
        }
        let mut line = String::from_utf8(line)
            .map_err(|_| VesselError::at("failure.vessel_not_utf8", self.number))?;
        if let Some(comment) = line.find("//") {
            line.truncate(comment);
        }
        self.line = line;
        Ok(read > 0)
    }
}
