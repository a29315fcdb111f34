//! Percentages and counts within a line, with the text around them.

/// A number that may be progress.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number<'a> {
    /// From 0 to 1.
    pub fraction: f64,
    /// The text before it in the line.
    pub before: &'a str,
    /// The text after it.
    pub after: &'a str,
}

/// The first percentage from 0 to 100 that stands by itself: `42%`, `42.5 %`, `[ 42%]`.
pub(crate) fn percent(line: &str) -> Option<Number<'_>> {
    line.match_indices('%').find_map(|(at, _)| {
        let head = line[..at].strip_suffix(' ').unwrap_or(&line[..at]);
        let (before, value) = number_at_end(head)?;
        let after = &line[at + 1..];
        let alone = stands_alone(before, after) && value <= 100.0;
        alone.then_some(Number {
            fraction: value / 100.0,
            before,
            after,
        })
    })
}

/// The first count of a whole: `3/10`, `1.2/3.4`, `88 of 120`.
pub(crate) fn count(line: &str) -> Option<Number<'_>> {
    let slashes = line.match_indices('/');
    slashes
        .chain(line.match_indices(" of "))
        .find_map(|(at, between)| {
            let (before, part) = number_at_end(&line[..at])?;
            let (whole, after) = number_at_start(&line[at + between.len()..])?;
            let counted = part <= whole && whole >= 2.0;
            (counted && stands_alone(before, after)).then_some(Number {
                fraction: part / whole,
                before,
                after,
            })
        })
}

/// Whether the text around a number allows it to be a number of its own, not part of a date, a path,
/// a version or an expression.
fn stands_alone(before: &str, after: &str) -> bool {
    // A number after an equals sign is a setting.
    let opens = |c: char| c.is_whitespace() || "[(|]:'\"".contains(c) || (c != '=' && is_bar(c));
    let closes = |c: char| c.is_whitespace() || "[])|,;:'\"…".contains(c) || is_bar(c);
    let mut rest = after.chars();
    let ended = match rest.next() {
        // A full stop ends a sentence, but not between two numbers.
        Some('.') => rest.next().is_none_or(|c| c == '.' || c.is_whitespace()),
        Some(c) => closes(c),
        None => true,
    };
    ended && before.chars().next_back().is_none_or(opens)
}

/// Characters that bars are drawn with: blocks, lines, dots and solid signs.
pub(crate) fn is_bar(c: char) -> bool {
    matches!(c, '#' | '=' | '>' | '█' | '\u{2500}'..='\u{25ff}' | '\u{2800}'..='\u{28ff}')
}

/// The unsigned number at the end of a text, and the text before it.
pub(crate) fn number_at_end(text: &str) -> Option<(&str, f64)> {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let before = text.trim_end_matches(digits);
    Some((before, number(&text[before.len()..])?))
}

/// The unsigned number at the start of a text, and the text after it.
pub(crate) fn number_at_start(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    // A full stop after the number belongs to the sentence.
    let digits = text[..end].trim_end_matches('.');
    Some((number(digits)?, &text[digits.len()..]))
}

/// Digits with an optional fraction; at most fifteen characters, so that an `f64` keeps every digit.
fn number(digits: &str) -> Option<f64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    (plain(whole) && plain(part) && digits.len() <= 15)
        .then(|| digits.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{count, percent};

    #[test]
    fn only_a_percentage_that_stands_alone_is_found() {
        for (line, expected) in [
            ("42%", Some(0.42)),
            ("a  42.5 % b", Some(0.425)),
            ("[ 7%] x", Some(0.07)),
            ("####100.0%", Some(1.0)),
            ("300% then 20%", Some(0.2)),
            ("-5%", None),
            ("1,042%", None),
            ("x42%", None),
            ("/42%/", None),
            ("42%20of", None),
            ("1.2.3%", None),
            ("%", None),
        ] {
            assert_eq!(
                percent(line).map(|found| found.fraction),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn only_a_part_of_a_whole_is_a_count() {
        for (line, expected) in [
            ("3/10", Some(0.3)),
            ("[3/10] x", Some(0.3)),
            ("1.5/3.0 MB", Some(0.5)),
            ("frame 30 of 120.", Some(0.25)),
            ("0/2", Some(0.0)),
            ("3/10/2024", None),
            ("2024/3/10", None),
            ("5/3", None),
            ("0/0", None),
            ("1/1", None),
            ("a/3/10", None),
            ("to-chk=3/10", None),
            ("v3/10", None),
            ("3/10x", None),
            ("1.2.3/4", None),
            ("3/10.5.1", None),
        ] {
            assert_eq!(count(line).map(|found| found.fraction), expected, "{line}");
        }
    }
}
