//! What the form of an English word says of it.

use crate::i18n::Lang;
use crate::kinds::story::premise::vocabulary::{Class, Vocabulary};

/// Whether the list has the word in the class.
pub fn is(word: &str, class: Class) -> bool {
    Vocabulary::of(Lang::En).is(word, class)
}

/// The first class among `asked` that the list has for the word.
pub fn first(word: &str, asked: &[Class]) -> Option<Class> {
    Vocabulary::of(Lang::En).first(word, asked)
}

/// The class of a word that is neither noun nor verb by itself.
pub fn class(word: &str) -> Option<Class> {
    const CLOSED: [Class; 15] = [
        Class::Singular,
        Class::Determiner,
        Class::PluralDeterminer,
        Class::Preposition,
        Class::To,
        Class::Relative,
        Class::Pronoun,
        Class::Object,
        Class::Conjunction,
        Class::Auxiliary,
        Class::Have,
        Class::Modal,
        Class::And,
        Class::Acquaintance,
        Class::Modifier,
    ];
    first(word, &CLOSED)
}

/// A form of a verb in the list.
pub fn is_verb_form(word: &str) -> bool {
    let known = |base: &str| is(base, Class::Verb);
    let third = word.strip_suffix('s').is_some_and(|base| {
        known(base)
            || base.strip_suffix('e').is_some_and(known)
            || base
                .strip_suffix("ie")
                .is_some_and(|base| known(&format!("{base}y")))
    });
    third || known(word) || is(word, Class::Past) || is_participle(word)
}

/// A form in -ed, -en or -ing that is not a noun.
pub fn is_participle(word: &str) -> bool {
    let long = |end: &str| word.len() > end.len() + 2 && word.ends_with(end);
    let regular = word
        .strip_suffix('d')
        .is_some_and(|base| is(base, Class::Verb));
    !is(word, Class::Noun)
        && (regular
            || (long("ed") && !word.ends_with("eed"))
            || long("ing")
            || is(word, Class::Past))
}

/// Says what a noun is like, by the lists or by its ending.
pub fn is_modifier(word: &str) -> bool {
    const ENDS: [&str; 6] = ["ful", "ous", "less", "ible", "ish", "ly"];
    let ending = word.len() > 5 && ENDS.iter().any(|end| word.ends_with(end));
    let able = word.len() > 7 && word.ends_with("able");
    let regular = is_participle(word) && !is(word, Class::Past);
    !is(word, Class::Noun) && (ending || able || regular || word.len() < 2)
}

/// A plural noun or a verb; *glass*, *cactus* and *tennis* are neither.
pub fn ends_in_s(word: &str) -> bool {
    word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}
