//! Times, durations and amounts as each language writes them.
//!
//! Pure and the same on server and browser: the first HTML equals the first client render.

use super::{Lang, Translation};
use crate::job::Timestamp;

/// A no-break space, which French puts before units and signs.
const NBSP: char = '\u{a0}';
/// A narrow no-break space: between groups of digits and before `%`.
const NARROW: char = '\u{202f}';

const MONTHS: [Translation; 12] = [
    Translation::new("Jan", "janv."),
    Translation::new("Feb", "févr."),
    Translation::new("Mar", "mars"),
    Translation::new("Apr", "avr."),
    Translation::new("May", "mai"),
    Translation::new("Jun", "juin"),
    Translation::new("Jul", "juil."),
    Translation::new("Aug", "août"),
    Translation::new("Sep", "sept."),
    Translation::new("Oct", "oct."),
    Translation::new("Nov", "nov."),
    Translation::new("Dec", "déc."),
];
const NOW: Translation = Translation::new("just now", "à l’instant");

/// A point in time in UTC, such as `21 Nov 2026, 09:14 UTC`, used until the reader's time zone is
/// known.
pub fn date_time(lang: Lang, at: Timestamp) -> String {
    let text = at.to_string();
    let (date, clock) = text.split_once('T').unwrap_or((&text, ""));
    let mut date = date.split('-');
    let year = date.next().unwrap_or_default();
    let month = date.next().and_then(|month| month.parse::<usize>().ok());
    let day = date.next().unwrap_or_default().trim_start_matches('0');
    let month = month
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)))
        .map_or("", |month| month.get(lang));
    let clock = clock.get(..5).unwrap_or_default();
    format!("{day}{NBSP}{month}{NBSP}{year}, {clock}{NBSP}UTC")
}

/// How long ago something was, such as `2 min ago`; a future time is `just now`.
pub fn ago(lang: Lang, at: Timestamp, now: Timestamp) -> String {
    let seconds = (now.0 - at.0) / 1000;
    let (amount, unit) = match seconds {
        ..45 => return NOW.get(lang).to_owned(),
        45..3600 => ((seconds + 30) / 60, "min"),
        3600..86_400 => (seconds / 3600, "h"),
        _ => (seconds / 86_400, ""),
    };
    match (lang, unit) {
        (Lang::En, "") if amount == 1 => "yesterday".to_owned(),
        (Lang::En, "") => format!("{amount}{NBSP}days ago"),
        (Lang::En, unit) => format!("{amount}{NBSP}{unit} ago"),
        (Lang::Fr, "") if amount == 1 => "hier".to_owned(),
        (Lang::Fr, "") => format!("il y a {amount}{NBSP}jours"),
        (Lang::Fr, unit) => format!("il y a {amount}{NBSP}{unit}"),
    }
}

/// A duration in at most two units, such as `2 min 35 s`.
pub fn span(seconds: f64) -> String {
    if seconds > 0.0 && seconds < 1.0 {
        return format!("<{NBSP}1{NBSP}s");
    }
    let seconds = whole(seconds);
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{rest}{NBSP}s"),
        (0, _) => format!("{minutes}{NBSP}min {rest:02}{NBSP}s"),
        _ => format!("{hours}{NBSP}h {minutes:02}{NBSP}min"),
    }
}

/// A number for a rule or a table: without groups of digits, and with the decimal sign of the language.
pub fn plain_number(lang: Lang, number: f64) -> String {
    let digits = number.to_string();
    match lang {
        Lang::En => digits,
        Lang::Fr => digits.replace('.', ","),
    }
}

/// A whole number in groups of three digits.
pub fn number(lang: Lang, number: u64) -> String {
    let group = match lang {
        Lang::En => ',',
        Lang::Fr => NARROW,
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with at most one digit after the language's decimal sign.
pub fn decimal(lang: Lang, number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match lang {
        Lang::En => text.to_owned(),
        Lang::Fr => text.replace('.', ","),
    }
}

/// A number with `digits` digits after the language's decimal sign, and in groups of three before it.
pub fn fixed(lang: Lang, value: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", value.abs());
    let (before, after) = text.split_once('.').unwrap_or((&text, ""));
    let before = match before.parse() {
        Ok(before) => number(lang, before),
        // Too large for a `u64`.
        Err(_) => before.to_owned(),
    };
    let sign = if value < 0.0 { "−" } else { "" };
    match (lang, after) {
        (_, "") => format!("{sign}{before}"),
        (Lang::En, after) => format!("{sign}{before}.{after}"),
        (Lang::Fr, after) => format!("{sign}{before},{after}"),
    }
}

/// A percentage, rounded down, so that only what is done shows 100 %.
pub fn percent(lang: Lang, part: f64) -> String {
    let part = whole((part * 100.0).floor()).min(100);
    match lang {
        Lang::En => format!("{part}%"),
        Lang::Fr => format!("{part}{NARROW}%"),
    }
}

/// The size of a file, in decimal units as file managers show them.
pub fn bytes(lang: Lang, bytes: u64) -> String {
    const UNITS: [Translation; 4] = [
        Translation::new("B", "o"),
        Translation::new("kB", "ko"),
        Translation::new("MB", "Mo"),
        Translation::new("GB", "Go"),
    ];
    #[expect(clippy::cast_precision_loss, reason = "one digit is shown")]
    let mut size = bytes as f64;
    let mut unit = 0;
    while size >= 999.95 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    format!("{}{NBSP}{}", decimal(lang, size), UNITS[unit].get(lang))
}

/// An amount with its noun. In French, 0 and 1 take the singular.
pub fn count(lang: Lang, amount: u64, one: Translation, many: Translation) -> String {
    let single = match lang {
        Lang::En => amount == 1,
        Lang::Fr => amount < 2,
    };
    let noun = if single { one } else { many };
    format!("{}{NBSP}{}", number(lang, amount), noun.get(lang))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what is shown"
)]
fn whole(value: f64) -> u64 {
    value.clamp(0.0, 1e15) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with ordinary spaces only.
    fn plain(text: &str) -> String {
        text.replace([NBSP, NARROW], " ")
    }

    #[test]
    fn times_are_formatted_in_both_languages() {
        let at = Timestamp::parse("2026-11-01T09:04:59.000Z").unwrap();
        assert_eq!(plain(&date_time(Lang::En, at)), "1 Nov 2026, 09:04 UTC");
        assert_eq!(plain(&date_time(Lang::Fr, at)), "1 nov. 2026, 09:04 UTC");
        for (seconds, en, fr) in [
            (-5, "just now", "à l’instant"),
            (44, "just now", "à l’instant"),
            (45, "1 min ago", "il y a 1 min"),
            (7200, "2 h ago", "il y a 2 h"),
            (86_400, "yesterday", "hier"),
            (3 * 86_400, "3 days ago", "il y a 3 jours"),
        ] {
            let now = Timestamp(at.0 + seconds * 1000);
            assert_eq!(plain(&ago(Lang::En, at, now)), en);
            assert_eq!(plain(&ago(Lang::Fr, at, now)), fr);
        }
    }

    #[test]
    fn spans_have_two_units_at_most() {
        for (seconds, text) in [
            (-1.0, "0 s"),
            (0.4, "< 1 s"),
            (59.9, "59 s"),
            (155.0, "2 min 35 s"),
            (3900.0, "1 h 05 min"),
        ] {
            assert_eq!(plain(&span(seconds)), text);
        }
    }

    #[test]
    fn amounts_follow_the_language() {
        assert_eq!(number(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(plain(&number(Lang::Fr, 1_234)), "1 234");
        assert_eq!(plain(&bytes(Lang::En, 1_250_000)), "1.2 MB");
        assert_eq!(plain(&bytes(Lang::Fr, 1_250_000)), "1,2 Mo");
        assert_eq!(plain(&bytes(Lang::En, 999)), "999 B");
        assert_eq!(plain(&percent(Lang::Fr, 0.9999)), "99 %");
        assert_eq!(percent(Lang::En, 1.0), "100%");
        let one = Translation::new("chapter", "chapitre");
        let many = Translation::new("chapters", "chapitres");
        assert_eq!(plain(&count(Lang::En, 0, one, many)), "0 chapters");
        assert_eq!(plain(&count(Lang::Fr, 0, one, many)), "0 chapitre");
    }
}
