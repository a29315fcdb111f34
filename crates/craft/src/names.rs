//! Makes names from files printable: a file may contain anything, and a name may be as long as a line.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters that are kept of a name.
const MAX_CHARS: usize = 80;

/// A name in one short line: control characters become spaces, and a long name is cut.
#[must_use]
pub fn printable(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = plain.take(MAX_CHARS).collect();
    if name.chars().nth(MAX_CHARS).is_some() {
        short.push('…');
    }
    short
}

/// Some names as a short list that reads the same in every language, such as `Ann, Bob, … (+3)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NameList(String);

impl NameList {
    /// Lists the first `most` names and counts the others.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, most: usize) -> Self {
        let mut names = names.into_iter();
        let mut listed: Vec<_> = names.by_ref().take(most).map(printable).collect();
        let others = names.count();
        if others > 0 {
            listed.push(format!("… (+{others})"));
        }
        Self(listed.join(", "))
    }
}

impl fmt::Display for NameList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{NameList, printable};

    #[test]
    fn a_printable_name_has_no_control_characters_and_at_most_80_characters() {
        for (name, expected) in [
            ("Pebble\u{7}\n2".to_owned(), "Pebble  2".to_owned()),
            ("é".repeat(80), "é".repeat(80)),
            ("é".repeat(81), "é".repeat(80) + "…"),
        ] {
            assert_eq!(printable(&name), expected);
        }
    }

    #[test]
    fn a_list_counts_the_names_that_it_leaves_out() {
        for (names, expected) in [
            (&[][..], ""),
            (&["a", "b"], "a, b"),
            (&["a", "b", "c", "d"], "a, b, … (+2)"),
        ] {
            let list = NameList::new(names.iter().copied(), 2);
            assert_eq!(list.to_string(), expected);
        }
    }
}
