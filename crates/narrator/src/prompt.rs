//! Finds what a prompt is about: its nouns and names, in their order.

mod clause;
mod collector;
mod english;
mod french;
mod gender;
mod motif;
mod word_class;

use crate::language::Language;
use collector::MotifCollector;
pub use motif::{Article, Motif};

/// Maximum number of motifs taken from a prompt.
const MAX_MOTIFS: usize = 8;

/// An opening of tales whose *time* is no motif.
const ONCE: &str = "once upon a time";

/// The nouns and names of a prompt, each once.
pub fn motifs(language: Language, prompt: &str) -> Vec<Motif> {
    let prompt = prompt.trim_start();
    let prompt = match (language, prompt.get(..ONCE.len())) {
        (Language::English, Some(once)) if once.eq_ignore_ascii_case(ONCE) => &prompt[ONCE.len()..],
        _ => prompt,
    };
    let clauses = clause::clauses(language, prompt);
    let mut collector = MotifCollector::default();
    match language {
        Language::English => english::collect(&clauses, &mut collector),
        Language::French => french::collect(&clauses, &mut collector),
    }
    let mut motifs = collector.motifs;
    motifs.truncate(MAX_MOTIFS);
    motifs
}

#[cfg(test)]
mod tests;
