//! The texts of the pages of segments, and of the form that starts one.

use crate::i18n::{Lang, Translation};

pub const GENERATE_HEAD: Translation = Translation::new("Make a segment", "Créer un segment");
pub const SEED: Translation = Translation::new("Seed", "Graine");
pub const SEED_HINT: Translation =
    Translation::new("Same seed, same film", "Même graine, même film");
pub const SEED_ANY: Translation = Translation::new("Random", "Aléatoire");
pub const SECONDS: Translation = Translation::new("Seconds", "Secondes");
pub const SEGMENTS: Translation = Translation::new("Finished segments", "Segments terminés");
pub const NO_SEGMENTS: Translation = Translation::new("No segments yet.", "Pas encore de segment.");

/// `Generate Scene 3`
pub fn generate_scene(lang: Lang, number: u32) -> String {
    let verb = Translation::new("Generate", "Générer la").get(lang);
    let noun = Translation::new("Scene", "scène").get(lang);
    format!("{verb} {noun}\u{a0}{number}")
}
pub const FRAMES: Translation = Translation::new("Frame rate", "Cadence");
pub const FILE: Translation = Translation::new("File", "Fichier");
pub const TOOK: Translation = Translation::new("Render time", "Durée du rendu");
pub const FINISHED: Translation = Translation::new("Finished", "Terminé");
pub const CREATED_BY: Translation = Translation::new("Created by", "Créé par");
pub const PREVIOUS: Translation = Translation::new("← Previous", "← Précédent");
pub const NEXT: Translation = Translation::new("Next →", "Suivant →");
pub const OPEN_SCENE: Translation = Translation::new("Open the scene", "Ouvrir la scène");
pub const AGAIN: Translation = Translation::new("Render again", "Refaire le rendu");

/// `25 frames/s`
pub fn per_second(lang: Lang, frames: u32) -> String {
    let unit = Translation::new("frames/s", "images/s").get(lang);
    format!("{frames}\u{a0}{unit}")
}
