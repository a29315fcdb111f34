//! What a prompt is about: its nouns and names, in their order.

mod clause;
mod english;
mod french;
mod gender;
mod vocabulary;

use crate::i18n::Lang;
use clause::Word;

/// The most words that are taken from a prompt, and the longest one, in characters.
const MOST: usize = 8;
const LONGEST: usize = 32;

/// How a tale begins that is not about time.
const ONCE: &str = "once upon a time";

/// Something that the prompt names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motif {
    pub word: String,
    pub article: Article,
    /// A name whose bearer does something, and so belongs to the cast.
    pub acts: bool,
}

/// The article that the word takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Article {
    /// A name takes none.
    None,
    Masculine,
    Feminine,
    Plural,
}

/// The nouns and names of a prompt, each once.
pub fn motifs(lang: Lang, prompt: &str) -> Vec<Motif> {
    let told = prompt.trim_start();
    let told = match (lang, told.get(..ONCE.len())) {
        (Lang::En, Some(once)) if once.eq_ignore_ascii_case(ONCE) => &told[ONCE.len()..],
        _ => told,
    };
    let clauses = clause::clauses(lang, told);
    let mut found = Found::default();
    match lang {
        Lang::En => english::read(&clauses, &mut found),
        Lang::Fr => french::read(&clauses, &mut found),
    }
    found.motifs.truncate(MOST);
    found.motifs
}

/// What was found so far.
#[derive(Default)]
struct Found {
    motifs: Vec<Motif>,
    /// Whether the next name is somebody who does something.
    acts: bool,
}

impl Found {
    fn noun(&mut self, word: &str, article: Article) {
        self.add(Motif {
            word: shortened(word),
            article,
            acts: false,
        });
    }

    /// A name of one to three words, which the prompt may have given an article: *the Moon*.
    /// What is in another alphabet stays whole, and takes no article.
    fn name(&mut self, words: &[Word], article: Option<Article>) {
        let acts = std::mem::take(&mut self.acts);
        let foreign = words.iter().any(|word| word.foreign);
        let most = if foreign { words.len() } else { 3 };
        let text: Vec<&str> = words
            .iter()
            .take(most)
            .map(|word| word.text.as_str())
            .collect();
        self.add(Motif {
            word: shortened(&text.join(" ")),
            article: article.filter(|_| !foreign).unwrap_or(Article::None),
            acts: acts && !foreign && article.is_none(),
        });
    }

    fn add(&mut self, motif: Motif) {
        let known = self
            .motifs
            .iter_mut()
            .find(|known| known.word.to_lowercase() == motif.word.to_lowercase());
        match known {
            Some(known) => known.acts |= motif.acts,
            None => self.motifs.push(motif),
        }
    }
}

fn shortened(word: &str) -> String {
    if word.chars().count() <= LONGEST {
        return word.to_owned();
    }
    let mut short: String = word.chars().take(LONGEST - 1).collect();
    short.truncate(short.trim_end().len());
    short + "…"
}

#[cfg(test)]
mod tests;
