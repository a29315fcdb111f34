//! Cuts a prompt into clauses and words.

use super::word_class::{WordClass, WordList};
use crate::language::Language;

/// The words between two punctuation marks.
#[derive(Debug, Default)]
pub struct Clause {
    pub words: Vec<Word>,
    /// It begins a sentence, so the capital of its first word does not mark a name.
    pub starts_sentence: bool,
}

impl Clause {
    /// The words before and after the one at an index.
    pub fn neighbours(&self, at: usize) -> (Option<&Word>, Option<&Word>) {
        let before = at.checked_sub(1).and_then(|at| self.words.get(at));
        (before, self.words.get(at + 1))
    }
}

/// A word without the clitics and punctuation around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub lower: String,
    /// A name: it has a capital inside a sentence, a digit, or a script without capitals.
    pub is_name: bool,
    /// It has letters of a script other than Latin.
    pub is_non_latin: bool,
    /// It had the English *’s*.
    pub is_possessive: bool,
}

impl Word {
    pub fn has_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    pub fn is_number(&self) -> bool {
        self.text.starts_with(char::is_numeric)
    }
}

/// The clauses of a prompt that have at least one word.
pub fn clauses(language: Language, prompt: &str) -> Vec<Clause> {
    let text = if is_all_caps(prompt) || is_title_case(language, prompt) {
        to_lowercase(prompt)
    } else {
        prompt.to_owned()
    };
    let mut clauses = Vec::new();
    let mut starts_sentence = true;
    for part in text.split_inclusive(|c: char| !is_part_of_word(c) && !c.is_whitespace()) {
        let (text, mark) = match part.char_indices().next_back() {
            Some((at, mark)) if !is_part_of_word(mark) => (&part[..at], Some(mark)),
            _ => (part, None),
        };
        let mut clause = Clause {
            words: Vec::new(),
            starts_sentence,
        };
        for word in text.split_whitespace() {
            let is_first = clause.starts_sentence && clause.words.is_empty();
            push_words(language, word, is_first, &mut clause.words);
        }
        let is_empty = clause.words.is_empty();
        if !is_empty {
            clauses.push(clause);
        }
        starts_sentence =
            (starts_sentence && is_empty) || mark.is_some_and(|mark| !",;)]-–—’'/".contains(mark));
    }
    clauses
}

/// Strips the English *’s*, *’ll* and the like; makes a French elided word, *l’* or *qu’*, a word of its own.
fn push_words(language: Language, word: &str, is_first: bool, words: &mut Vec<Word>) {
    let mut rest = word.trim_matches(|c: char| !c.is_alphanumeric() && c.is_ascii() || c == '’');
    let mut is_possessive = false;
    if language == Language::English {
        for ending in ["'s", "’s"] {
            if let Some(before) = rest.strip_suffix(ending) {
                (rest, is_possessive) = (before, true);
            }
        }
        for ending in [
            "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'m", "’m", "'d", "’d",
        ] {
            rest = rest.strip_suffix(ending).unwrap_or(rest);
        }
    } else if let Some((elided, noun)) = rest.split_once(['\'', '’'])
        && is_elided(elided)
        && !noun.is_empty()
    {
        words.push(new_word(elided, is_first));
        return push_words(language, noun, is_first, words);
    }
    if !rest.is_empty() {
        let mut word = new_word(rest, is_first);
        word.is_possessive = is_possessive;
        words.push(word);
    }
}

fn is_elided(word: &str) -> bool {
    const ELIDED: [&str; 12] = [
        "l", "d", "qu", "s", "n", "m", "t", "j", "c", "jusqu", "lorsqu", "puisqu",
    ];
    ELIDED.contains(&word.to_lowercase().as_str())
}

fn new_word(text: &str, is_first: bool) -> Word {
    let is_non_latin = text.contains(is_non_latin_letter);
    let is_code = text.contains(char::is_numeric) && text.starts_with(char::is_alphabetic);
    let has_capital = text.starts_with(char::is_uppercase);
    Word {
        text: text.to_owned(),
        lower: text.to_lowercase().replace('’', "'"),
        is_name: is_non_latin || is_code || (has_capital && !is_first),
        is_non_latin,
        is_possessive: false,
    }
}

fn is_non_latin_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Letters, digits, marks on letters, apostrophes and hyphens.
fn is_part_of_word(c: char) -> bool {
    let is_combining_mark =
        matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{eff}');
    c.is_alphanumeric() || is_combining_mark || matches!(c, '\'' | '’' | '-')
}

fn is_all_caps(prompt: &str) -> bool {
    prompt.contains(char::is_uppercase) && !prompt.contains(char::is_lowercase)
}

/// Whether Every Word Has a Capital, even one that cannot be a name.
fn is_title_case(language: Language, prompt: &str) -> bool {
    const NO_NAMES: [WordClass; 7] = [
        WordClass::Determiner,
        WordClass::Preposition,
        WordClass::RelativePronoun,
        WordClass::Subordinator,
        WordClass::Coordinator,
        WordClass::Modifier,
        WordClass::Verb,
    ];
    let word_list = WordList::of(language);
    let words: Vec<&str> = prompt
        .split(|c: char| !is_part_of_word(c))
        .filter(|word| word.chars().count() > 3)
        .collect();
    let cannot_be_name = |word: &&str| {
        let lower = word.to_lowercase();
        word_list.first_of(&lower, &NO_NAMES).is_some()
            || lower
                .strip_suffix('s')
                .is_some_and(|base| word_list.is(base, WordClass::Verb))
    };
    words.len() > 2
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase))
        && (words.iter().skip(1).any(cannot_be_name) || prompt.contains(" Who "))
}

/// The text in lower case, except for codes such as X121.
fn to_lowercase(prompt: &str) -> String {
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
