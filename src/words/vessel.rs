//! What is said of vessels: the words of their pages.

mod kept;

pub use kept::{again, sentence};

use super::{Lang, Words, time};
use crate::job::Text;

pub const VESSELS: Words = Words::new("Vessels", "Vaisseaux");
pub const VESSELS_LEAD: Words = Words::new(
    "Part trees and stage plans of Kerbal craft, from craft files and saves.",
    "Arbres des pièces et plans des étages de vaisseaux Kerbal, depuis fichiers et sauvegardes.",
);
pub const READ_HEAD: Words = Words::new("Read a vessel", "Lire un vaisseau");
pub const READ: Words = Words::new("Read it", "Le lire");
pub const MAKE: Words = Words::new("Make", "Produire");
pub const A_PART_TREE: Words = Words::new("Part tree", "L’arbre des pièces");
pub const A_STAGE_PLAN: Words = Words::new("Stage plan", "Le plan des étages");
pub const CRAFT: Words = Words::new("File of the craft folder", "Fichier du dossier");
pub const NO_CRAFT: Words = Words::new("None: the text below", "Aucun : le texte ci-dessous");
pub const TEXT: Words = Words::new("Or its text", "Ou son texte");
pub const TEXT_HINT: Words = Words::new(
    "What stands in a .craft or .sfs file",
    "Le contenu d’un fichier .craft ou .sfs",
);
pub const VESSEL: Words = Words::new("Vessel", "Vaisseau");
pub const VESSEL_HINT: Words = Words::new(
    "Its name, for a save with several",
    "Son nom, pour une sauvegarde qui en a plusieurs",
);
pub const FOLDER: Words = Words::new("Craft folder", "Dossier des vaisseaux");
pub const FOLDER_EMPTY: Words = Words::new(
    "No craft files yet. Put .craft and .sfs files into the folder “craft” of the data directory, or into the one that JOBTRAY_CRAFT_DIR names, or paste a text.",
    "Pas encore de fichier. Mettez des fichiers .craft et .sfs dans le dossier « craft » des données, ou dans celui que nomme JOBTRAY_CRAFT_DIR, ou collez un texte.",
);
pub const FOLDER_CUT: Words = Words::new(
    "There are more than are listed here.",
    "Il y en a plus qu’affiché ici.",
);
pub const CHOOSE: Words = Words::new("Choose", "Choisir");
pub const RESULTS: Words = Words::new("Results", "Résultats");
pub const NO_RESULTS: Words = Words::new(
    "Nothing was read yet. The first tree or plan will stand here.",
    "Rien n’a encore été lu. Le premier arbre ou plan sera ici.",
);
pub const JSON: Words = Words::new("As JSON", "En JSON");
pub const SCHEMA: Words = Words::new("Its schema", "Son schéma");
pub const PICTURE: Words = Words::new("Picture", "Image");
pub const TABLE: Words = Words::new("Parts", "Pièces");
pub const PART: Words = Words::new("Part", "Pièce");
pub const COUNT: Words = Words::new("Count", "Nombre");
pub const HELD_BY: Words = Words::new("Held", "Fixation");
pub const STAGE: Words = Words::new("Stage", "Étage");
pub const STAGES: Words = Words::new("Stages", "Étages");
pub const NO_STAGES: Words = Words::new(
    "Nothing of this vessel is activated in any stage.",
    "Rien de ce vaisseau n’est activé par un étage.",
);
pub const ENGINES: Words = Words::new("Engines", "Moteurs");
pub const OWN_PARTS: Words = Words::new("Its parts", "Ses pièces");
pub const WET: Words = Words::new("Wet, t", "Pleine, t");
pub const DRY: Words = Words::new("Dry, t", "Vide, t");
pub const MASS: Words = Words::new("Mass", "Masse");
pub const DELTA_V: Words = Words::new("Δv vacuum, m/s", "Δv vide, m/s");
pub const DELTA_V_SEA: Words = Words::new("Δv sea level, m/s", "Δv mer, m/s");
pub const TWR: Words = Words::new("TWR vacuum", "P/P vide");
pub const TWR_SEA: Words = Words::new("TWR sea level", "P/P mer");
pub const BURN: Words = Words::new("Burn, s", "Poussée, s");
pub const TOTAL: Words = Words::new("Total", "Total");
pub const TOTAL_DELTA_V: Words = Words::new("Δv in vacuum", "Δv dans le vide");
pub const WHY: Words = Words::new("What the figures are worth", "Ce que valent les chiffres");
pub const PHASES: Words = Words::new(
    "Engines that go out one by one",
    "Moteurs qui s’éteignent un à un",
);
pub const SYMMETRY: Words = Words::new("Symmetry groups", "Groupes de symétrie");
pub const RESOURCES: Words = Words::new("Resources", "Ressources");
pub const DEPTH: Words = Words::new("Depth", "Profondeur");
pub const GAME: Words = Words::new("Game version", "Version du jeu");
pub const UNKNOWN_PARTS: Words = Words::new("Not in the part table", "Absentes de la table");
pub const EXACT: Words = Words::new("exact", "exact");
pub const ESTIMATED: Words = Words::new("estimated", "estimé");
pub const UNKNOWN: Words = Words::new("unknown", "inconnu");
pub const AT_LEAST: Words = Words::new("unknown, at least", "inconnu, au moins");
pub const LEGEND: Words = Words::new(
    "Plain figures are exact; ≈ is estimated, ? unknown, ≥ unknown but at least.",
    "Les chiffres nus sont exacts ; ≈ est estimé, ? inconnu, ≥ inconnu mais au moins.",
);
pub const BY_SURFACE: Words = Words::new("on a surface", "sur une surface");
pub const BY_STACK: Words = Words::new("stacked", "empilée");
pub const ROOT: Words = Words::new("root", "racine");

/// `12 parts`
pub fn parts(lang: Lang, amount: usize) -> String {
    let (one, many) = (Words::new("part", "pièce"), Words::new("parts", "pièces"));
    time::count(lang, amount as u64, one, many)
}

/// `+ 12 more parts`
pub fn more_parts(lang: Lang, amount: usize) -> String {
    let (one, many) = (
        Words::new("more part", "autre pièce"),
        Words::new("more parts", "autres pièces"),
    );
    format!("+ {}", time::count(lang, amount as u64, one, many))
}

/// `Stage 3`
pub fn stage(lang: Lang, number: i32) -> String {
    format!("{}\u{a0}{number}", STAGE.say(lang))
}

/// What a picture of a tree shows, for whoever does not see it.
pub fn tree_picture(lang: Lang, vessel: &str, drawn: usize, parts: usize) -> String {
    let sentence = Words::new(
        "The parts of {vessel} from its root down: {drawn} lines for {parts} parts. Symmetric parts are drawn once. The table below has the parts by kind.",
        "Les pièces de {vessel} depuis sa racine : {drawn} lignes pour {parts} pièces. Les pièces symétriques sont dessinées une fois. Le tableau ci-dessous a les pièces par type.",
    );
    let text = Text::new("").with("vessel", vessel).with("drawn", drawn);
    text.with("parts", parts).fill(sentence.say(lang))
}

/// What a picture of a plan shows, for whoever does not see it.
pub fn plan_picture(lang: Lang, vessel: &str, stages: usize) -> String {
    let sentence = Words::new(
        "The {stages} stages of {vessel}, the first to fire at the bottom; bars are Δv. The table below has the same figures.",
        "Les {stages} étages de {vessel}, le premier à partir en bas ; les barres sont le Δv. Le tableau ci-dessous a les mêmes chiffres.",
    );
    let text = Text::new("").with("vessel", vessel).with("stages", stages);
    text.fill(sentence.say(lang))
}
