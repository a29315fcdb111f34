//! Our own texts as a key and its arguments, so that a page can show them in the reader's language.
//! Rows store the key beside the English text, which programs read.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One of our own texts: the key of its sentence, and the values of its placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(schemars::JsonSchema))]
pub struct Text {
    pub key: String,
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl Text {
    /// A text without placeholders.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            args: BTreeMap::new(),
        }
    }

    /// Adds the value of a placeholder.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Replaces the placeholders of a sentence, written `{name}`, by the arguments.
    ///
    /// Placeholders within an argument are not replaced, so that a person's own braces stay as they are.
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
    fn placeholders_are_filled_once() {
        let text = Text::new("k").with("a", "{b}").with("b", 2);
        assert_eq!(text.fill("{a} of {b}, {c} {"), "{b} of 2, {c} {");
    }
}
