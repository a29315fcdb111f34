//! The texts of the pages of vessels.

use crate::i18n::{Lang, Translation, time};
use crate::job::Text;

pub const VESSELS: Translation = Translation::new("Vessels", "Vaisseaux");
pub const VESSELS_LEAD: Translation = Translation::new(
    "Part trees and stage plans of Kerbal craft, from craft files and saves.",
    "Arbres des pièces et plans des étages de vaisseaux Kerbal, à partir de fichiers et de sauvegardes.",
);
pub const READ_HEAD: Translation = Translation::new("Read a vessel", "Analyser un vaisseau");
pub const READ: Translation = Translation::new("Read vessel", "Analyser");
pub const MAKE: Translation = Translation::new("Output", "Résultat");
pub const A_PART_TREE: Translation = Translation::new("Part tree", "L’arbre des pièces");
pub const A_STAGE_PLAN: Translation = Translation::new("Stage plan", "Le plan des étages");
pub const CRAFT: Translation = Translation::new("Craft file", "Fichier de vaisseau");
pub const NO_CRAFT: Translation = Translation::new("Paste text instead", "Coller un texte");
pub const TEXT: Translation = Translation::new("Or its text", "Ou son texte");
pub const TEXT_HINT: Translation = Translation::new(
    "Contents of a .craft or .sfs file",
    "Le contenu d’un fichier .craft ou .sfs",
);
pub const VESSEL: Translation = Translation::new("Vessel", "Vaisseau");
pub const VESSEL_HINT: Translation = Translation::new(
    "Its name, if the save has several vessels",
    "Son nom, si la sauvegarde en contient plusieurs",
);
pub const FOLDER: Translation = Translation::new("Craft folder", "Dossier des vaisseaux");
pub const FOLDER_EMPTY: Translation = Translation::new(
    "No craft files yet. Put .craft and .sfs files into the “craft” folder of the data directory or into the folder set in JOBTRAY_CRAFT_DIR, or paste a text.",
    "Pas encore de fichier. Placez des fichiers .craft et .sfs dans le dossier « craft » du répertoire de données ou dans celui qu’indique JOBTRAY_CRAFT_DIR, ou collez un texte.",
);
pub const FOLDER_CUT: Translation = Translation::new(
    "The folder has more files than are listed here.",
    "Le dossier contient d’autres fichiers, non affichés ici.",
);
pub const CHOOSE: Translation = Translation::new("Choose", "Choisir");
pub const RESULTS: Translation = Translation::new("Results", "Résultats");
pub const NO_RESULTS: Translation = Translation::new("No results yet.", "Pas encore de résultat.");
pub const JSON: Translation = Translation::new("As JSON", "En JSON");
pub const SCHEMA: Translation = Translation::new("Its schema", "Son schéma");
pub const PICTURE: Translation = Translation::new("Picture", "Image");
pub const TABLE: Translation = Translation::new("Parts", "Pièces");
pub const PART: Translation = Translation::new("Part", "Pièce");
pub const COUNT: Translation = Translation::new("Count", "Nombre");
pub const STAGE: Translation = Translation::new("Stage", "Étage");
pub const STAGES: Translation = Translation::new("Stages", "Étages");
pub const NO_STAGES: Translation = Translation::new(
    "No part of this vessel is activated by a stage.",
    "Aucune pièce de ce vaisseau n’est activée par un étage.",
);
pub const ENGINES: Translation = Translation::new("Engines", "Moteurs");
pub const OWN_PARTS: Translation = Translation::new("Its parts", "Ses pièces");
pub const WET: Translation = Translation::new("Wet, t", "Masse à plein, t");
pub const DRY: Translation = Translation::new("Dry, t", "Masse à vide, t");
pub const MASS: Translation = Translation::new("Mass", "Masse");
pub const DELTA_V: Translation = Translation::new("Δv vacuum, m/s", "Δv dans le vide, m/s");
pub const DELTA_V_SEA: Translation =
    Translation::new("Δv sea level, m/s", "Δv niveau de la mer, m/s");
pub const TWR: Translation = Translation::new("TWR vacuum", "TWR dans le vide");
pub const TWR_SEA: Translation = Translation::new("TWR sea level", "TWR niveau de la mer");
pub const BURN: Translation = Translation::new("Burn, s", "Combustion, s");
pub const TOTAL: Translation = Translation::new("Total", "Total");
pub const TOTAL_DELTA_V: Translation = Translation::new("Δv in vacuum", "Δv dans le vide");
pub const WHY: Translation =
    Translation::new("How reliable the figures are", "Fiabilité des chiffres");
pub const PHASES: Translation = Translation::new(
    "Engines that burn out one by one",
    "Moteurs qui s’éteignent un à un",
);
pub const SYMMETRY: Translation = Translation::new("Symmetry groups", "Groupes de symétrie");
pub const RESOURCES: Translation = Translation::new("Resources", "Ressources");
pub const DEPTH: Translation = Translation::new("Depth", "Profondeur");
pub const GAME: Translation = Translation::new("Game version", "Version du jeu");
pub const UNKNOWN_PARTS: Translation =
    Translation::new("Not in the part table", "Absentes de la table");
pub const ESTIMATED: Translation = Translation::new("estimated", "estimé");
pub const UNKNOWN: Translation = Translation::new("unknown", "inconnu");
pub const AT_LEAST: Translation = Translation::new("unknown, at least", "inconnu, au moins");
pub const LEGEND: Translation = Translation::new(
    "Figures without a sign are exact; ≈ means estimated, ? unknown, ≥ at least this much.",
    "Les chiffres sans signe sont exacts ; ≈ signifie estimé, ? inconnu, ≥ au moins cette valeur.",
);
pub const BY_SURFACE: Translation = Translation::new("on a surface", "sur une surface");
pub const BY_STACK: Translation = Translation::new("stacked", "empilée");
pub const ROOT: Translation = Translation::new("root", "racine");

/// `12 parts`
pub fn parts(lang: Lang, amount: usize) -> String {
    let (one, many) = (
        Translation::new("part", "pièce"),
        Translation::new("parts", "pièces"),
    );
    time::count(lang, amount as u64, one, many)
}

/// `+ 12 more parts`
pub fn more_parts(lang: Lang, amount: usize) -> String {
    let (one, many) = (
        Translation::new("more part", "autre pièce"),
        Translation::new("more parts", "autres pièces"),
    );
    format!("+ {}", time::count(lang, amount as u64, one, many))
}

/// `Stage 3`
pub fn stage(lang: Lang, number: i32) -> String {
    format!("{}\u{a0}{number}", STAGE.get(lang))
}

/// The text alternative of the picture of a tree.
pub fn tree_picture(lang: Lang, vessel: &str, drawn: usize, parts: usize) -> String {
    let sentence = Translation::new(
        "The parts of {vessel} from its root down: {drawn} lines for {parts} parts. Symmetric parts are drawn once. The table below lists the parts by kind.",
        "Les pièces de {vessel} depuis sa racine : {drawn} lignes pour {parts} pièces. Les pièces symétriques sont dessinées une seule fois. Le tableau ci-dessous liste les pièces par type.",
    );
    let text = Text::new("").with("vessel", vessel).with("drawn", drawn);
    text.with("parts", parts).fill(sentence.get(lang))
}

/// The text alternative of the picture of a plan.
pub fn plan_picture(lang: Lang, vessel: &str, stages: usize) -> String {
    let sentence = Translation::new(
        "The {stages} stages of {vessel}, the first to fire at the bottom; the bars show Δv. The table below has the same figures.",
        "Les {stages} étages de {vessel}, le premier allumé en bas ; les barres indiquent le Δv. Le tableau ci-dessous donne les mêmes chiffres.",
    );
    let text = Text::new("").with("vessel", vessel).with("stages", stages);
    text.fill(sentence.get(lang))
}
