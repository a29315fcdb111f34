//! Texts that rows keep as a key and arguments: names, steps, failures, fixes, actions.

use super::{Lang, Words};
use crate::job::Text;

/// The sentence of a key; none for a key of another version of the program.
pub fn sentence(key: &str) -> Option<Words> {
    Some(match key {
        "step.initializing" => Words::new("Initializing", "Initialisation"),
        "step.waiting" => Words::new("Waiting for a worker", "En attente d’un exécuteur"),
        _ => return None,
    })
}

/// A row's text in the reader's language, else the English that the row carries.
pub fn say(lang: Lang, text: Option<&Text>, english: &str) -> String {
    text.and_then(|text| Some(text.fill(sentence(&text.key)?.say(lang))))
        .unwrap_or_else(|| english.to_owned())
}
