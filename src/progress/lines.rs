//! A stream of bytes as lines, however long, and whatever is in them.

use std::ops::ControlFlow;

/// Bytes of a line; a longer one is broken, so that a stream without line ends fills no memory.
pub const LONGEST_LINE: usize = 64 * 1024;

/// A line as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Without its end; what is not UTF-8 is replaced.
    pub text: String,
    /// Whether it was drawn over another, as a progress bar is; the first of them is not.
    pub redrawn: bool,
    /// Whether it stays on a terminal. What does not is for a reader of progress alone.
    pub stays: bool,
}

/// Splits a stream at `\n`, `\r\n` and, for what is drawn over, at `\r`.
#[derive(Debug, Default)]
pub struct Lines {
    unfinished: Vec<u8>,
    /// The last byte was a carriage return: a line end follows, or the line is drawn over.
    returned: bool,
    redrawn: bool,
}

impl Lines {
    /// Takes the next bytes and hands on every line that is complete, until told to stop.
    pub fn feed<B>(
        &mut self,
        mut bytes: &[u8],
        mut each: impl FnMut(Line) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        while let Some((&first, rest)) = bytes.split_first() {
            if self.returned && first != b'\n' {
                self.start_over();
            }
            match first {
                b'\n' => {
                    let line = self.line(true);
                    self.start_over();
                    self.redrawn = false;
                    each(line)?;
                    bytes = rest;
                }
                b'\r' => {
                    // It is told at once: the program may say nothing more for a while.
                    self.returned = true;
                    let line = self.line(false);
                    if !line.text.is_empty() {
                        each(line)?;
                    }
                    bytes = rest;
                }
                _ => {
                    let room = LONGEST_LINE - self.unfinished.len();
                    let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    let taken = end.unwrap_or(bytes.len()).min(room);
                    self.unfinished.extend_from_slice(&bytes[..taken]);
                    bytes = &bytes[taken..];
                    if self.unfinished.len() == LONGEST_LINE {
                        each(self.piece())?;
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// The line that the stream ended in, if it is not empty.
    pub fn end(&mut self) -> Option<Line> {
        let line = self.line(true);
        *self = Self::default();
        (!line.text.is_empty()).then_some(line)
    }

    fn line(&self, stays: bool) -> Line {
        Line {
            text: String::from_utf8_lossy(&self.unfinished).into_owned(),
            redrawn: self.redrawn,
            stays,
        }
    }

    fn start_over(&mut self) {
        self.unfinished.clear();
        self.redrawn = self.returned;
        self.returned = false;
    }

    /// The first part of a line that is too long, not broken inside a letter.
    fn piece(&mut self) -> Line {
        let whole = whole_letters(&self.unfinished);
        let rest = self.unfinished.split_off(whole);
        let line = self.line(true);
        self.unfinished = rest;
        line
    }
}

/// How many of the bytes are left when a letter that is cut off at the end is taken away.
fn whole_letters(bytes: &[u8]) -> usize {
    // A letter has four bytes at most.
    let start = bytes.len().saturating_sub(3);
    let lead = bytes[start..].iter().rposition(|byte| *byte >= 0xC0);
    match lead.map(|at| start + at) {
        Some(at) if std::str::from_utf8(&bytes[at..]).is_err_and(|e| e.error_len().is_none()) => at,
        _ => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, Line, Lines};
    use proptest::prelude::*;
    use std::convert::Infallible;
    use std::ops::ControlFlow;

    fn all(pieces: &[&[u8]]) -> Vec<Line> {
        let (mut lines, mut all) = (Lines::default(), Vec::new());
        for piece in pieces {
            let _: ControlFlow<Infallible> = lines.feed(piece, |line| {
                all.push(line);
                ControlFlow::Continue(())
            });
        }
        all.extend(lines.end());
        all
    }

    fn staying(pieces: &[&[u8]]) -> Vec<String> {
        let lines = all(pieces).into_iter().filter(|line| line.stays);
        lines.map(|line| line.text).collect()
    }

    #[test]
    fn lines_end_in_every_way() {
        for (bytes, expected) in [
            (&b"a\nb\r\nc"[..], &["a", "b", "c"][..]),
            (b"\n\r\n", &["", ""]),
            (b"10%\r20%\r30%\ndone\n", &["30%", "done"]),
            (b"\r10%\r20%", &["20%"]),
            (b"frame=1\rframe=2\r", &["frame=2"]),
            (b"\xff\xfe ok \xe2\x82\n", &["\u{fffd}\u{fffd} ok \u{fffd}"]),
        ] {
            assert_eq!(staying(&[bytes]), expected, "{bytes:?}");
        }
    }

    #[test]
    fn what_is_drawn_over_is_told_at_once_and_marked() {
        let mut lines = Lines::default();
        let mut told = Vec::new();
        let mut feed = |bytes: &[u8]| {
            let _: ControlFlow<Infallible> = lines.feed(bytes, |line| {
                told.push(line);
                ControlFlow::Continue(())
            });
            std::mem::take(&mut told)
        };
        let line = |text: &str, redrawn, stays| Line {
            text: text.to_owned(),
            redrawn,
            stays,
        };
        assert_eq!(feed(b"10%\r"), [line("10%", false, false)]);
        assert_eq!(feed(b"20%\r"), [line("20%", true, false)]);
        assert_eq!(
            feed(b"\ndone\n"),
            [line("20%", true, true), line("done", false, true)]
        );
        assert_eq!(feed(b"a\r"), [line("a", false, false)]);
        assert_eq!(
            feed(b"\nb\n"),
            [line("a", false, true), line("b", false, true)]
        );
    }

    #[test]
    fn a_line_without_end_is_broken_between_letters() {
        let long = "é".repeat(LONGEST_LINE);
        let odd = format!("x{long}\n");
        let lines = staying(&[odd.as_bytes()]);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.len() <= LONGEST_LINE));
        assert_eq!(lines.concat() + "\n", odd);
    }

    proptest! {
        #[test]
        fn how_the_bytes_are_cut_changes_nothing(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), any::<u8>()], 0..200),
            at in 0..200_usize,
        ) {
            let (first, second) = bytes.split_at(at.min(bytes.len()));
            prop_assert_eq!(all(&[first, second]), all(&[&bytes]));
        }
    }
}
