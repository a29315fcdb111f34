//! Progress in the formats that most programs share, and what only looks like it.

use super::numbers::{Number, count, is_bar, number_at_end, number_at_start, percent};

/// Words of a line about progress, besides those that end in "ing".
const PROGRESS_WORDS: &[&str] = &[
    "complete",
    "completed",
    "converted",
    "copied",
    "done",
    "download",
    "downloaded",
    "encoded",
    "finished",
    "imported",
    "processed",
    "progress",
    "rendered",
    "saved",
    "upload",
    "uploaded",
    "written",
];

/// Things that are counted one by one.
const COUNTABLE: &[&str] = &[
    "batch",
    "block",
    "chapter",
    "chunk",
    "epoch",
    "file",
    "frame",
    "image",
    "item",
    "iter",
    "iteration",
    "job",
    "layer",
    "page",
    "part",
    "phase",
    "progress",
    "record",
    "row",
    "scene",
    "segment",
    "stage",
    "step",
    "task",
    "test",
    "track",
];

/// Words of a line about something else.
const OTHER_WORDS: &[&str] = &[
    "accuracy",
    "attempt",
    "available",
    "average",
    "battery",
    "best",
    "better",
    "bigger",
    "charge",
    "compression",
    "confidence",
    "coverage",
    "cpu",
    "disk",
    "error",
    "errors",
    "fail",
    "failed",
    "failing",
    "faster",
    "free",
    "full",
    "gpu",
    "idle",
    "iowait",
    "larger",
    "less",
    "limit",
    "load",
    "loss",
    "match",
    "mem",
    "memory",
    "missing",
    "more",
    "off",
    "packet",
    "passed",
    "passing",
    "quota",
    "ram",
    "rate",
    "rating",
    "ratio",
    "reduction",
    "remaining",
    "retry",
    "retrying",
    "saving",
    "score",
    "slower",
    "smaller",
    "swap",
    "threshold",
    "try",
    "usage",
    "use",
    "used",
    "using",
    "utilization",
    "volume",
    "worse",
];

/// The fraction in a line, and the step it names.
///
/// A line that overwrites another is about progress. Any other line has to look like it.
pub(crate) fn find(line: &str, overwrites: bool) -> Option<(f64, Option<&str>)> {
    let percentage = percent(line);
    // `test_a.py::test_x PASSED [ 42%]`: other words do not matter here.
    let found = match percentage.filter(in_brackets_at_an_end) {
        Some(found) => found,
        None if words(line).any(|word| OTHER_WORDS.contains(&word.as_str())) => return None,
        None => percentage
            .filter(|found| overwrites || is_progress_percentage(line, found))
            .or_else(|| count(line).filter(|found| overwrites || is_step_count(found)))?,
    };
    Some((found.fraction, step(&found)))
}

/// `[ 42%]` at the start or at the end of a line.
fn in_brackets_at_an_end(found: &Number) -> bool {
    let (before, after) = (found.before.trim(), found.after.trim());
    enclosed(found) && (before == "[" || after == "]")
}

fn is_progress_percentage(line: &str, found: &Number) -> bool {
    let (before, after) = (found.before.trim_end(), found.after.trim_start());
    if enclosed(found) || beside_a_bar(found) {
        return true;
    }
    // `Receiving: 42% (420/1000)`
    let counted = after.strip_prefix('(').and_then(number_at_start);
    if counted.is_some_and(|(_, rest)| rest.starts_with('/')) {
        return true;
    }
    // A row of a table has a number before its percentage.
    if number_at_end(before).is_some() {
        return false;
    }
    let starts = without_tag(before).is_empty();
    let ends = after.trim_start_matches(['.', '…', ')']).is_empty();
    (starts && ends) || ((starts || ends) && words(line).any(|word| is_progress_word(&word)))
}

fn is_step_count(found: &Number) -> bool {
    if enclosed(found) || beside_a_bar(found) {
        return true;
    }
    let before = found.before.trim();
    let last = words(before).last();
    let counted = last.as_deref().is_some_and(|word| {
        let one = word.strip_suffix('s').unwrap_or(word);
        COUNTABLE.contains(&one) || is_progress_word(word)
    });
    // `3/10` and `3/10 Rendering`, but not `1/2 cup of flour`.
    let starts = before.is_empty() && {
        let first = words(found.after).next();
        first.is_none_or(|word| {
            is_progress_word(&word) || COUNTABLE.contains(&word.strip_suffix('s').unwrap_or(&word))
        })
    };
    counted || starts
}

/// `[ 42%]`, `[3/10]`, `(3/10)`.
fn enclosed(found: &Number) -> bool {
    let (before, after) = (found.before.trim_end(), found.after.trim_start());
    (before.ends_with('[') && after.starts_with(']'))
        || (before.trim_start() == "(" && after.starts_with(')'))
}

/// `42%|###`, `42%[===>`, `===>  ] 42%`, `### 42%`.
fn beside_a_bar(found: &Number) -> bool {
    let (before, after) = (found.before.trim_end(), found.after.trim_start());
    let drawn = |side: &str| {
        side.chars()
            .filter(|c| is_bar(*c) || ".-".contains(*c))
            .count()
            > 2
    };
    let behind = before.ends_with(|c| is_bar(c) || "]|".contains(c)) && drawn(before);
    let ahead = after.starts_with(|c| is_bar(c) || "[|".contains(c));
    behind || ahead
}

/// The text without a first word in brackets: `[download] …`.
fn without_tag(text: &str) -> &str {
    let rest = text.trim_start();
    let tagged = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    tagged.map_or(rest, |(_, rest)| rest.trim_start())
}

fn is_progress_word(word: &str) -> bool {
    PROGRESS_WORDS.contains(&word) || (word.len() > 4 && word.ends_with("ing"))
}

/// The words of a text in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The step that a line names: the text before its number or, if the line begins with the number in
/// brackets, the text after it.
fn step<'a>(found: &Number<'a>) -> Option<&'a str> {
    let before = found
        .before
        .trim_matches(|c: char| "[(".contains(c) || c.is_whitespace());
    let before = before.split(['[', '|', '#', '━']).next().unwrap_or(before);
    let named = before
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')')
        .trim();
    if before.is_empty() && enclosed(found) {
        let after = found.after.trim_start_matches([']', ')', ' ', ':']).trim();
        return name_of_step(after);
    }
    name_of_step(named)
}

/// The text, if it begins with a letter; otherwise it is a time or a size.
fn name_of_step(text: &str) -> Option<&str> {
    text.starts_with(char::is_alphabetic).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_line_of_progress_is_read_with_its_step() {
        for (line, fraction, step) in [
            ("42%", 0.42, None),
            ("42.5%", 0.425, None),
            ("42% done", 0.42, None),
            ("Progress: 42%", 0.42, Some("Progress")),
            ("Downloading data... 42%", 0.42, Some("Downloading data")),
            (
                "[download]  42.0% of 10.00MiB at 1.00MiB/s ETA 00:05",
                0.42,
                Some("download"),
            ),
            (
                "[ 42%] Building CXX object a.o",
                0.42,
                Some("Building CXX object a.o"),
            ),
            ("test_a.py ......      [ 42%]", 0.42, Some("test_a.py")),
            (
                "Encoding:  42%|████      | 17/40 [00:01<00:02]",
                0.42,
                Some("Encoding"),
            ),
            (
                "Copying objects:  42% (420/1000)",
                0.42,
                Some("Copying objects"),
            ),
            ("[=====>      ] 42%", 0.42, None),
            ("######       42%", 0.42, None),
            ("3/10", 0.3, None),
            ("[3/10] Compiling x", 0.3, Some("Compiling x")),
            ("(3/10) Compiling x", 0.3, Some("Compiling x")),
            ("#8 [3/10] RUN make", 0.3, Some("RUN make")),
            ("Step 3/10 : RUN make", 0.3, Some("Step")),
            ("Processed 3/10 files", 0.3, Some("Processed")),
            ("Rendering frame 30 of 120", 0.25, Some("Rendering frame")),
            ("3/10 files", 0.3, None),
            (
                "    Building [===>    ] 1/8: part5, part3",
                0.125,
                Some("Building"),
            ),
        ] {
            assert_eq!(find(line.trim(), false), Some((fraction, step)), "{line}");
        }
    }

    #[test]
    fn a_line_about_something_else_is_ignored() {
        for line in [
            "Disk 42% full",
            "disk usage: 42%",
            "/dev/sda1  100G   42G   58G  42% /mnt",
            "src/app.py     120     18    85%",
            "TOTAL          120     18    85%",
            "src/loading.py 120     18    85%",
            "coverage: 85%",
            "10 packets transmitted, 10 received, 0% packet loss",
            "the new one is 42% faster",
            "100% sure",
            "Humidity 42%",
            "a 20% sample of the rows",
            "CPU 42%",
            "Saved 42% more",
            "3/10/2024",
            "2024/3/10 12:00",
            "On 3/10 we met",
            "read a/3/10 and b",
            "1/2 cup of flour",
            "3/10 tests failed",
            "attempt 3/10",
            "rated 3/10",
            "open 24/7",
            "one of 10",
            "2 of 3 tests passed",
            "HTTP/1.1 200 OK",
        ] {
            assert_eq!(find(line, false), None, "{line}");
        }
    }

    #[test]
    fn a_number_in_a_line_that_overwrites_another_is_read_anywhere() {
        for (line, fraction) in [
            ("1.5/3.0 MB 5.6 MB/s eta 0:00:01", 0.5),
            ("reel 42% of 10 MB", 0.42),
        ] {
            assert_eq!(
                find(line, true).map(|found| found.0),
                Some(fraction),
                "{line}"
            );
            assert_eq!(find(line, false), None, "{line}");
        }
        assert_eq!(find("CPU 42%", true), None);
    }
}
