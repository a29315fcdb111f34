//! What a prompt is about: its nouns.

use crate::words::Lang;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The most words that are taken from a prompt, and the longest one, in characters.
const MOST: usize = 8;
const LONGEST: usize = 32;

/// Articles, pronouns, prepositions and verbs of prompts, in both languages.
static STOP: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("lexicon/stop.txt")
        .split_whitespace()
        .collect()
});

/// Something that the prompt names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motif {
    pub word: String,
    pub article: Article,
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

impl Article {
    /// What a word before a French noun says of it.
    fn told_by(word: &str) -> Option<Self> {
        match word {
            "un" | "le" | "du" | "au" | "ce" | "cet" | "mon" | "ton" | "son" => {
                Some(Self::Masculine)
            }
            "une" | "la" | "cette" | "ma" | "ta" | "sa" => Some(Self::Feminine),
            "les" | "des" | "aux" | "ces" | "mes" | "tes" | "ses" | "nos" | "vos" | "leurs"
            | "deux" | "trois" => Some(Self::Plural),
            _ => None,
        }
    }

    /// What the ending of a French noun makes likely.
    fn guessed(word: &str) -> Self {
        const MASCULINE: [&str; 14] = [
            "age", "aire", "ain", "arbre", "fleuve", "isme", "livre", "monde", "navire", "phare",
            "pirate", "rêve", "mystère", "royaume",
        ];
        const FEMININE: [&str; 5] = ["e", "ion", "té", "eur", "forêt"];
        if word.ends_with('s') || word.ends_with('x') {
            Self::Plural
        } else if MASCULINE.iter().any(|end| word.ends_with(end)) {
            Self::Masculine
        } else if FEMININE.iter().any(|end| word.ends_with(end)) {
            Self::Feminine
        } else {
            Self::Masculine
        }
    }
}

/// The nouns of a prompt in their order, as far as a reader without a dictionary can tell.
pub fn motifs(lang: Lang, prompt: &str) -> Vec<Motif> {
    let mut found: Vec<Motif> = Vec::new();
    for clause in prompt.split(|c: char| !is_word(c) && !c.is_whitespace()) {
        let words: Vec<&str> = clause
            .split_whitespace()
            .flat_map(|word| [elided(word), bare(word), owner_mark(word)])
            .flatten()
            .collect();
        let mut run: Vec<&str> = Vec::new();
        let mut told = None;
        for (place, word) in words.iter().enumerate() {
            let name = is_name(word, place == 0);
            let named = run.first().is_some_and(|first| is_name(first, false));
            if name != named || is_stop(word) {
                settle(lang, &mut run, &mut told, &mut found);
            }
            if is_stop(word) {
                told = Article::told_by(&word.to_lowercase()).or(told);
            } else {
                run.push(word);
            }
        }
        settle(lang, &mut run, &mut told, &mut found);
    }
    found.truncate(MOST);
    found
}

/// Ends a run of words that belong together, and keeps its noun.
fn settle(lang: Lang, run: &mut Vec<&str>, told: &mut Option<Article>, found: &mut Vec<Motif>) {
    let words = std::mem::take(run);
    let Some(first) = words.first() else {
        return;
    };
    let told = told.take();
    let proper = is_name(first, false);
    let groups: Vec<&[&str]> = match (proper, lang) {
        (true, _) => vec![&words[..words.len().min(3)]],
        // In French the noun comes first, and what follows qualifies it.
        (false, Lang::Fr) => vec![&words[..1]],
        // In English it comes last; an `s` inside the run is most likely a verb's.
        (false, Lang::En) => words
            .split(|word| words.len() > 2 && Some(word) != words.last() && is_verb(word))
            .map(|group| &group[group.len().saturating_sub(2)..])
            .collect(),
    };
    for group in groups {
        let word: String = group.join(" ").chars().take(LONGEST).collect();
        let word = if proper { word } else { word.to_lowercase() };
        let known = found
            .iter()
            .any(|motif| motif.word.to_lowercase() == word.to_lowercase());
        if !word.is_empty() && !known {
            let article = if proper {
                Article::None
            } else {
                told.unwrap_or_else(|| Article::guessed(&word))
            };
            found.push(Motif { word, article });
        }
    }
}

/// The word without its edges, an elided article before it or a possessive after it.
fn bare(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word);
    let word = match word.split_once(['\'', '’']) {
        Some((article, noun)) if article.chars().count() <= 2 || article == "qu" => noun,
        _ => word,
    };
    (!word.is_empty()).then_some(word)
}

/// The article that an elision hides: *l’horloge*, *d’une baleine* begin anew after it.
fn elided(word: &str) -> Option<&str> {
    let (article, _) = word.split_once(['\'', '’'])?;
    matches!(article.to_lowercase().as_str(), "l" | "d").then_some(article)
}

/// A boundary after an owner: *grandmother’s clock* is about both of them.
fn owner_mark(word: &str) -> Option<&'static str> {
    (word.ends_with("'s") || word.ends_with("’s")).then_some("of")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}

fn is_stop(word: &str) -> bool {
    let lower = word.to_lowercase();
    let short = word.is_ascii() && word.len() < 3 && !has_digit(word);
    let number = word.chars().all(char::is_numeric);
    let adverb = ["ly", "ing", "ed", "ment"]
        .iter()
        .any(|end| lower.len() > end.len() + 3 && lower.ends_with(end));
    short || number || adverb || STOP.contains(lower.as_str())
}

fn is_verb(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss")
}

/// A capital inside a clause, a digit, or a script without capitals marks a name.
fn is_name(word: &str, first: bool) -> bool {
    let capital = word.starts_with(char::is_uppercase);
    let shouted = word.chars().count() > 1 && !word.contains(char::is_lowercase);
    has_digit(word) || shouted || (capital && !first)
}

fn has_digit(word: &str) -> bool {
    word.contains(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lang: Lang, prompt: &str) -> Vec<String> {
        motifs(lang, prompt)
            .into_iter()
            .map(|motif| motif.word)
            .collect()
    }

    #[test]
    fn nouns_are_found() {
        for (prompt, expected) in [
            (
                "A lighthouse keeper finds a talking whale in the fog",
                vec!["lighthouse keeper", "whale", "fog"],
            ),
            (
                "The girl builds rockets; her grandmother's clock stops!",
                vec!["girl", "rockets", "grandmother", "clock stops"],
            ),
            (
                "X121 travels to Paris with a fox",
                vec!["X121", "Paris", "fox"],
            ),
            ("???", vec![]),
        ] {
            assert_eq!(words(Lang::En, prompt), expected, "{prompt}");
        }
        assert_eq!(
            words(
                Lang::Fr,
                "Une vieille gardienne de phare trouve l’horloge d'une baleine bleue"
            ),
            ["gardienne", "phare", "horloge", "baleine"]
        );
    }
}
