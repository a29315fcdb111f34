//! Word classes: the function of a word in a sentence, from a list for each language.

use crate::language::Language;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The function of a word in a sentence: it starts, replaces, ends or modifies a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// An English determiner before a singular noun: *a*, *each*.
    SingularDeterminer,
    /// A determiner of either number.
    Determiner,
    PluralDeterminer,
    /// French determiners that show the gender.
    MasculineDeterminer,
    FeminineDeterminer,
    /// The French definite articles *le*, *la*, *l’*, *les*, which are object pronouns before a verb.
    MasculineArticle,
    FeminineArticle,
    ElidedArticle,
    PluralArticle,
    /// Other French words between subject and verb: *ne*, *se*, *y*.
    Clitic,
    Preposition,
    /// The English *to*: a preposition, or the mark of an infinitive.
    To,
    /// A verb follows it.
    SubjectPronoun,
    ObjectPronoun,
    RelativePronoun,
    Subordinator,
    Auxiliary,
    Have,
    Modal,
    Coordinator,
    /// A noun that no story is about: *story*, *chapter*, *kind*, *year*.
    StopNoun,
    /// An adjective or adverb.
    Modifier,
    /// A noun despite its ending.
    Noun,
    /// A plural despite its ending.
    PluralNoun,
    MasculineNoun,
    FeminineNoun,
    /// A noun that looks like a plural in both numbers.
    InvariableNoun,
    /// A word before a person's name: *named*.
    NamingWord,
    /// A word with a capital that is not a name.
    CapitalizedWord,
    /// An English word after which *to* introduces a destination.
    Motion,
    Verb,
    IrregularPast,
}

/// The words of one language and their classes.
pub struct WordList {
    classes: HashMap<&'static str, HashSet<WordClass>>,
}

static ENGLISH: LazyLock<WordList> =
    LazyLock::new(|| WordList::parse(include_str!("../lexicon/word_classes.en.txt")));
static FRENCH: LazyLock<WordList> =
    LazyLock::new(|| WordList::parse(include_str!("../lexicon/word_classes.fr.txt")));

impl WordList {
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }

    /// Whether a word, in lower case, has the class.
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.classes
            .get(word)
            .is_some_and(|classes| classes.contains(&class))
    }

    /// The first of the given classes that the word has.
    pub fn first_of(&self, word: &str, classes: &[WordClass]) -> Option<WordClass> {
        classes.iter().copied().find(|class| self.is(word, *class))
    }

    fn parse(text: &'static str) -> Self {
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

fn class_of(section: &str) -> Option<WordClass> {
    Some(match section {
        "singular-determiner" => WordClass::SingularDeterminer,
        "determiner" => WordClass::Determiner,
        "plural-determiner" => WordClass::PluralDeterminer,
        "masculine-determiner" => WordClass::MasculineDeterminer,
        "feminine-determiner" => WordClass::FeminineDeterminer,
        "masculine-article" => WordClass::MasculineArticle,
        "feminine-article" => WordClass::FeminineArticle,
        "elided-article" => WordClass::ElidedArticle,
        "plural-article" => WordClass::PluralArticle,
        "clitic" => WordClass::Clitic,
        "preposition" => WordClass::Preposition,
        "to" => WordClass::To,
        "subject-pronoun" => WordClass::SubjectPronoun,
        "object-pronoun" => WordClass::ObjectPronoun,
        "relative-pronoun" => WordClass::RelativePronoun,
        "subordinator" => WordClass::Subordinator,
        "auxiliary" => WordClass::Auxiliary,
        "have" => WordClass::Have,
        "modal" => WordClass::Modal,
        "coordinator" => WordClass::Coordinator,
        "stop-noun" => WordClass::StopNoun,
        "modifier" => WordClass::Modifier,
        "noun" => WordClass::Noun,
        "plural-noun" => WordClass::PluralNoun,
        "masculine-noun" => WordClass::MasculineNoun,
        "feminine-noun" => WordClass::FeminineNoun,
        "invariable-noun" => WordClass::InvariableNoun,
        "naming-word" => WordClass::NamingWord,
        "capitalized-word" => WordClass::CapitalizedWord,
        "motion" => WordClass::Motion,
        "verb" => WordClass::Verb,
        "irregular-past" => WordClass::IrregularPast,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_word_lists_names_a_class() {
        for text in [
            include_str!("../lexicon/word_classes.en.txt"),
            include_str!("../lexicon/word_classes.fr.txt"),
        ] {
            for section in text.lines().filter_map(|line| line.strip_prefix('[')) {
                let section = section.trim_end_matches(']');
                assert!(class_of(section).is_some(), "{section}");
            }
        }
    }
}
