//! Programs whose progress stands in more than one line, or has a shape of its own.

use super::numbers::{number_at_end, number_at_start, percent};

/// Parts of git's way, and how far one is at the end of each: receiving takes most of the time.
const GIT: &[(&str, f64, f64)] = &[
    ("Receiving objects:", 0.0, 0.8),
    ("Resolving deltas:", 0.8, 0.95),
    ("Updating files:", 0.95, 1.0),
];

/// Columns of curl's meter, of which the first is the percentage.
const CURL_COLUMNS: usize = 12;

/// What is known of a program by the lines that it printed so far.
#[derive(Debug, Clone, Default)]
pub struct Programs {
    /// Seconds of the film or sound that ffmpeg makes.
    duration: Option<f64>,
    ffmpeg: bool,
    curl: bool,
    /// rsync listed its files, so that a percentage is that of one file.
    rsync_lists: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seen<'a> {
    Progress(f64, Option<&'a str>),
    /// A line of a program that we know, which says nothing about progress.
    Its,
    Other,
}

impl Programs {
    /// Says how long ffmpeg's work is, in seconds; nothing else overrides it.
    pub fn set_duration(&mut self, seconds: f64) {
        self.duration = Some(seconds).filter(|seconds| *seconds > 0.0);
    }

    /// Reads the next line, without colours.
    pub fn read<'a>(&mut self, line: &'a str) -> Seen<'a> {
        let seen = self.ffmpeg(line);
        if seen != Seen::Other {
            return seen;
        }
        let seen = git(line);
        if seen != Seen::Other {
            return seen;
        }
        let seen = self.rsync(line);
        if seen != Seen::Other {
            return seen;
        }
        let seen = self.curl(line);
        if seen != Seen::Other {
            return seen;
        }
        wget(line)
    }

    /// ffmpeg says how long its input is, then again and again how far it is. With several inputs
    /// the first counts. Its other lines are full of percentages that are none of progress.
    fn ffmpeg<'a>(&mut self, line: &'a str) -> Seen<'a> {
        if line.starts_with("ffmpeg version ") {
            self.ffmpeg = true;
        }
        if let Some(rest) = line.strip_prefix("Duration: ")
            && self.duration.is_none()
            && let Some(seconds) = clock(rest)
        {
            self.set_duration(seconds);
        }
        let progress = line.starts_with("out_time=") || line.contains("bitrate=");
        let time = line.split_once("time=").filter(|_| progress);
        match (self.duration, time.and_then(|(_, rest)| clock(rest))) {
            (Some(duration), Some(time)) => Seen::Progress((time / duration).min(1.0), None),
            _ if self.ffmpeg || time.is_some() => Seen::Its,
            _ => Seen::Other,
        }
    }

    /// rsync's own bar: bytes, percentage, speed, time, and at the end of a file how many are left.
    fn rsync<'a>(&mut self, line: &'a str) -> Seen<'a> {
        if line.ends_with("ing incremental file list") {
            self.rsync_lists = true;
            return Seen::Its;
        }
        let mut columns = line.split_whitespace();
        let bytes = columns.next().filter(|bytes| {
            bytes.ends_with(|c: char| c.is_ascii_digit())
                && bytes.chars().all(|c| c.is_ascii_digit() || c == ',')
        });
        let part = columns.next().and_then(|column| column.strip_suffix('%'));
        let speed = columns.next().is_some_and(|column| column.ends_with("B/s"));
        let (Some(_), Some(part), true) = (bytes, part, speed) else {
            return Seen::Other;
        };
        let left = line.split_once("-chk=").and_then(|(_, rest)| {
            let (left, rest) = number_at_start(rest)?;
            let (all, _) = number_at_start(rest.strip_prefix('/')?)?;
            (left <= all && all > 0.0).then_some(1.0 - left / all)
        });
        let part = number_at_start(part).map(|(part, _)| part / 100.0);
        match (self.rsync_lists, part, left) {
            (true, _, Some(fraction)) | (false, Some(fraction), _) if fraction <= 1.0 => {
                Seen::Progress(fraction, None)
            }
            _ => Seen::Its,
        }
    }

    /// curl's meter: a head, then rows that begin with the percentage.
    fn curl<'a>(&mut self, line: &'a str) -> Seen<'a> {
        if line.starts_with("% Total ") {
            self.curl = true;
            return Seen::Its;
        }
        if !self.curl || line.split_whitespace().count() != CURL_COLUMNS {
            return Seen::Other;
        }
        match number_at_start(line) {
            Some((percent, rest)) if percent <= 100.0 && rest.starts_with(' ') => {
                Seen::Progress(percent / 100.0, None)
            }
            _ => Seen::Other,
        }
    }
}

/// git counts and packs before it receives, at a percentage of its own each time.
fn git(line: &str) -> Seen<'_> {
    const BEFORE: [&str; 3] = [
        "Enumerating objects:",
        "Counting objects:",
        "Compressing objects:",
    ];
    if line.starts_with("remote: ") || BEFORE.iter().any(|words| line.starts_with(words)) {
        return Seen::Its;
    }
    let part = GIT.iter().find(|(words, ..)| line.starts_with(words));
    match part.and_then(|part| Some((part, percent(line)?))) {
        Some(((words, from, to), found)) => {
            let fraction = from + (to - from) * found.fraction;
            Seen::Progress(fraction, Some(words.trim_end_matches(':')))
        }
        None => Seen::Other,
    }
}

/// wget into a file: kilobytes, dots, the percentage, speed and time.
fn wget(line: &str) -> Seen<'_> {
    let Some((kilobytes, dots)) = line.split_once("K ") else {
        return Seen::Other;
    };
    if number_at_end(kilobytes).is_none_or(|(before, _)| !before.is_empty()) {
        return Seen::Other;
    }
    let dots = dots.trim_start();
    match percent(dots).filter(|_| dots.starts_with(['.', ','])) {
        Some(found) if found.before.chars().all(|c| " .,".contains(c)) => {
            Seen::Progress(found.fraction, None)
        }
        _ => Seen::Other,
    }
}

/// Seconds of a time such as `00:01:33.50`, which may be negative at the very start.
fn clock(text: &str) -> Option<f64> {
    if text.starts_with('-') {
        return Some(0.0);
    }
    let (hours, rest) = number_at_start(text)?;
    let (minutes, rest) = number_at_start(rest.strip_prefix(':')?)?;
    let (seconds, _) = number_at_start(rest.strip_prefix(':')?)?;
    Some(hours * 3600.0 + minutes * 60.0 + seconds)
}
