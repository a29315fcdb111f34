//! Reads the progress of a program from its output: lines in, [`Progress`] out.
//!
//! The crate is pure: it has no clock, no process and no dependencies. [`LineSplitter`] turns bytes into lines, and
//! [`Parser`] turns the lines of one program into progress.
//!
//! # Layout
//! - [`LineSplitter`], [`Line`] (`splitter`): a stream of bytes as lines, including those that a bar overwrites
//! - [`Parser`] (here): directives first, then known programs, then common shapes; progress never goes back
//! - `programs`: ffmpeg, git, rsync, curl, wget · `shapes`: percentages, bars and counts of any program
//! - `numbers`: percentages and counts within a line
//!
//! # What is read
//!
//! | printed | read as |
//! |---|---|
//! | `::progress 0.4 Rendering scene`, `::progress 40% …` | directive: the fraction and the step; from then on everything else is ignored |
//! | `::duration 93.5` | directive: the length in seconds that ffmpeg's `time=` is measured against |
//! | `Duration: 00:01:33.50`, then `time=00:00:42.12`, `out_time=…` | ffmpeg |
//! | `Receiving objects:  42% (420/1000)`, then `Resolving deltas`, `Updating files` | git: one bar across all three |
//! | `1,048,576 100% … to-chk=4/6` | rsync: by the files that are left if it listed its files, else by the percentage |
//! | ` 42 6144k   42 …` below `% Total    % Received` | curl's meter |
//! | `50K .......... ..........  42%  373M 0s` | wget into a file |
//! | `Encoding:  42%\|████  \| 17/40 [00:01<00:02]` | tqdm, and any other bar beside a percentage |
//! | `[ 42%] Building x`, `test_a.py ....  [ 42%]` | a percentage in brackets: `CMake`, pytest |
//! | `42%`, `42% done`, `Downloading… 42%` | a percentage alone, or at the start or end of a line with a word about progress |
//! | `[3/10] Compiling x`, `3/10`, `Step 3/10`, `frame 88 of 120` | counts: ninja, docker, and most scripts |
//!
//! A line that overwrites another (by a carriage return) is certainly about progress, so its percentage or
//! count is read wherever it is.
//!
//! # What is ignored
//!
//! Dates (`3/10/2024`), paths, versions, parts greater than their whole (`5/3`), rows of tables, and
//! percentages of something else (`Disk 42% full`, `coverage: 85%`, `0% packet loss`). An ambiguous line is
//! ignored, because a bar that does not move misleads nobody.
//!
//! Progress never goes back. A bar that starts again, for example for the next of several files, reports nothing
//! until it passes the highest fraction so far.

mod numbers;
mod programs;
mod shapes;
mod splitter;

pub use splitter::{Line, LineSplitter, MAX_LINE_BYTES};

use programs::{KnownPrograms, Recognized};

/// Characters of a step; longer steps are cut.
const MAX_STEP_CHARS: usize = 120;

/// The first words of the directives.
const PROGRESS: &str = "::progress";
const DURATION: &str = "::duration";

/// The progress of a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// From 0 to 1, and never less than before.
    pub fraction: f64,
    /// What the program is doing, if it says so: one line without control characters.
    pub step: Option<String>,
}

/// What is read from a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// The progress, if the line changes it.
    pub progress: Option<Progress>,
    /// Whether the line is a valid directive, which does not belong in a log.
    pub is_directive: bool,
}

/// Parses the lines of one program, in the order in which it printed them.
#[derive(Debug, Clone, Default)]
pub struct Parser {
    programs: KnownPrograms,
    /// The program reports its own progress, so nothing else is read.
    uses_directives: bool,
    last: Option<Progress>,
}

impl Parser {
    /// Parses the next line.
    pub fn parse(&mut self, line: &Line) -> Parsed {
        let text = without_control_sequences(&line.text);
        let text = text.trim();
        if let Some(parsed) = self.directive(text) {
            return parsed;
        }
        if self.uses_directives || text.is_empty() {
            return Parsed::default();
        }
        let found = match self.programs.recognize(text) {
            Recognized::Progress(fraction, step) => Some((fraction, step)),
            Recognized::NoProgress => None,
            Recognized::Unknown => shapes::find(text, line.overwrites),
        };
        Parsed {
            progress: found.and_then(|(fraction, step)| self.advance(fraction, step)),
            is_directive: false,
        }
    }

    /// A valid directive. An invalid one counts as ordinary output, so that its author sees it in the log.
    fn directive(&mut self, text: &str) -> Option<Parsed> {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        let progress = match word {
            DURATION => {
                let seconds = rest.parse().ok().filter(|s: &f64| s.is_finite())?;
                self.programs.set_duration(seconds);
                None
            }
            PROGRESS => {
                let (number, step) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                let fraction = directive_fraction(number)?;
                if !self.uses_directives {
                    // The progress that was guessed so far is not on the program's own scale.
                    (self.uses_directives, self.last) = (true, None);
                }
                self.advance(fraction, Some(step))
            }
            _ => return None,
        };
        Some(Parsed {
            progress,
            is_directive: true,
        })
    }

    /// The progress, unless it goes back or repeats the last one.
    fn advance(&mut self, fraction: f64, step: Option<&str>) -> Option<Progress> {
        let last = self.last.as_ref();
        let minimum = last.map_or(0.0, |last| last.fraction);
        if !self.uses_directives && fraction < minimum {
            return None;
        }
        let step = step.map(shortened).filter(|step| !step.is_empty());
        let now = Progress {
            fraction: fraction.max(minimum),
            step: step.or_else(|| last.and_then(|last| last.step.clone())),
        };
        if last == Some(&now) {
            return None;
        }
        self.last = Some(now.clone());
        Some(now)
    }
}

fn directive_fraction(number: &str) -> Option<f64> {
    let fraction = match number.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()? / 100.0,
        None => number.parse().ok()?,
    };
    (0.0..=1.0).contains(&fraction).then_some(fraction)
}

fn shortened(step: &str) -> String {
    let step = step.trim();
    let mut short: String = step.chars().take(MAX_STEP_CHARS).collect();
    if short.len() < step.len() {
        short.pop();
        short.push('…');
    }
    short
}

/// Removes colours and other control sequences (ECMA-48: ESC, `[`, parameters, a letter).
fn without_control_sequences(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => {
                if letters.as_str().starts_with('[') {
                    letters.next();
                    letters.find(|c| ('@'..='~').contains(c));
                }
            }
            '\t' => plain.push(' '),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain
}
