//! Splits a stream of bytes into lines, whatever their length and content.

use std::ops::ControlFlow;

/// Maximum length of a line in bytes. A longer line is broken, so that a stream without line ends does not fill the
/// memory.
pub const MAX_LINE_BYTES: usize = 64 * 1024;

/// A printed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text without the line end. Bytes that are not UTF-8 are replaced.
    pub text: String,
    /// Whether it overwrites the line before it, as a progress bar does from its second line on.
    pub overwrites: bool,
    /// Whether it ended in a carriage return, so that the next line may overwrite it on a terminal. Such a
    /// line matters for progress only; the last one comes again, as not transient, when its line ends.
    pub transient: bool,
}

/// Splits a stream at `\n` and `\r\n`, and at the `\r` with which a line is overwritten.
#[derive(Debug, Default)]
pub struct LineSplitter {
    unfinished: Vec<u8>,
    /// The last byte was a carriage return: a line end follows, or the line is overwritten.
    returned: bool,
    overwrites: bool,
}

impl LineSplitter {
    /// Passes every line that these bytes complete to `on_line`, until that breaks.
    pub fn push<B>(
        &mut self,
        mut bytes: &[u8],
        mut on_line: impl FnMut(Line) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        while let Some((&first, rest)) = bytes.split_first() {
            if self.returned && first != b'\n' {
                self.start_line();
            }
            match first {
                b'\n' => {
                    let line = self.line(false);
                    self.start_line();
                    self.overwrites = false;
                    on_line(line)?;
                    bytes = rest;
                }
                b'\r' => {
                    // Reported at once, because the program may print nothing more for a while.
                    self.returned = true;
                    let line = self.line(true);
                    if !line.text.is_empty() {
                        on_line(line)?;
                    }
                    bytes = rest;
                }
                _ => {
                    let room = MAX_LINE_BYTES - self.unfinished.len();
                    let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    let taken = end.unwrap_or(bytes.len()).min(room);
                    self.unfinished.extend_from_slice(&bytes[..taken]);
                    bytes = &bytes[taken..];
                    if self.unfinished.len() == MAX_LINE_BYTES {
                        on_line(self.break_line())?;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Ends the stream, and returns its last line if that is not empty.
    pub fn finish(&mut self) -> Option<Line> {
        let line = self.line(false);
        *self = Self::default();
        (!line.text.is_empty()).then_some(line)
    }

    fn line(&self, transient: bool) -> Line {
        Line {
            text: String::from_utf8_lossy(&self.unfinished).into_owned(),
            overwrites: self.overwrites,
            transient,
        }
    }

    fn start_line(&mut self) {
        self.unfinished.clear();
        self.overwrites = self.returned;
        self.returned = false;
    }

    /// The first part of a line that is too long, which does not end within a character.
    fn break_line(&mut self) -> Line {
        let rest = self.unfinished.split_off(whole_chars(&self.unfinished));
        let line = self.line(false);
        self.unfinished = rest;
        line
    }
}

/// The number of bytes without an incomplete character at the end.
fn whole_chars(bytes: &[u8]) -> usize {
    // A character has at most four bytes.
    let start = bytes.len().saturating_sub(3);
    let lead = bytes[start..].iter().rposition(|byte| *byte >= 0xC0);
    match lead.map(|at| start + at) {
        Some(at) if std::str::from_utf8(&bytes[at..]).is_err_and(|e| e.error_len().is_none()) => at,
        _ => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, LineSplitter, MAX_LINE_BYTES};
    use proptest::prelude::*;
    use std::convert::Infallible;
    use std::ops::ControlFlow;

    fn push(splitter: &mut LineSplitter, bytes: &[u8]) -> Vec<Line> {
        let mut lines = Vec::new();
        let _: ControlFlow<Infallible> = splitter.push(bytes, |line| {
            lines.push(line);
            ControlFlow::Continue(())
        });
        lines
    }

    fn split(chunks: &[&[u8]]) -> Vec<Line> {
        let mut splitter = LineSplitter::default();
        let mut lines: Vec<_> = chunks
            .iter()
            .flat_map(|chunk| push(&mut splitter, chunk))
            .collect();
        lines.extend(splitter.finish());
        lines
    }

    /// The text of the lines that are not transient.
    fn final_lines(bytes: &[u8]) -> Vec<String> {
        let lines = split(&[bytes]).into_iter().filter(|line| !line.transient);
        lines.map(|line| line.text).collect()
    }

    #[test]
    fn every_kind_of_line_end_is_understood() {
        for (bytes, expected) in [
            (&b"a\nb\r\nc"[..], &["a", "b", "c"][..]),
            (b"\n\r\n", &["", ""]),
            (b"10%\r20%\r30%\ndone\n", &["30%", "done"]),
            (b"\r10%\r20%", &["20%"]),
            (b"frame=1\rframe=2\r", &["frame=2"]),
            (b"\xff\xfe ok \xe2\x82\n", &["\u{fffd}\u{fffd} ok \u{fffd}"]),
        ] {
            assert_eq!(final_lines(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_line_that_may_be_overwritten_is_reported_at_once() {
        let mut splitter = LineSplitter::default();
        let line = |text: &str, overwrites, transient| Line {
            text: text.to_owned(),
            overwrites,
            transient,
        };
        for (bytes, expected) in [
            (&b"10%\r"[..], &[line("10%", false, true)][..]),
            (b"20%\r", &[line("20%", true, true)]),
            (
                b"\ndone\n",
                &[line("20%", true, false), line("done", false, false)],
            ),
            (b"a\r", &[line("a", false, true)]),
            (
                b"\nb\n",
                &[line("a", false, false), line("b", false, false)],
            ),
        ] {
            assert_eq!(push(&mut splitter, bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_long_line_is_broken_between_characters() {
        let long = "é".repeat(MAX_LINE_BYTES);
        let odd = format!("x{long}\n");
        let lines = final_lines(odd.as_bytes());
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.len() <= MAX_LINE_BYTES));
        assert_eq!(lines.concat() + "\n", odd);
    }

    proptest! {
        #[test]
        fn chunk_boundaries_do_not_change_the_lines(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), any::<u8>()], 0..200),
            at in 0..200_usize,
        ) {
            let (first, second) = bytes.split_at(at.min(bytes.len()));
            prop_assert_eq!(split(&[first, second]), split(&[&bytes]));
        }
    }
}
