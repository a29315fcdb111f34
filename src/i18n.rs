//! All texts in both languages. A text without a translation does not compile.
//!
//! One file per area: [`tray`] (the tray and its panel), [`pages`] (the studio), [`error_page`] (error
//! pages), [`job`] (names, steps and failures that rows store as a key and arguments), [`time`] (times
//! and amounts). The texts of a kind of job live in its folder.

pub mod error_page;
pub mod job;
mod message;
pub mod pages;
mod sentence;
pub mod time;
pub mod tray;

pub use job::{FixMessage, JobMessage, new_failure};
pub use message::{Entry, Translate, install};
pub use sentence::Sentence;
pub use time::plain_number;

use serde::{Deserialize, Serialize};

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Fr,
}

/// One sentence in both languages. Placeholders are written `{name}`, see [`crate::job::Text::fill`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Translation {
    pub en: &'static str,
    pub fr: &'static str,
}

impl Translation {
    pub const fn new(en: &'static str, fr: &'static str) -> Self {
        Self { en, fr }
    }

    /// The sentence in a language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Fr => self.fr,
        }
    }
}

impl Lang {
    /// The value of `<html lang>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language of a tag such as `fr-CA`; none if there are no texts in it.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag
            .split(['-', '_'])
            .next()?
            .trim()
            .to_ascii_lowercase()
            .as_str()
        {
            "en" => Some(Self::En),
            "fr" => Some(Self::Fr),
            _ => None,
        }
    }

    /// The best language for an `Accept-Language` header; English when there is none.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (0.0_f32, Self::En);
        for part in header.split(',') {
            let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
            let weight = weight
                .trim()
                .strip_prefix("q=")
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if let Some(lang) = Self::parse(tag)
                && weight > best.0
            {
                best = (weight, lang);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_heaviest_known_language_wins() {
        for (header, lang) in [
            ("", Lang::En),
            ("de", Lang::En),
            ("fr", Lang::Fr),
            ("fr-CA,en;q=0.8", Lang::Fr),
            ("en;q=0.4, fr;q=0.9", Lang::Fr),
            ("de, en;q=0.9, fr;q=0.1", Lang::En),
            ("fr;q=zero", Lang::En),
        ] {
            assert_eq!(Lang::from_accept_language(header), lang, "{header}");
        }
    }
}
