//! Finds the nouns of an English prompt, without a dictionary of all nouns.
//!
//! A noun phrase is a run of words without verb, preposition or pronoun; its last words are the noun. Whether a word in
//! the run is a verb follows from the determiner before it (*a keeper juggles*: one keeper), from what comes after it, and
//! from word lists.

mod inflection;

use super::clause::{Clause, Word};
use super::collector::MotifCollector;
use super::motif::Article;
use super::word_class::WordClass;
use inflection::{
    ends_in_s, first_of, function_class, is, is_modifier, is_participle, is_verb_form,
};

/// Adds the nouns and names of the clauses to the collector.
pub fn collect(clauses: &[Clause], collector: &mut MotifCollector) {
    let mut parser = EnglishParser::new(collector);
    for clause in clauses {
        parser.clause(clause);
    }
}

/// What the next content word should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Noun,
    Verb,
}

struct EnglishParser<'a> {
    collector: &'a mut MotifCollector,
    /// The words of the noun phrase so far, without determiner and modifiers.
    noun_phrase: Vec<String>,
    /// The words of the name so far.
    name: Vec<Word>,
    /// The determiner of the noun phrase or name.
    determiner: Option<WordClass>,
    /// A word in -ing, which is the noun if none follows: *a painting of ships*.
    gerund: Option<String>,
    expected: Expected,
    follows_coordinator: bool,
    /// The sentence has a verb, so another verb may follow *and*.
    has_verb: bool,
    last_verb: String,
}

impl<'a> EnglishParser<'a> {
    fn new(collector: &'a mut MotifCollector) -> Self {
        Self {
            collector,
            noun_phrase: Vec::new(),
            name: Vec::new(),
            determiner: None,
            gerund: None,
            expected: Expected::Noun,
            follows_coordinator: false,
            has_verb: false,
            last_verb: String::new(),
        }
    }

    fn clause(&mut self, clause: &Clause) {
        self.expected = Expected::Noun;
        self.follows_coordinator = false;
        self.has_verb &= !clause.starts_sentence;
        for (at, word) in clause.words.iter().enumerate() {
            let (before, after) = clause.neighbours(at);
            let is_first = clause.starts_sentence && at == 0;
            let opens_sentence = clause.starts_sentence
                && clause.words[..at]
                    .iter()
                    .all(|word| is(&word.lower, WordClass::Modifier));
            if word.is_name || (is_first && is_name_at_start(word, after)) {
                self.name(word, is_first, before, after);
            } else if let Some(class) = function_class(&word.lower) {
                self.function_word(class, word, before, after);
            } else {
                self.content_word(word, opens_sentence, after);
            }
            if word.is_possessive && !(self.noun_phrase.is_empty() && self.name.is_empty()) {
                self.end_phrase();
                self.determiner = Some(WordClass::Determiner);
            }
        }
        self.end_phrase();
    }

    fn function_word(
        &mut self,
        class: WordClass,
        word: &Word,
        before: Option<&Word>,
        after: Option<&Word>,
    ) {
        let has_subject = !self.noun_phrase.is_empty() || !self.name.is_empty();
        if matches!(
            class,
            WordClass::Auxiliary | WordClass::Have | WordClass::Modal
        ) {
            self.mark_agent();
        }
        if class == WordClass::Modifier {
            return self.modifier(after);
        }
        self.end_phrase();
        self.follows_coordinator = class == WordClass::Coordinator;
        self.expected = match class {
            WordClass::SingularDeterminer | WordClass::Determiner | WordClass::PluralDeterminer => {
                self.determiner = Some(class);
                Expected::Noun
            }
            WordClass::SubjectPronoun | WordClass::Modal => Expected::Verb,
            WordClass::RelativePronoun if word.lower != "that" || has_subject => Expected::Verb,
            WordClass::To => {
                let is_destination = before.is_some_and(|word| is(&word.lower, WordClass::Motion));
                verb_if(!is_destination)
            }
            WordClass::Have | WordClass::Auxiliary => {
                verb_if(after.is_some_and(|after| is_participle(&after.lower)))
            }
            _ => Expected::Noun,
        };
    }

    /// Ends the noun phrase before it, and a verb may follow: *a keeper secretly collects storms*.
    fn modifier(&mut self, after: Option<&Word>) {
        if self.noun_phrase.is_empty() && self.name.is_empty() {
            return;
        }
        let precedes_verb =
            after.is_some_and(|after| is_verb_form(&after.lower) || ends_in_s(&after.lower));
        if precedes_verb {
            self.mark_agent();
        }
        self.end_phrase();
        self.expected = verb_if(precedes_verb);
    }

    fn name(&mut self, word: &Word, is_first: bool, before: Option<&Word>, after: Option<&Word>) {
        if !word.is_non_latin && is(&word.lower, WordClass::CapitalizedWord) {
            return self.end_phrase();
        }
        if !self.noun_phrase.is_empty() {
            self.end_phrase();
        }
        // A nationality modifies the noun after it: *a Swiss watchmaker*.
        let nationality_endings = ["ese", "ish", "ian", "iss", "nch", "tch", "ean"];
        let precedes_noun =
            after.is_some_and(|after| !after.is_name && function_class(&after.lower).is_none());
        if self.determiner.is_some()
            && precedes_noun
            && nationality_endings
                .iter()
                .any(|ending| word.lower.ends_with(ending))
        {
            return;
        }
        self.name.push(word.clone());
        self.expected = Expected::Noun;
        let is_introduced = before.is_some_and(|word| is(&word.lower, WordClass::NamingWord));
        if is_introduced || (is_first && after.is_some_and(|after| !after.is_possessive)) {
            self.mark_agent();
        }
    }

    fn content_word(&mut self, word: &Word, opens_sentence: bool, after: Option<&Word>) {
        if !self.name.is_empty() {
            if self.determiner.is_some() {
                self.end_phrase();
                self.determiner = Some(WordClass::Determiner);
            } else {
                self.mark_agent();
                self.end_phrase();
                return self.verb(word);
            }
        }
        if self.expected == Expected::Verb {
            return self.verb(word);
        }
        if self.noun_phrase.is_empty() {
            if is_modifier(&word.lower) {
                self.gerund = word.lower.ends_with("ing").then(|| word.lower.clone());
            } else if word.is_number() {
                self.determiner = self.determiner.or(Some(WordClass::PluralDeterminer));
            } else if self.is_verb_without_subject(word, opens_sentence, after) {
                self.verb(word);
            } else {
                self.noun_phrase.push(word.lower.clone());
            }
        } else if self.is_verb_after_noun(word, after) {
            self.end_phrase();
            self.verb(word);
        } else if is_modifier(&word.lower) {
            self.modifier(after);
        } else {
            self.noun_phrase.push(word.lower.clone());
        }
        self.follows_coordinator = false;
    }

    fn verb(&mut self, word: &Word) {
        self.gerund = None;
        self.determiner = None;
        self.follows_coordinator = false;
        self.has_verb = true;
        self.last_verb.clone_from(&word.lower);
        self.expected = Expected::Noun;
    }

    /// Marks the bearer of the current name as acting.
    fn mark_agent(&mut self) {
        if !self.name.is_empty() {
            self.collector.next_name_is_agent = true;
        }
    }

    /// Ends the current noun phrase or name, and collects it.
    fn end_phrase(&mut self) {
        let gerund = self.gerund.take();
        let has_determiner = self.determiner.take().is_some();
        if !self.name.is_empty() {
            let article = has_determiner.then_some(Article::Masculine);
            self.collector
                .add_name(&std::mem::take(&mut self.name), article);
        }
        let words = std::mem::take(&mut self.noun_phrase);
        let noun = match words.last() {
            Some(last) if is(last, WordClass::StopNoun) => return,
            Some(_) => words[words.len().saturating_sub(2)..].join(" "),
            None => match gerund.filter(|_| has_determiner) {
                Some(gerund) => gerund,
                None => return,
            },
        };
        self.collector.add_noun(&noun, Article::Masculine);
    }

    /// *Write a story*, *building a boat*, and after *and* another verb of the same subject.
    fn is_verb_without_subject(
        &self,
        word: &Word,
        opens_sentence: bool,
        after: Option<&Word>,
    ) -> bool {
        if self.determiner.is_some() {
            return false;
        }
        let has_object = after
            .and_then(|after| function_class(&after.lower))
            .is_some_and(starts_object);
        let is_base = is(&word.lower, WordClass::Verb);
        if !is_base && has_object && is_verb_form(&word.lower) && ends_in_s(&word.lower) {
            return true;
        }
        if opens_sentence || !self.follows_coordinator {
            return opens_sentence && (is_base || word.lower.ends_with("ing")) && has_object;
        }
        let is_other_form = is_verb_form(&word.lower) && !is_base;
        let has_form_of_last_verb = if is_base {
            is(&self.last_verb, WordClass::Verb)
        } else {
            ends_in_s(&word.lower) == ends_in_s(&self.last_verb)
        };
        self.has_verb && (has_object || (has_form_of_last_verb && (is_base || is_other_form)))
    }

    fn is_verb_after_noun(&self, word: &Word, after: Option<&Word>) -> bool {
        let is_singular = self.determiner == Some(WordClass::SingularDeterminer);
        let is_plural = self.determiner == Some(WordClass::PluralDeterminer);
        let form = word.lower.as_str();
        if is(form, WordClass::Noun) {
            return false;
        }
        if is_participle(form) || is(form, WordClass::IrregularPast) {
            return true;
        }
        let noun = self.noun_phrase.last().map_or("", String::as_str);
        let is_plural_noun = is(noun, WordClass::PluralNoun) || (ends_in_s(noun) && !is_singular);
        if is_plural_noun || (is_singular && ends_in_s(form)) {
            return true;
        }
        if !ends_in_s(form) || is_plural {
            return false;
        }
        let Some(after) = after else {
            return is_verb_form(form);
        };
        match function_class(&after.lower) {
            _ if after.is_name => true,
            // *The storm clouds gather* is a noun phrase with a verb after it; in *the keeper juggles storms* a noun follows.
            None => !is(&after.lower, WordClass::Verb),
            Some(class) => starts_object(class) || is_verb_form(form),
        }
    }
}

fn verb_if(verb_follows: bool) -> Expected {
    if verb_follows {
        Expected::Verb
    } else {
        Expected::Noun
    }
}

/// Whether the first word of a sentence is a name: it has no article, and a verb after it. *Ada builds a boat.*
fn is_name_at_start(word: &Word, after: Option<&Word>) -> bool {
    const LISTED: [WordClass; 5] = [
        WordClass::Noun,
        WordClass::PluralNoun,
        WordClass::StopNoun,
        WordClass::Verb,
        WordClass::IrregularPast,
    ];
    let cannot_be_name = first_of(&word.lower, &LISTED).is_some()
        || function_class(&word.lower).is_some()
        || is_modifier(&word.lower)
        || ends_in_s(&word.lower);
    if cannot_be_name || !word.has_capital() || word.lower.chars().count() < 2 {
        return false;
    }
    word.is_possessive
        || after.is_some_and(|after| match function_class(&after.lower) {
            Some(
                WordClass::Auxiliary | WordClass::Have | WordClass::Modal | WordClass::Coordinator,
            ) => true,
            Some(_) => false,
            None => after.is_name || is_verb_form(&after.lower) || ends_in_s(&after.lower),
        })
}

/// Whether a word of the class can start the object of a verb.
fn starts_object(class: WordClass) -> bool {
    matches!(
        class,
        WordClass::SingularDeterminer
            | WordClass::Determiner
            | WordClass::PluralDeterminer
            | WordClass::SubjectPronoun
            | WordClass::ObjectPronoun
    )
}
