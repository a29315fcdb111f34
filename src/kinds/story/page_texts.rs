//! The texts of the pages of stories.

use crate::i18n::{Lang, Translation, time};

pub const STORIES: Translation = Translation::new("Stories", "Histoires");
pub const STORIES_LEAD: Translation = Translation::new(
    "Turn an idea into a story in chapters.",
    "Transformez une idée en une histoire en chapitres.",
);
pub const NO_STORIES: Translation = Translation::new(
    "No stories yet. Describe an idea and keep working while it’s written.",
    "Pas encore d’histoire. Décrivez une idée et continuez pendant qu’elle s’écrit.",
);
pub const WRITE_HEAD: Translation = Translation::new("Write a story", "Écrire une histoire");
pub const WRITE: Translation = Translation::new("Write story", "Écrire l’histoire");
pub const PROMPT: Translation = Translation::new("Idea", "Idée");
pub const PROMPT_HINT: Translation = Translation::new(
    "One or two sentences are enough",
    "Une ou deux phrases suffisent",
);
pub const CAST: Translation = Translation::new("Cast", "Personnages");
pub const CHAPTERS: Translation = Translation::new("Chapters", "Chapitres");
pub const CONTENTS: Translation = Translation::new("Contents", "Sommaire");

/// `9 chapters`
pub fn chapters(lang: Lang, amount: u32) -> String {
    let (one, many) = (
        Translation::new("chapter", "chapitre"),
        Translation::new("chapters", "chapitres"),
    );
    time::count(lang, amount.into(), one, many)
}

/// `1,234 words`
pub fn words(lang: Lang, amount: u32) -> String {
    let (one, many) = (
        Translation::new("word", "mot"),
        Translation::new("words", "mots"),
    );
    time::count(lang, amount.into(), one, many)
}
