//! Collects motifs while a prompt is parsed.

use super::clause::Word;
use super::motif::{Article, Motif};

/// Maximum length of a motif in characters.
pub const MAX_LENGTH: usize = 32;

/// Maximum number of words in a name.
const MAX_NAME_WORDS: usize = 3;

/// The motifs found so far, each once.
#[derive(Default)]
pub struct MotifCollector {
    pub motifs: Vec<Motif>,
    /// Whether the bearer of the next name is acting.
    pub next_name_is_agent: bool,
}

impl MotifCollector {
    pub fn add_noun(&mut self, noun: &str, article: Article) {
        self.add(Motif {
            text: shorten(noun),
            article,
            is_agent: false,
        });
    }

    /// A name of one to three words, and its article where the prompt has one: *the Moon*.
    /// In a script other than Latin it is kept whole and takes no article.
    pub fn add_name(&mut self, words: &[Word], article: Option<Article>) {
        let is_agent = std::mem::take(&mut self.next_name_is_agent);
        let is_latin = !words.iter().any(|word| word.is_non_latin);
        let kept = if is_latin {
            MAX_NAME_WORDS
        } else {
            words.len()
        };
        let text: Vec<&str> = words
            .iter()
            .take(kept)
            .map(|word| word.text.as_str())
            .collect();
        self.add(Motif {
            text: shorten(&text.join(" ")),
            article: article.filter(|_| is_latin).unwrap_or(Article::None),
            is_agent: is_agent && is_latin && article.is_none(),
        });
    }

    fn add(&mut self, motif: Motif) {
        let known = self
            .motifs
            .iter_mut()
            .find(|known| known.text.to_lowercase() == motif.text.to_lowercase());
        match known {
            Some(known) => known.is_agent |= motif.is_agent,
            None => self.motifs.push(motif),
        }
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= MAX_LENGTH {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MAX_LENGTH - 1).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}
