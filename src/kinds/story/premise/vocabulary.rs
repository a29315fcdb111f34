//! What the words of a prompt do in its sentences, from a list a language.

use crate::i18n::Lang;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word does: it opens a noun, takes its place, ends it, or says what it is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// An article or its like that asks for one thing; English.
    Singular,
    /// One that does not tell how many.
    Determiner,
    PluralDeterminer,
    /// French determiners that tell the gender.
    Masculine,
    Feminine,
    /// French articles that are pronouns before a verb.
    CliticMasculine,
    CliticFeminine,
    CliticDeterminer,
    CliticPlural,
    /// Other pronouns between a French subject and its verb.
    Clitic,
    Preposition,
    /// The English *to*, a preposition or the mark of an infinitive.
    To,
    /// A subject: a verb follows.
    Pronoun,
    Object,
    Relative,
    Conjunction,
    Auxiliary,
    Have,
    Modal,
    And,
    /// A word for the story itself.
    Frame,
    Modifier,
    /// A noun in spite of its ending.
    Noun,
    Plural,
    MasculineNoun,
    FeminineNoun,
    SamePlural,
    /// What comes before somebody's name.
    Acquaintance,
    /// A word with a capital that is no name.
    Calendar,
    /// English words after which *to* says where to.
    Motion,
    Verb,
    Past,
}

/// The word lists of one language.
pub struct Vocabulary {
    classes: HashMap<&'static str, HashSet<Class>>,
}

static ENGLISH: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("../lexicon/classes.en.txt")));
static FRENCH: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("../lexicon/classes.fr.txt")));

impl Vocabulary {
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &ENGLISH,
            Lang::Fr => &FRENCH,
        }
    }

    /// Whether the word, in lower case, is of the class.
    pub fn is(&self, word: &str, class: Class) -> bool {
        self.classes
            .get(word)
            .is_some_and(|classes| classes.contains(&class))
    }

    /// The first class among `asked` that the word has.
    pub fn first(&self, word: &str, asked: &[Class]) -> Option<Class> {
        asked.iter().copied().find(|class| self.is(word, *class))
    }

    fn read(text: &'static str) -> Self {
        let mut classes: HashMap<_, HashSet<_>> = HashMap::new();
        let mut class = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line
                .strip_prefix('[')
                .and_then(|line| line.strip_suffix(']'))
            {
                Some(section) => class = class_of(section),
                None => {
                    for word in line.split_whitespace() {
                        classes.entry(word).or_default().extend(class);
                    }
                }
            }
        }
        Self { classes }
    }
}

fn class_of(section: &str) -> Option<Class> {
    Some(match section {
        "singular" => Class::Singular,
        "determiner" => Class::Determiner,
        "plural-determiner" => Class::PluralDeterminer,
        "masculine" => Class::Masculine,
        "feminine" => Class::Feminine,
        "clitic-masculine" => Class::CliticMasculine,
        "clitic-feminine" => Class::CliticFeminine,
        "clitic-determiner" => Class::CliticDeterminer,
        "clitic-plural" => Class::CliticPlural,
        "clitic" => Class::Clitic,
        "preposition" => Class::Preposition,
        "to" => Class::To,
        "pronoun" => Class::Pronoun,
        "object" => Class::Object,
        "relative" => Class::Relative,
        "conjunction" => Class::Conjunction,
        "auxiliary" => Class::Auxiliary,
        "have" => Class::Have,
        "modal" => Class::Modal,
        "and" => Class::And,
        "frame" => Class::Frame,
        "modifier" => Class::Modifier,
        "noun" => Class::Noun,
        "plural" => Class::Plural,
        "masculine-noun" => Class::MasculineNoun,
        "feminine-noun" => Class::FeminineNoun,
        "same-plural" => Class::SamePlural,
        "acquaintance" => Class::Acquaintance,
        "calendar" => Class::Calendar,
        "motion" => Class::Motion,
        "verb" => Class::Verb,
        "past" => Class::Past,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_a_class() {
        for text in [
            include_str!("../lexicon/classes.en.txt"),
            include_str!("../lexicon/classes.fr.txt"),
        ] {
            for section in text.lines().filter_map(|line| line.strip_prefix('[')) {
                let section = section.trim_end_matches(']');
                assert!(class_of(section).is_some(), "{section}");
            }
        }
    }
}
