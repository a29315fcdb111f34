//! The nouns of an English prompt, as far as a reader without a dictionary of all nouns can tell.
//!
//! A noun is the end of a run of words that no verb, preposition or pronoun interrupts. Whether a word in the run is
//! a verb is told by the article before it (*a keeper juggles*: one keeper), by what follows it, and by lists.

mod forms;

use super::clause::{Clause, Word};
use super::vocabulary::Class;
use super::{Article, Found};
use forms::{class, ends_in_s, first, is, is_modifier, is_participle, is_verb_form};

/// Collects the nouns and names of the clauses.
pub fn read(clauses: &[Clause], found: &mut Found) {
    let mut reader = Reader::new(found);
    for clause in clauses {
        reader.clause(clause);
    }
}

/// What the word at hand is expected to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Noun,
    Verb,
}

struct Reader<'a> {
    found: &'a mut Found,
    /// The words of a noun so far.
    run: Vec<String>,
    /// The names of somebody so far.
    name: Vec<Word>,
    /// What stood before the noun.
    determiner: Option<Class>,
    /// A word in -ing that is the noun if none follows: *a painting of ships*.
    spare: Option<String>,
    expected: Expected,
    after_and: bool,
    /// The sentence has a verb already, so *and* may bring another.
    had_verb: bool,
    last_verb: String,
}

impl<'a> Reader<'a> {
    fn new(found: &'a mut Found) -> Self {
        Self {
            found,
            run: Vec::new(),
            name: Vec::new(),
            determiner: None,
            spare: None,
            expected: Expected::Noun,
            after_and: false,
            had_verb: false,
            last_verb: String::new(),
        }
    }

    fn clause(&mut self, clause: &Clause) {
        self.expected = Expected::Noun;
        self.after_and = false;
        self.had_verb &= !clause.begins;
        for (at, word) in clause.words.iter().enumerate() {
            let (before, after) = clause.around(at);
            let leads = clause.begins && at == 0;
            let opens = clause.begins
                && clause.words[..at]
                    .iter()
                    .all(|word| is(&word.lower, Class::Modifier));
            if word.name || (leads && leads_as_name(word, after)) {
                self.name(word, leads, before, after);
            } else if let Some(class) = class(&word.lower) {
                self.function(class, word, before, after);
            } else {
                self.content(word, opens, after);
            }
            if word.owner && !(self.run.is_empty() && self.name.is_empty()) {
                self.close();
                self.determiner = Some(Class::Determiner);
            }
        }
        self.close();
    }

    /// A word that has a part in the sentence but is no noun.
    fn function(&mut self, class: Class, word: &Word, before: Option<&Word>, after: Option<&Word>) {
        let subject = !self.run.is_empty() || !self.name.is_empty();
        if matches!(class, Class::Auxiliary | Class::Have | Class::Modal) {
            self.names_act();
        }
        if class == Class::Modifier {
            return self.modifier(after);
        }
        self.close();
        self.after_and = class == Class::And;
        match class {
            Class::Singular | Class::Determiner | Class::PluralDeterminer => {
                self.determiner = Some(class);
                self.expect(Expected::Noun);
            }
            Class::Pronoun | Class::Modal => self.expect(Expected::Verb),
            Class::Relative if word.lower != "that" || subject => self.expect(Expected::Verb),
            Class::To => {
                let went = before.is_some_and(|word| is(&word.lower, Class::Motion));
                self.expect(if went { Expected::Noun } else { Expected::Verb });
            }
            Class::Have | Class::Auxiliary => {
                let verb = after.is_some_and(|after| is_participle(&after.lower));
                self.expect(if verb { Expected::Verb } else { Expected::Noun });
            }
            _ => self.expect(Expected::Noun),
        }
    }

    /// *A keeper secretly collects storms*: it ends the noun before it, and a verb may follow.
    fn modifier(&mut self, after: Option<&Word>) {
        if self.run.is_empty() && self.name.is_empty() {
            return;
        }
        let verb = after.is_some_and(|after| is_verb_form(&after.lower) || ends_in_s(&after.lower));
        if verb {
            self.names_act();
        }
        self.close();
        self.expect(if verb { Expected::Verb } else { Expected::Noun });
    }

    fn name(&mut self, word: &Word, leads: bool, before: Option<&Word>, after: Option<&Word>) {
        if !word.foreign && is(&word.lower, Class::Calendar) {
            return self.close();
        }
        if !self.run.is_empty() {
            self.close();
        }
        // *A Swiss watchmaker*: what follows is the noun, and this only says which.
        let people = ["ese", "ish", "ian", "iss", "nch", "tch", "ean"];
        let noun_follows = after.is_some_and(|after| !after.name && class(&after.lower).is_none());
        if self.determiner.is_some()
            && noun_follows
            && people.iter().any(|end| word.lower.ends_with(end))
        {
            return;
        }
        self.name.push(word.clone());
        self.expected = Expected::Noun;
        let known = before.is_some_and(|word| is(&word.lower, Class::Acquaintance));
        if known || (leads && after.is_some_and(|after| !after.owner)) {
            self.names_act();
        }
    }

    fn content(&mut self, word: &Word, opens: bool, after: Option<&Word>) {
        if !self.name.is_empty() {
            if self.determiner.is_some() {
                self.close();
                self.determiner = Some(Class::Determiner);
            } else {
                self.names_act();
                self.close();
                return self.verb(word);
            }
        }
        if self.expected == Expected::Verb {
            return self.verb(word);
        }
        if self.run.is_empty() {
            if is_modifier(&word.lower) {
                self.spare = word.lower.ends_with("ing").then(|| word.lower.clone());
            } else if word.is_number() {
                self.determiner = self.determiner.or(Some(Class::PluralDeterminer));
            } else if self.begins_with_verb(word, opens, after) {
                self.verb(word);
            } else {
                self.run.push(word.lower.clone());
            }
        } else if self.is_verb_after_noun(word, after) {
            self.close();
            self.verb(word);
        } else if is_modifier(&word.lower) {
            self.modifier(after);
        } else {
            self.run.push(word.lower.clone());
        }
        self.after_and = false;
    }

    fn verb(&mut self, word: &Word) {
        self.spare = None;
        self.determiner = None;
        self.after_and = false;
        self.had_verb = true;
        self.last_verb.clone_from(&word.lower);
        self.expect(Expected::Noun);
    }

    fn expect(&mut self, expected: Expected) {
        self.expected = expected;
    }

    fn names_act(&mut self) {
        if !self.name.is_empty() {
            self.found.acts = true;
        }
    }

    /// Ends the noun or name at hand, and keeps it.
    fn close(&mut self) {
        let spare = self.spare.take();
        let determined = self.determiner.take().is_some();
        if !self.name.is_empty() {
            let article = determined.then_some(Article::Masculine);
            self.found.name(&std::mem::take(&mut self.name), article);
        }
        let run = std::mem::take(&mut self.run);
        let noun = match run.last() {
            Some(last) if is(last, Class::Frame) => return,
            Some(_) => run[run.len().saturating_sub(2)..].join(" "),
            None => match spare.filter(|_| determined) {
                Some(spare) => spare,
                None => return,
            },
        };
        self.found.noun(&noun, Article::Masculine);
    }

    /// *Write a story*, *building a boat*, and after *and* another verb of the same subject.
    fn begins_with_verb(&self, word: &Word, opens: bool, after: Option<&Word>) -> bool {
        if self.determiner.is_some() {
            return false;
        }
        let has_object = after
            .and_then(|after| class(&after.lower))
            .is_some_and(opens_object);
        let base = is(&word.lower, Class::Verb);
        if !base && has_object && is_verb_form(&word.lower) && ends_in_s(&word.lower) {
            return true;
        }
        if opens || !self.after_and {
            return opens && (base || word.lower.ends_with("ing")) && has_object;
        }
        let other_form = is_verb_form(&word.lower) && !base;
        let same_form = if base {
            is(&self.last_verb, Class::Verb)
        } else {
            ends_in_s(&word.lower) == ends_in_s(&self.last_verb)
        };
        self.had_verb && (has_object || (same_form && (base || other_form)))
    }

    fn is_verb_after_noun(&self, word: &Word, after: Option<&Word>) -> bool {
        let one = self.determiner == Some(Class::Singular);
        let many = self.determiner == Some(Class::PluralDeterminer);
        let form = word.lower.as_str();
        if is(form, Class::Noun) {
            return false;
        }
        if is_participle(form) || is(form, Class::Past) {
            return true;
        }
        let noun = self.run.last().map_or("", String::as_str);
        let plural = is(noun, Class::Plural) || (ends_in_s(noun) && !one);
        if plural || (one && ends_in_s(form)) {
            return true;
        }
        if !ends_in_s(form) || many {
            return false;
        }
        let Some(after) = after else {
            return is_verb_form(form);
        };
        match class(&after.lower) {
            _ if after.name => true,
            // *The storm clouds gather* against *the keeper juggles storms*.
            None => !is(&after.lower, Class::Verb),
            Some(class) => opens_object(class) || is_verb_form(form),
        }
    }
}

/// *Ada builds a boat*: one thing without an article, and a verb after it, is somebody.
fn leads_as_name(word: &Word, after: Option<&Word>) -> bool {
    let common = first(
        &word.lower,
        &[
            Class::Noun,
            Class::Plural,
            Class::Frame,
            Class::Verb,
            Class::Past,
        ],
    );
    let no_name = common.is_some()
        || class(&word.lower).is_some()
        || is_modifier(&word.lower)
        || ends_in_s(&word.lower);
    if no_name || !word.has_capital() || word.lower.chars().count() < 2 {
        return false;
    }
    word.owner
        || after.is_some_and(|after| match class(&after.lower) {
            Some(Class::Auxiliary | Class::Have | Class::Modal | Class::And) => true,
            Some(_) => false,
            None => after.name || is_verb_form(&after.lower) || ends_in_s(&after.lower),
        })
}

/// What a verb's object begins with.
fn opens_object(class: Class) -> bool {
    matches!(
        class,
        Class::Singular
            | Class::Determiner
            | Class::PluralDeterminer
            | Class::Pronoun
            | Class::Object
    )
}
