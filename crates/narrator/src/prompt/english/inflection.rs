//! Infers the class of an English word from its form.

use crate::language::Language;
use crate::prompt::word_class::{WordClass, WordList};

/// Whether the word list has the word in the class.
pub fn is(word: &str, class: WordClass) -> bool {
    WordList::of(Language::English).is(word, class)
}

/// The first of the given classes that the word list has for the word.
pub fn first_of(word: &str, classes: &[WordClass]) -> Option<WordClass> {
    WordList::of(Language::English).first_of(word, classes)
}

/// The class of a function word or modifier; none for a content word, a noun or a verb.
pub fn function_class(word: &str) -> Option<WordClass> {
    const FUNCTION_CLASSES: [WordClass; 15] = [
        WordClass::SingularDeterminer,
        WordClass::Determiner,
        WordClass::PluralDeterminer,
        WordClass::Preposition,
        WordClass::To,
        WordClass::RelativePronoun,
        WordClass::SubjectPronoun,
        WordClass::ObjectPronoun,
        WordClass::Subordinator,
        WordClass::Auxiliary,
        WordClass::Have,
        WordClass::Modal,
        WordClass::Coordinator,
        WordClass::NamingWord,
        WordClass::Modifier,
    ];
    first_of(word, &FUNCTION_CLASSES)
}

/// Whether the word is a form of a listed verb, or looks like a participle.
pub fn is_verb_form(word: &str) -> bool {
    let is_base = |base: &str| is(base, WordClass::Verb);
    let is_third_person = word.strip_suffix('s').is_some_and(|base| {
        is_base(base)
            || base.strip_suffix('e').is_some_and(is_base)
            || base
                .strip_suffix("ie")
                .is_some_and(|base| is_base(&format!("{base}y")))
    });
    is_third_person || is_base(word) || is(word, WordClass::IrregularPast) || is_participle(word)
}

/// Whether the word is a past form, or has -ed or -ing and is not listed as a noun.
pub fn is_participle(word: &str) -> bool {
    let has_ending = |ending: &str| word.len() > ending.len() + 2 && word.ends_with(ending);
    let is_regular_past = word
        .strip_suffix('d')
        .is_some_and(|base| is(base, WordClass::Verb));
    !is(word, WordClass::Noun)
        && (is_regular_past
            || (has_ending("ed") && !word.ends_with("eed"))
            || has_ending("ing")
            || is(word, WordClass::IrregularPast))
}

/// Whether an unlisted word is an adjective or adverb by its ending. A single letter counts as one.
pub fn is_modifier(word: &str) -> bool {
    const ENDINGS: [&str; 6] = ["ful", "ous", "less", "ible", "ish", "ly"];
    let has_ending = word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending));
    let has_able = word.len() > 7 && word.ends_with("able");
    let is_regular_participle = is_participle(word) && !is(word, WordClass::IrregularPast);
    !is(word, WordClass::Noun)
        && (has_ending || has_able || is_regular_participle || word.len() < 2)
}

/// Whether the word looks like a plural or a verb in the third person; *glass*, *cactus* and *tennis* do not.
pub fn ends_in_s(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"]
            .iter()
            .any(|ending| word.ends_with(ending))
}
