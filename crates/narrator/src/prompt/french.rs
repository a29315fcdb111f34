//! Finds the nouns of a French prompt: the first content word after a determiner or a preposition.
//!
//! The words after the noun (verb, adjective, adverb) are skipped until a function word starts the next noun phrase. So a
//! verb is taken for a noun only where a noun could have no article: at the start, or after *à*, *de* and the like.

use super::clause::{Clause, Word};
use super::collector::MotifCollector;
use super::gender::guess_article;
use super::motif::Article;
use super::word_class::{WordClass, WordList};
use crate::language::Language;

/// Adds the nouns and names of the clauses to the collector.
pub fn collect(clauses: &[Clause], collector: &mut MotifCollector) {
    let mut parser = FrenchParser {
        word_list: WordList::of(Language::French),
        collector,
        expected: ExpectedWord::Any,
        name: Vec::new(),
        article: None,
        in_bare_list: false,
    };
    for clause in clauses {
        parser.clause(clause);
    }
}

/// What the next content word should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ExpectedWord {
    /// It does not matter, because no noun can be here.
    Any,
    Verb,
    /// A noun after a determiner, with the article that follows from it.
    Noun(Option<Article>),
    /// A noun without a determiner, or an infinitive.
    BareNoun,
}

struct FrenchParser<'a> {
    word_list: &'static WordList,
    collector: &'a mut MotifCollector,
    expected: ExpectedWord,
    /// The words of the name so far.
    name: Vec<Word>,
    /// The article of the name.
    article: Option<Article>,
    /// The last noun had no determiner, so the next one of a list has none either.
    in_bare_list: bool,
}

impl FrenchParser<'_> {
    fn clause(&mut self, clause: &Clause) {
        self.in_bare_list |= clause.starts_sentence;
        self.expected = if self.in_bare_list {
            ExpectedWord::BareNoun
        } else {
            ExpectedWord::Any
        };
        for (at, word) in clause.words.iter().enumerate() {
            let (before, after) = clause.neighbours(at);
            let is_first = clause.starts_sentence && at == 0;
            if word.is_name || (is_first && self.is_name_at_start(word, after)) {
                self.name(word, before, after);
                continue;
            }
            self.end_name();
            match self.function_class(&word.lower) {
                Some(class) => self.function_word(class, after),
                None => self.content_word(word),
            }
        }
        self.end_name();
    }

    fn function_word(&mut self, class: WordClass, after: Option<&Word>) {
        let article = match class {
            WordClass::MasculineDeterminer | WordClass::MasculineArticle => {
                Some(Article::Masculine)
            }
            WordClass::FeminineDeterminer | WordClass::FeminineArticle => Some(Article::Feminine),
            WordClass::PluralDeterminer | WordClass::PluralArticle => Some(Article::Plural),
            _ => None,
        };
        self.expected = match class {
            WordClass::Modifier => return,
            WordClass::MasculineArticle
            | WordClass::FeminineArticle
            | WordClass::ElidedArticle
            | WordClass::PluralArticle
                if self.expected == ExpectedWord::Verb || self.precedes_verb(after) =>
            {
                ExpectedWord::Verb
            }
            WordClass::MasculineDeterminer
            | WordClass::FeminineDeterminer
            | WordClass::Determiner
            | WordClass::PluralDeterminer
            | WordClass::MasculineArticle
            | WordClass::FeminineArticle
            | WordClass::ElidedArticle
            | WordClass::PluralArticle => ExpectedWord::Noun(article),
            WordClass::Preposition => ExpectedWord::BareNoun,
            WordClass::SubjectPronoun | WordClass::RelativePronoun | WordClass::Clitic => {
                ExpectedWord::Verb
            }
            WordClass::Coordinator if self.in_bare_list => ExpectedWord::BareNoun,
            // *Une fois* and *une histoire* only introduce what follows.
            WordClass::StopNoun => {
                self.in_bare_list = false;
                ExpectedWord::Any
            }
            _ => ExpectedWord::Any,
        };
    }

    fn content_word(&mut self, word: &Word) {
        let expected = std::mem::replace(&mut self.expected, ExpectedWord::Any);
        if word.is_number() {
            self.expected = ExpectedWord::Noun(Some(Article::Plural));
            return;
        }
        match expected {
            ExpectedWord::Any | ExpectedWord::Verb => {}
            ExpectedWord::Noun(article) => {
                self.in_bare_list = false;
                let article = article.unwrap_or_else(|| guess_article(&word.lower));
                self.collector.add_noun(&word.lower, article);
            }
            ExpectedWord::BareNoun if self.is_verb(&word.lower) => self.in_bare_list = false,
            ExpectedWord::BareNoun => {
                self.in_bare_list = true;
                self.collector
                    .add_noun(&word.lower, guess_article(&word.lower));
            }
        }
    }

    fn name(&mut self, word: &Word, before: Option<&Word>, after: Option<&Word>) {
        let expected = std::mem::replace(&mut self.expected, ExpectedWord::Any);
        if self.name.is_empty() {
            self.article = match expected {
                ExpectedWord::Noun(article) => article,
                _ => None,
            };
        }
        if !word.is_non_latin && self.word_list.is(&word.lower, WordClass::CapitalizedWord) {
            return self.end_name();
        }
        self.in_bare_list = false;
        self.name.push(word.clone());
        let is_introduced =
            before.is_some_and(|word| self.word_list.is(&word.lower, WordClass::NamingWord));
        if is_introduced || self.is_followed_by_predicate(after) {
            self.collector.next_name_is_agent = true;
        }
    }

    fn end_name(&mut self) {
        if !self.name.is_empty() {
            self.collector
                .add_name(&std::mem::take(&mut self.name), self.article.take());
        }
    }

    /// The class of a function word or modifier; none for a content word.
    fn function_class(&self, word: &str) -> Option<WordClass> {
        const FUNCTION_CLASSES: [WordClass; 19] = [
            WordClass::MasculineDeterminer,
            WordClass::FeminineDeterminer,
            WordClass::Determiner,
            WordClass::PluralDeterminer,
            WordClass::MasculineArticle,
            WordClass::FeminineArticle,
            WordClass::ElidedArticle,
            WordClass::PluralArticle,
            WordClass::Preposition,
            WordClass::Modifier,
            WordClass::SubjectPronoun,
            WordClass::Clitic,
            WordClass::RelativePronoun,
            WordClass::Subordinator,
            WordClass::Auxiliary,
            WordClass::Coordinator,
            WordClass::StopNoun,
            WordClass::NamingWord,
            WordClass::CapitalizedWord,
        ];
        self.word_list.first_of(word, &FUNCTION_CLASSES)
    }

    /// Whether the first word of a sentence is a name: it has no article, and a verb after it. *Anaïs cherche.*
    fn is_name_at_start(&self, word: &Word, after: Option<&Word>) -> bool {
        const NAME_ENDINGS: [&str; 5] = ["ès", "ïs", "as", "is", "us"];
        let is_plural_noun = guess_article(&word.lower) == Article::Plural
            && !NAME_ENDINGS
                .iter()
                .any(|ending| word.lower.ends_with(ending))
            && after.is_some_and(|after| after.lower == "et" || after.lower.ends_with("ent"));
        word.has_capital()
            && !is_plural_noun
            && self.function_class(&word.lower).is_none()
            && !self.is_verb(&word.lower)
            && self.is_followed_by_predicate(after)
    }

    /// Whether a verb comes next, or more of the subject.
    fn is_followed_by_predicate(&self, after: Option<&Word>) -> bool {
        after.is_some_and(|after| match self.function_class(&after.lower) {
            Some(WordClass::Clitic | WordClass::Auxiliary | WordClass::Coordinator) => true,
            Some(_) => false,
            None => after.is_name || self.is_verb(&after.lower) || !after.is_number(),
        })
    }

    /// Whether an article is an object pronoun, as a verb follows: *pour la sauver*, *il la suit*.
    fn precedes_verb(&self, after: Option<&Word>) -> bool {
        const NOUNS: [WordClass; 3] = [
            WordClass::Noun,
            WordClass::MasculineNoun,
            WordClass::FeminineNoun,
        ];
        after.is_some_and(|after| {
            self.word_list.first_of(&after.lower, &NOUNS).is_none()
                && (self.word_list.is(&after.lower, WordClass::Verb)
                    || self.is_infinitive(&after.lower))
        })
    }

    fn is_verb(&self, word: &str) -> bool {
        let has_pronoun = ["-il", "-elle", "-on", "-moi", "-nous"]
            .iter()
            .any(|ending| word.ends_with(ending));
        let is_participle =
            word.ends_with("ant") && word.len() > 5 && !self.word_list.is(word, WordClass::Noun);
        self.word_list.is(word, WordClass::Verb)
            || self.is_infinitive(word)
            || has_pronoun
            || is_participle
    }

    /// Whether the word has the ending of an infinitive, and is not a listed noun that shares it.
    fn is_infinitive(&self, word: &str) -> bool {
        if self.word_list.is(word, WordClass::Noun) {
            return false;
        }
        let is_first_group = word.ends_with("er") && !word.ends_with("ier") && word.len() > 4;
        let is_second_group = word.ends_with("ir") && !word.ends_with("oir") && word.len() > 4;
        let is_listed = self.word_list.is(word, WordClass::Verb)
            && ["re", "ier", "oir", "ir"]
                .iter()
                .any(|ending| word.ends_with(ending));
        is_first_group || is_second_group || is_listed
    }
}
