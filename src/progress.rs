//! Progress, read from what programs print: one reader for every door that runs a program.
//!
//! Pure: lines in, [`Progress`] out. No clock, no process, no job.
//!
//! # What is read
//!
//! | printed | read as |
//! |---|---|
//! | `::progress 0.4 Rendering scene`, `::progress 40% …` | our own line: that much, and the step; from then on nothing else counts |
//! | `::duration 93.5` | our own line: the seconds that ffmpeg's `time=` is measured by |
//! | `Duration: 00:01:33.50`, then `time=00:00:42.12`, `out_time=…` | ffmpeg |
//! | `Receiving objects:  42% (420/1000)`, then `Resolving deltas`, `Updating files` | git: one way through all three |
//! | `1,048,576 100% … to-chk=4/6` | rsync: with a list of files by the files that are left, else by the percentage |
//! | ` 42 6144k   42 …` below `% Total    % Received` | curl's meter |
//! | `50K .......... ..........  42%  373M 0s` | wget into a file |
//! | `Encoding:  42%\|████  \| 17/40 [00:01<00:02]` | tqdm, and any other bar beside a percentage |
//! | `[ 42%] Building x`, `test_a.py ....  [ 42%]` | a percentage in brackets: `CMake`, pytest |
//! | `42%`, `42% done`, `Downloading… 42%` | a percentage alone, or beside a word of progress at an end of the line |
//! | `[3/10] Compiling x`, `3/10`, `Step 3/10`, `frame 88 of 120` | counts: ninja, docker, and most scripts |
//!
//! A line that the program drew over another (with a carriage return) is surely about progress, so
//! that its percentage or count is read wherever it stands.
//!
//! # What is not
//!
//! Dates (`3/10/2024`), paths, versions, what is more than its whole (`5/3`), rows of tables, and
//! percentages of something else (`Disk 42% full`, `coverage: 85%`, `0% packet loss`). Where a line
//! may mean either, it is taken to mean nothing: a bar that does not move misleads nobody.
//!
//! It never goes back. A bar that starts again, as for the next of several files, says nothing until
//! it is further than any before it.

mod lines;
mod numbers;
mod programs;
mod shapes;

pub use lines::{Line, Lines};

use programs::Programs;

/// Characters of a step; what is longer is cut.
const LONGEST_STEP: usize = 120;

/// The first word of our own lines.
const OWN: &str = "::progress";
const DURATION: &str = "::duration";

/// How far a program says it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// 0 to 1, and never less than before.
    pub fraction: f64,
    /// What the program is at, where it said so: one line without control characters.
    pub step: Option<String>,
}

/// What a line said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Said {
    /// Something new about the progress.
    pub progress: Option<Progress>,
    /// Whether the line was for the reader alone, and not for a log.
    pub ours: bool,
}

/// Reads one program's lines, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    programs: Programs,
    /// The program uses our own line: then it knows best.
    own: bool,
    last: Option<Progress>,
}

impl Reader {
    /// Reads the next line.
    pub fn read(&mut self, line: &Line) -> Said {
        let text = plain(&line.text);
        let text = text.trim();
        if let Some(said) = self.read_own(text) {
            return said;
        }
        if self.own || text.is_empty() {
            return Said::default();
        }
        let found = match self.programs.read(text) {
            programs::Seen::Progress(fraction, step) => Some((fraction, step)),
            programs::Seen::Its => None,
            programs::Seen::Other => shapes::find(text, line.redrawn),
        };
        Said {
            progress: found.and_then(|(fraction, step)| self.further(fraction, step)),
            ours: false,
        }
    }

    /// Our own lines; one that is wrong is a line as any other, so that its author sees it in the log.
    fn read_own(&mut self, text: &str) -> Option<Said> {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        match word {
            DURATION => {
                let seconds = rest.parse().ok().filter(|s: &f64| s.is_finite())?;
                self.programs.set_duration(seconds);
                Some(Said {
                    progress: None,
                    ours: true,
                })
            }
            OWN => {
                let (number, step) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                let fraction = own_fraction(number)?;
                if !self.own {
                    // What was guessed before says nothing about the program's own measure.
                    (self.own, self.last) = (true, None);
                }
                Some(Said {
                    progress: self.further(fraction, Some(step)),
                    ours: true,
                })
            }
            _ => None,
        }
    }

    /// What is new in this: it is never less than before, and the same is not said twice.
    fn further(&mut self, fraction: f64, step: Option<&str>) -> Option<Progress> {
        let before = self.last.as_ref();
        let least = before.map_or(0.0, |last| last.fraction);
        if !self.own && fraction < least {
            return None;
        }
        let step = step.map(cut).filter(|step| !step.is_empty());
        let now = Progress {
            fraction: fraction.max(least),
            step: step.or_else(|| before.and_then(|last| last.step.clone())),
        };
        if before == Some(&now) {
            return None;
        }
        self.last = Some(now.clone());
        Some(now)
    }
}

fn own_fraction(number: &str) -> Option<f64> {
    let fraction = match number.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()? / 100.0,
        None => number.parse().ok()?,
    };
    (0.0..=1.0).contains(&fraction).then_some(fraction)
}

fn cut(step: &str) -> String {
    let step = step.trim();
    let mut cut: String = step.chars().take(LONGEST_STEP).collect();
    if cut.len() < step.len() {
        cut.pop();
        cut.push('…');
    }
    cut
}

/// Without colours and other control sequences (ECMA-48: ESC, `[`, parameters, a letter).
fn plain(text: &str) -> String {
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
