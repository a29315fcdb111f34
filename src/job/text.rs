//! Texts that we make, as a key and its arguments, so that a page can say them in
//! the reader's language. Rows keep the key; English is put beside it for programs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text of ours: which sentence, and what stands in its gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Text {
    pub key: String,
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl Text {
    /// A text without gaps.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            args: BTreeMap::new(),
        }
    }

    /// Fills a gap.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Puts the arguments into a sentence whose gaps are written `{name}`.
    ///
    /// An argument is never read for gaps again, so that a person's own braces stay as they are.
    #[must_use]
    pub fn fill(&self, sentence: &str) -> String {
        let mut filled = String::with_capacity(sentence.len() + 16);
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            match after.split_once('}') {
                Some((name, after)) if self.args.contains_key(name) => {
                    filled.push_str(&self.args[name]);
                    rest = after;
                }
                _ => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn gaps_are_filled_once() {
        let text = Text::new("k").with("a", "{b}").with("b", 2);
        assert_eq!(text.fill("{a} of {b}, {c} {"), "{b} of 2, {c} {");
    }
}
