//! A message without its enum type, with its English text.

use super::{Lang, Translate, job};
use crate::job::Text;
use serde::{Deserialize, Serialize};

/// A message of ours: key and arguments for the reader's language, and the English for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    pub text: Text,
    pub english: String,
}

impl Sentence {
    /// The sentence in a language; in English where this version of the program does not know its key.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> String {
        job::translated(lang, Some(&self.text), &self.english)
    }
}

impl<M: Translate + ?Sized> From<&M> for Sentence {
    fn from(message: &M) -> Self {
        Self {
            text: message.text(),
            english: message.english(),
        }
    }
}
