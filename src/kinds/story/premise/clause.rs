//! A prompt cut into clauses of words.

use super::vocabulary::{Class, Vocabulary};
use crate::i18n::Lang;

/// The words between two marks of punctuation.
#[derive(Debug, Default)]
pub struct Clause {
    pub words: Vec<Word>,
    /// A sentence begins with it, so that its first capital says nothing.
    pub begins: bool,
}

impl Clause {
    /// The words before and after one.
    pub fn around(&self, at: usize) -> (Option<&Word>, Option<&Word>) {
        let before = at.checked_sub(1).and_then(|at| self.words.get(at));
        (before, self.words.get(at + 1))
    }
}

/// A word without what stuck to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub lower: String,
    /// A capital inside a sentence, a digit, or a script without capitals marks a name.
    pub name: bool,
    /// It is written in another alphabet.
    pub foreign: bool,
    /// It had the *’s* of an owner.
    pub owner: bool,
}

impl Word {
    pub fn has_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    pub fn is_number(&self) -> bool {
        self.text.starts_with(char::is_numeric)
    }
}

/// The clauses of a prompt, each with a word at least.
pub fn clauses(lang: Lang, prompt: &str) -> Vec<Clause> {
    let calm = if is_capitals(prompt) || is_headline(lang, prompt) {
        without_capitals(prompt)
    } else {
        prompt.to_owned()
    };
    let mut clauses = Vec::new();
    let mut begins = true;
    for part in calm.split_inclusive(|c: char| !is_part_of_word(c) && !c.is_whitespace()) {
        let (text, mark) = match part.char_indices().next_back() {
            Some((at, mark)) if !is_part_of_word(mark) => (&part[..at], Some(mark)),
            _ => (part, None),
        };
        let mut clause = Clause {
            words: Vec::new(),
            begins,
        };
        for word in text.split_whitespace() {
            let first = clause.begins && clause.words.is_empty();
            read(lang, word, first, &mut clause.words);
        }
        let empty = clause.words.is_empty();
        if !empty {
            clauses.push(clause);
        }
        begins = (begins && empty) || mark.is_some_and(|mark| !",;)]-–—’'/".contains(mark));
    }
    clauses
}

/// Cuts a word from what is elided before it or stuck to its end.
fn read(lang: Lang, word: &str, first: bool, words: &mut Vec<Word>) {
    let mut rest = word.trim_matches(|c: char| !c.is_alphanumeric() && c.is_ascii() || c == '’');
    let mut owner = false;
    if lang == Lang::En {
        for end in ["'s", "’s"] {
            if let Some(before) = rest.strip_suffix(end) {
                (rest, owner) = (before, true);
            }
        }
        for end in [
            "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'m", "’m", "'d", "’d",
        ] {
            rest = rest.strip_suffix(end).unwrap_or(rest);
        }
    } else if let Some((article, noun)) = rest.split_once(['\'', '’'])
        && is_elided(article)
        && !noun.is_empty()
    {
        words.push(word_of(article, first));
        return read(lang, noun, first, words);
    }
    if !rest.is_empty() {
        let mut word = word_of(rest, first);
        word.owner = owner;
        words.push(word);
    }
}

fn is_elided(article: &str) -> bool {
    const ELIDED: [&str; 12] = [
        "l", "d", "qu", "s", "n", "m", "t", "j", "c", "jusqu", "lorsqu", "puisqu",
    ];
    ELIDED.contains(&article.to_lowercase().as_str())
}

fn word_of(text: &str, first: bool) -> Word {
    let foreign = text.contains(is_foreign);
    let coded = text.contains(char::is_numeric) && text.starts_with(char::is_alphabetic);
    let capital = text.starts_with(char::is_uppercase);
    Word {
        text: text.to_owned(),
        lower: text.to_lowercase().replace('’', "'"),
        name: foreign || coded || (capital && !first),
        foreign,
        owner: false,
    }
}

/// Letters beyond the Latin alphabet.
fn is_foreign(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Letters, digits, and what stands between them or on them.
fn is_part_of_word(c: char) -> bool {
    let vowel_sign =
        matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{eff}');
    c.is_alphanumeric() || vowel_sign || matches!(c, '\'' | '’' | '-')
}

fn is_capitals(prompt: &str) -> bool {
    prompt.contains(char::is_uppercase) && !prompt.contains(char::is_lowercase)
}

/// Every Word Has a Capital, even one that is no name.
fn is_headline(lang: Lang, prompt: &str) -> bool {
    let known = Vocabulary::of(lang);
    let words: Vec<&str> = prompt
        .split(|c: char| !is_part_of_word(c))
        .filter(|word| word.chars().count() > 3)
        .collect();
    let is_small = |word: &&str| {
        let lower = word.to_lowercase();
        let asked = [
            Class::Determiner,
            Class::Preposition,
            Class::Relative,
            Class::Conjunction,
            Class::And,
            Class::Modifier,
            Class::Verb,
        ];
        known.first(&lower, &asked).is_some()
            || lower
                .strip_suffix('s')
                .is_some_and(|base| known.is(base, Class::Verb))
    };
    words.len() > 2
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase))
        && (words.iter().skip(1).any(is_small) || prompt.contains(" Who "))
}

/// The text in small letters; codes such as X121 keep theirs.
fn without_capitals(prompt: &str) -> String {
    prompt
        .split_inclusive(char::is_whitespace)
        .map(|word| {
            if word.contains(char::is_numeric) {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .collect()
}
