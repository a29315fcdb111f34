//! The nouns of a French prompt: what comes first after an article or a preposition.
//!
//! What follows the noun (verb, adjective, adverb) is left alone until something opens the next one, so that
//! a verb is taken for a noun only where it could be one: at the beginning, or after *à*, *de* and the like.

use super::clause::{Clause, Word};
use super::vocabulary::{Class, Vocabulary};
use super::{Article, Found, gender};
use crate::i18n::Lang;

/// Collects the nouns and names of the clauses.
pub fn read(clauses: &[Clause], found: &mut Found) {
    let mut reader = Reader {
        known: Vocabulary::of(Lang::Fr),
        found,
        expected: Expected::Nothing,
        name: Vec::new(),
        article: None,
        bare: false,
    };
    for clause in clauses {
        reader.clause(clause);
    }
}

/// What the word at hand is expected to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Nothing,
    Verb,
    /// A noun after an article that told as much.
    Noun(Option<Article>),
    /// A noun without an article, or an infinitive.
    BareNoun,
}

struct Reader<'a> {
    known: &'static Vocabulary,
    found: &'a mut Found,
    expected: Expected,
    /// The names of somebody so far.
    name: Vec<Word>,
    /// The article before them.
    article: Option<Article>,
    /// The last noun had no article, so the next one in a list has none.
    bare: bool,
}

impl Reader<'_> {
    fn clause(&mut self, clause: &Clause) {
        self.bare |= clause.begins;
        self.expected = if self.bare {
            Expected::BareNoun
        } else {
            Expected::Nothing
        };
        for (at, word) in clause.words.iter().enumerate() {
            let (before, after) = clause.around(at);
            let leads = clause.begins && at == 0;
            if word.name || (leads && self.leads_as_name(word, after)) {
                self.name(word, before, after);
                continue;
            }
            self.end_name();
            match self.class(&word.lower) {
                Some(class) => self.function(class, after),
                None => self.content(word),
            }
        }
        self.end_name();
    }

    fn function(&mut self, class: Class, after: Option<&Word>) {
        let told = match class {
            Class::Masculine | Class::CliticMasculine => Some(Article::Masculine),
            Class::Feminine | Class::CliticFeminine => Some(Article::Feminine),
            Class::PluralDeterminer | Class::CliticPlural => Some(Article::Plural),
            _ => None,
        };
        self.expected = match class {
            Class::Modifier => return,
            Class::CliticMasculine
            | Class::CliticFeminine
            | Class::CliticDeterminer
            | Class::CliticPlural
                if self.expected == Expected::Verb || self.precedes_verb(after) =>
            {
                Expected::Verb
            }
            Class::Masculine
            | Class::Feminine
            | Class::Determiner
            | Class::PluralDeterminer
            | Class::CliticMasculine
            | Class::CliticFeminine
            | Class::CliticDeterminer
            | Class::CliticPlural => Expected::Noun(told),
            Class::Preposition => Expected::BareNoun,
            Class::Pronoun | Class::Relative | Class::Clitic => Expected::Verb,
            Class::And if self.bare => Expected::BareNoun,
            // *Une fois* and *une histoire* are about what follows.
            Class::Frame => {
                self.bare = false;
                Expected::Nothing
            }
            _ => Expected::Nothing,
        };
    }

    fn content(&mut self, word: &Word) {
        let expected = std::mem::replace(&mut self.expected, Expected::Nothing);
        if word.is_number() {
            self.expected = Expected::Noun(Some(Article::Plural));
            return;
        }
        match expected {
            Expected::Nothing | Expected::Verb => {}
            Expected::Noun(told) => {
                self.bare = false;
                let article = told.unwrap_or_else(|| gender::guessed(&word.lower));
                self.found.noun(&word.lower, article);
            }
            Expected::BareNoun if self.is_verb(&word.lower) => self.bare = false,
            Expected::BareNoun => {
                self.bare = true;
                self.found.noun(&word.lower, gender::guessed(&word.lower));
            }
        }
    }

    fn name(&mut self, word: &Word, before: Option<&Word>, after: Option<&Word>) {
        let expected = std::mem::replace(&mut self.expected, Expected::Nothing);
        if self.name.is_empty() {
            self.article = match expected {
                Expected::Noun(told) => told,
                _ => None,
            };
        }
        if !word.foreign && self.known.is(&word.lower, Class::Calendar) {
            return self.end_name();
        }
        self.bare = false;
        self.name.push(word.clone());
        let known = before.is_some_and(|word| self.known.is(&word.lower, Class::Acquaintance));
        if known || self.acts_before(after) {
            self.found.acts = true;
        }
    }

    fn end_name(&mut self) {
        if !self.name.is_empty() {
            self.found
                .name(&std::mem::take(&mut self.name), self.article.take());
        }
    }

    /// The class of a word that is no noun by itself.
    fn class(&self, word: &str) -> Option<Class> {
        const CLOSED: [Class; 19] = [
            Class::Masculine,
            Class::Feminine,
            Class::Determiner,
            Class::PluralDeterminer,
            Class::CliticMasculine,
            Class::CliticFeminine,
            Class::CliticDeterminer,
            Class::CliticPlural,
            Class::Preposition,
            Class::Modifier,
            Class::Pronoun,
            Class::Clitic,
            Class::Relative,
            Class::Conjunction,
            Class::Auxiliary,
            Class::And,
            Class::Frame,
            Class::Acquaintance,
            Class::Calendar,
        ];
        self.known.first(word, &CLOSED)
    }

    /// *Anaïs cherche*: one word without an article, and a verb after it, is somebody.
    fn leads_as_name(&self, word: &Word, after: Option<&Word>) -> bool {
        const ENDS_OF_NAMES: [&str; 5] = ["ès", "ïs", "as", "is", "us"];
        let plural = gender::guessed(&word.lower) == Article::Plural
            && !ENDS_OF_NAMES.iter().any(|end| word.lower.ends_with(end))
            && after.is_some_and(|after| after.lower == "et" || after.lower.ends_with("ent"));
        word.has_capital()
            && !plural
            && self.class(&word.lower).is_none()
            && !self.is_verb(&word.lower)
            && self.acts_before(after)
    }

    /// Whether a verb comes next, or another name.
    fn acts_before(&self, after: Option<&Word>) -> bool {
        after.is_some_and(|after| match self.class(&after.lower) {
            Some(Class::Clitic | Class::Auxiliary | Class::And) => true,
            Some(_) => false,
            None => after.name || self.is_verb(&after.lower) || !after.is_number(),
        })
    }

    /// *Pour la sauver*, *il la suit*: the article is a pronoun.
    fn precedes_verb(&self, after: Option<&Word>) -> bool {
        after.is_some_and(|after| {
            let noun = [Class::Noun, Class::MasculineNoun, Class::FeminineNoun];
            self.known.first(&after.lower, &noun).is_none()
                && (self.known.is(&after.lower, Class::Verb) || self.is_infinitive(&after.lower))
        })
    }

    fn is_verb(&self, word: &str) -> bool {
        self.known.is(word, Class::Verb)
            || self.is_infinitive(word)
            || ["-il", "-elle", "-on", "-moi", "-nous"]
                .iter()
                .any(|end| word.ends_with(end))
            || (word.ends_with("ant") && word.len() > 5 && !self.known.is(word, Class::Noun))
    }

    /// The endings of infinitives, but for the nouns that share them.
    fn is_infinitive(&self, word: &str) -> bool {
        if self.known.is(word, Class::Noun) {
            return false;
        }
        let ending = word.ends_with("er") && !word.ends_with("ier") && word.len() > 4;
        let second = word.ends_with("ir") && !word.ends_with("oir") && word.len() > 4;
        let listed = self.known.is(word, Class::Verb)
            && ["re", "ier", "oir", "ir"]
                .iter()
                .any(|end| word.ends_with(end));
        ending || second || listed
    }
}
