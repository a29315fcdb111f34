//! Programs whose progress spans several lines, or has a format of its own.

use super::numbers::{number_at_end, number_at_start, percent};

/// The phases of a clone, with the fractions at which each starts and ends: receiving takes most of the time.
const GIT_PHASES: &[(&str, f64, f64)] = &[
    ("Receiving objects:", 0.0, 0.8),
    ("Resolving deltas:", 0.8, 0.95),
    ("Updating files:", 0.95, 1.0),
];

/// Columns of curl's meter; the first is the percentage.
const CURL_COLUMNS: usize = 12;

/// What is known about the program from the lines so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownPrograms {
    /// Length in seconds of the video or audio that ffmpeg writes.
    duration: Option<f64>,
    ffmpeg: bool,
    curl: bool,
    /// rsync listed its files, so its percentage is that of a single file.
    rsync_lists: bool,
}

/// How a known program explains a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Recognized<'a> {
    Progress(f64, Option<&'a str>),
    /// A line of a known program that is not about progress.
    NoProgress,
    Unknown,
}

impl Recognized<'_> {
    fn or_else(self, next: impl FnOnce() -> Self) -> Self {
        if self == Self::Unknown { next() } else { self }
    }
}

impl KnownPrograms {
    /// Sets the length in seconds that ffmpeg's time is measured against. ffmpeg's own output does not override it.
    pub(crate) fn set_duration(&mut self, seconds: f64) {
        self.duration = Some(seconds).filter(|seconds| *seconds > 0.0);
    }

    /// Recognizes the next line, which has no control sequences.
    pub(crate) fn recognize<'a>(&mut self, line: &'a str) -> Recognized<'a> {
        self.ffmpeg(line)
            .or_else(|| git(line))
            .or_else(|| self.rsync(line))
            .or_else(|| self.curl(line))
            .or_else(|| wget(line))
    }

    /// ffmpeg prints the length of its input, then its position again and again. With several inputs, the
    /// first one counts. Its other lines are full of percentages that are not progress.
    fn ffmpeg<'a>(&mut self, line: &'a str) -> Recognized<'a> {
        if line.starts_with("ffmpeg version ") {
            self.ffmpeg = true;
        }
        if let Some(rest) = line.strip_prefix("Duration: ")
            && self.duration.is_none()
            && let Some(seconds) = seconds(rest)
        {
            self.set_duration(seconds);
        }
        let progress = line.starts_with("out_time=") || line.contains("bitrate=");
        let time = line.split_once("time=").filter(|_| progress);
        match (self.duration, time.and_then(|(_, rest)| seconds(rest))) {
            (Some(duration), Some(time)) => Recognized::Progress((time / duration).min(1.0), None),
            _ if self.ffmpeg || time.is_some() => Recognized::NoProgress,
            _ => Recognized::Unknown,
        }
    }

    /// rsync's own bar: bytes, percentage, speed, time, and at the end of each file how many are left.
    fn rsync<'a>(&mut self, line: &'a str) -> Recognized<'a> {
        if line.ends_with("ing incremental file list") {
            self.rsync_lists = true;
            return Recognized::NoProgress;
        }
        let mut columns = line.split_whitespace();
        let bytes = columns.next().filter(|bytes| {
            bytes.ends_with(|c: char| c.is_ascii_digit())
                && bytes.chars().all(|c| c.is_ascii_digit() || c == ',')
        });
        let part = columns.next().and_then(|column| column.strip_suffix('%'));
        let speed = columns.next().is_some_and(|column| column.ends_with("B/s"));
        let (Some(_), Some(part), true) = (bytes, part, speed) else {
            return Recognized::Unknown;
        };
        let left = line.split_once("-chk=").and_then(|(_, rest)| {
            let (left, rest) = number_at_start(rest)?;
            let (all, _) = number_at_start(rest.strip_prefix('/')?)?;
            (left <= all && all > 0.0).then_some(1.0 - left / all)
        });
        let part = number_at_start(part).map(|(part, _)| part / 100.0);
        match (self.rsync_lists, part, left) {
            (true, _, Some(fraction)) | (false, Some(fraction), _) if fraction <= 1.0 => {
                Recognized::Progress(fraction, None)
            }
            _ => Recognized::NoProgress,
        }
    }

    /// curl's meter: a header, then rows that begin with the percentage.
    fn curl<'a>(&mut self, line: &'a str) -> Recognized<'a> {
        if line.starts_with("% Total ") {
            self.curl = true;
            return Recognized::NoProgress;
        }
        if !self.curl || line.split_whitespace().count() != CURL_COLUMNS {
            return Recognized::Unknown;
        }
        match number_at_start(line) {
            Some((percent, rest)) if percent <= 100.0 && rest.starts_with(' ') => {
                Recognized::Progress(percent / 100.0, None)
            }
            _ => Recognized::Unknown,
        }
    }
}

/// git counts and compresses before it receives, each with a percentage of its own.
fn git(line: &str) -> Recognized<'_> {
    const BEFORE: [&str; 3] = [
        "Enumerating objects:",
        "Counting objects:",
        "Compressing objects:",
    ];
    if line.starts_with("remote: ") || BEFORE.iter().any(|words| line.starts_with(words)) {
        return Recognized::NoProgress;
    }
    let phase = GIT_PHASES
        .iter()
        .find(|(words, ..)| line.starts_with(words));
    match phase.and_then(|phase| Some((phase, percent(line)?))) {
        Some(((words, from, to), found)) => {
            let fraction = from + (to - from) * found.fraction;
            Recognized::Progress(fraction, Some(words.trim_end_matches(':')))
        }
        None => Recognized::Unknown,
    }
}

/// wget that downloads into a file: kilobytes, dots, percentage, speed and time.
fn wget(line: &str) -> Recognized<'_> {
    let Some((kilobytes, dots)) = line.split_once("K ") else {
        return Recognized::Unknown;
    };
    if number_at_end(kilobytes).is_none_or(|(before, _)| !before.is_empty()) {
        return Recognized::Unknown;
    }
    let dots = dots.trim_start();
    match percent(dots).filter(|_| dots.starts_with(['.', ','])) {
        Some(found) if found.before.chars().all(|c| " .,".contains(c)) => {
            Recognized::Progress(found.fraction, None)
        }
        _ => Recognized::Unknown,
    }
}

/// The seconds of a time such as `00:01:33.50`. ffmpeg's first time may be negative, which counts as zero.
fn seconds(text: &str) -> Option<f64> {
    if text.starts_with('-') {
        return Some(0.0);
    }
    let (hours, rest) = number_at_start(text)?;
    let (minutes, rest) = number_at_start(rest.strip_prefix(':')?)?;
    let (rest, _) = number_at_start(rest.strip_prefix(':')?)?;
    Some(hours * 3600.0 + minutes * 60.0 + rest)
}
