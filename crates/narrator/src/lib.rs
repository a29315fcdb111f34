//! Writes a story in chapters from a premise, in English or French, without a language model.
//!
//! An [`Outline`] fixes everything that chapters share: who appears, where, with which objects, and under which titles.
//! [`write_chapter`] then fills templates, and avoids repeating the story so far.
//! Everything follows from the [`Premise`]: the same premise gives the same story, byte for byte.
//!
//! # Layout
//! - `premise`, `language`: the premise of a story, and the seed of all random choices
//! - `prompt`: finds the nouns and names of a prompt (the motifs)
//! - `setting`: the kind of place that a prompt suggests
//! - `plot`: the plot point of each chapter
//! - `outline`: cast, motifs, places, objects, titles, and the values of slots
//! - `lexicon`: the templates and word lists of both languages, as text files
//! - `template`, `grammar`: fill the slots of a template by the rules of its language
//! - `chapter`: writes a chapter
//! - `markdown`: escapes user input, and counts words
//!
//! Deliberately absent: files, clocks, threads and logging. The caller keeps the text, and shows progress between chapters.

mod chapter;
mod error;
mod grammar;
mod language;
mod lexicon;
mod markdown;
mod outline;
mod plot;
mod premise;
mod prompt;
mod setting;
mod template;
#[cfg(test)]
mod tests;

pub use chapter::write_chapter;
pub use error::Error;
pub use language::Language;
pub use markdown::{count_words, escape_markdown};
pub use outline::Outline;
pub use premise::Premise;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
