//! Sentences about vessels that rows keep, and those of refusals: why a file is none, and why an input was
//! refused.

use crate::i18n::{Lang, Translation};
use crate::job::Text;

/// The sentence of a key that rows keep.
pub fn sentence(key: &str) -> Option<Translation> {
    let all = KEPT.iter().find(|(known, _)| *known == key);
    all.map(|(_, words)| *words)
}

/// A sentence of ours that was made in English, in the reader's language.
pub fn again(lang: Lang, english: &str) -> Option<String> {
    let (words, args) = (KEPT.iter().map(|(_, words)| words))
        .chain(&REFUSED)
        .find_map(|words| Some((words, read(words.en, english)?)))?;
    let text = args
        .iter()
        .fold(Text::new(""), |text, (name, value)| text.with(name, value));
    Some(text.fill(words.get(lang)))
}

/// What stands in the gaps of a sentence, where `said` is that sentence.
fn read<'a>(sentence: &'a str, said: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let mut args = Vec::new();
    let (before, mut sentence) = sentence.split_once('{').unwrap_or((sentence, ""));
    let mut said = said.strip_prefix(before)?;
    while let Some((name, after)) = sentence.split_once('}') {
        let (between, next) = after.split_once('{').unwrap_or((after, ""));
        let end = if between.is_empty() && next.is_empty() {
            said.len()
        } else {
            said.find(between)?
        };
        args.push((name, &said[..end]));
        said = said[end..].strip_prefix(between)?;
        sentence = next;
    }
    said.is_empty().then_some(args)
}

/// Why an input was refused, beside the sentences that are kept.
const REFUSED: [Translation; 7] = [
    Translation::new(
        "there is no such file in the craft folder",
        "ce fichier n’est pas dans le dossier des vaisseaux",
    ),
    Translation::new(
        "leads out of the craft folder",
        "mène hors du dossier des vaisseaux",
    ),
    Translation::new("is larger than {size} MiB", "dépasse {size} Mio"),
    Translation::new(
        "is missing: give a craft or a text",
        "Choisissez un fichier ou collez un texte.",
    ),
    Translation::new(
        "give a craft or a text, not both",
        "Choisissez un fichier ou collez un texte, pas les deux.",
    ),
    Translation::new(
        "must be the name of a .craft or .sfs file in the craft folder, {bytes} bytes at most",
        "doit nommer un fichier .craft ou .sfs du dossier des vaisseaux, {bytes} octets au plus",
    ),
    Translation::new("must be {bytes} bytes at most", "{bytes} octets au plus"),
];

/// Sentences that are kept by their key.
const KEPT: [(&str, Translation); 32] = [
    (
        "name.part_tree",
        Translation::new("Part tree of {vessel}", "Arbre des pièces : {vessel}"),
    ),
    (
        "name.stage_plan",
        Translation::new("Stage plan of {vessel}", "Plan des étages : {vessel}"),
    ),
    (
        "step.reading_parts",
        Translation::new("Read {parts} parts", "{parts} pièces lues"),
    ),
    (
        "step.linking_parts",
        Translation::new("Linking {parts} parts", "Assemblage de {parts} pièces"),
    ),
    (
        "step.planning_stage",
        Translation::new("Planning stage {stage}", "Calcul de l’étage {stage}"),
    ),
    (
        "failure.vessel_binary",
        Translation::new(
            "The file is no craft or save: line {line} has bytes that are no text.",
            "Ce n’est ni un vaisseau ni une sauvegarde : la ligne {line} n’est pas du texte.",
        ),
    ),
    (
        "failure.vessel_cycle",
        Translation::new(
            "The part {name} is linked in a circle and hangs on no root. Open and save the craft in the editor.",
            "La pièce {name} est liée en cercle, sans racine. Ouvrez et enregistrez le vaisseau dans l’éditeur.",
        ),
    ),
    (
        "failure.vessel_deep",
        Translation::new(
            "The file has too many blocks within blocks, in line {line}.",
            "Le fichier a trop de blocs imbriqués, à la ligne {line}.",
        ),
    ),
    (
        "failure.vessel_large_block",
        Translation::new(
            "A part of the file is too large, up to line {line}: a block may have 8 MiB.",
            "Une pièce du fichier est trop grande, jusqu’à la ligne {line} : 8 Mio au plus par bloc.",
        ),
    ),
    (
        "failure.vessel_large_file",
        Translation::new(
            "The file is larger than 64 MiB.",
            "Le fichier dépasse 64 Mio.",
        ),
    ),
    (
        "failure.vessel_long_line",
        Translation::new(
            "The file is no craft or save: line {line} is longer than 1 MiB.",
            "Ce n’est ni un vaisseau ni une sauvegarde : la ligne {line} dépasse 1 Mio.",
        ),
    ),
    (
        "failure.vessel_many_parts",
        Translation::new(
            "The vessel has more than {line} parts.",
            "Le vaisseau a plus de {line} pièces.",
        ),
    ),
    (
        "failure.vessel_many_stages",
        Translation::new(
            "The vessel has more than {line} stages.",
            "Le vaisseau a plus de {line} étages.",
        ),
    ),
    (
        "failure.vessel_many_vessels",
        Translation::new(
            "The save has more than 10,000 vessels.",
            "La sauvegarde a plus de 10 000 vaisseaux.",
        ),
    ),
    (
        "failure.vessel_no_file",
        Translation::new(
            "The file is no longer in the craft folder.",
            "Le fichier n’est plus dans le dossier des vaisseaux.",
        ),
    ),
    (
        "failure.vessel_no_name",
        Translation::new(
            "Part {line} of the vessel has no name.",
            "La pièce {line} du vaisseau n’a pas de nom.",
        ),
    ),
    (
        "failure.vessel_no_part",
        Translation::new(
            "A part is linked to {name}, which is not in the vessel.",
            "Une pièce est liée à {name}, qui n’est pas dans le vaisseau.",
        ),
    ),
    (
        "failure.vessel_no_parts",
        Translation::new(
            "The vessel {name} has no parts.",
            "Le vaisseau {name} n’a pas de pièces.",
        ),
    ),
    (
        "failure.vessel_no_root",
        Translation::new(
            "The vessel has no root part: each part hangs on another.",
            "Le vaisseau n’a pas de pièce racine : chacune dépend d’une autre.",
        ),
    ),
    (
        "failure.vessel_no_vessel",
        Translation::new(
            "There is no vessel of that name in the save. It has: {names}",
            "Aucun vaisseau de ce nom dans la sauvegarde. Elle a : {names}",
        ),
    ),
    (
        "failure.vessel_not_utf8",
        Translation::new(
            "The file’s line {line} is not UTF-8, which the game writes. Save it as UTF-8 in a text editor.",
            "La ligne {line} du fichier n’est pas en UTF-8, qu’écrit le jeu. Enregistrez-le en UTF-8 dans un éditeur.",
        ),
    ),
    (
        "failure.vessel_nothing",
        Translation::new(
            "The text is neither a craft (it has no PART) nor a save (it has no VESSEL).",
            "Le texte n’est ni un vaisseau (sans PART) ni une sauvegarde (sans VESSEL).",
        ),
    ),
    (
        "failure.vessel_other_craft",
        Translation::new(
            "The craft file has one vessel, called {name}. Leave the vessel empty, or name that one.",
            "Le fichier a un seul vaisseau, nommé {name}. Laissez le champ vide ou indiquez ce nom.",
        ),
    ),
    (
        "failure.vessel_part_id",
        Translation::new(
            "A PART of the craft has no id such as fuelTank_4293843072: “{name}”.",
            "Une PART du vaisseau n’a pas d’identifiant comme fuelTank_4293843072 : « {name} ».",
        ),
    ),
    (
        "failure.vessel_same_name",
        Translation::new(
            "Several vessels have that name. Give the pid of one: {names}",
            "Plusieurs vaisseaux ont ce nom. Donnez le pid de l’un d’eux : {names}",
        ),
    ),
    (
        "failure.vessel_several",
        Translation::new(
            "The save has several vessels. Name one: {names}",
            "La sauvegarde a plusieurs vaisseaux. Nommez-en un : {names}",
        ),
    ),
    (
        "failure.vessel_stray_brace",
        Translation::new(
            "The file is damaged: line {line} closes a block that was never opened.",
            "Le fichier est abîmé : la ligne {line} ferme un bloc qui n’a pas été ouvert.",
        ),
    ),
    (
        "failure.vessel_twice",
        Translation::new(
            "Two parts have the id {name}.",
            "Deux pièces ont l’identifiant {name}.",
        ),
    ),
    (
        "failure.vessel_two_parents",
        Translation::new(
            "Two parts are linked to {name}: it can hang on one only.",
            "Deux pièces sont liées à {name} : elle ne peut dépendre que d’une.",
        ),
    ),
    (
        "failure.vessel_two_roots",
        Translation::new(
            "The craft is in pieces: {name} hangs on no other part, and neither does the root.",
            "Le vaisseau est en morceaux : {name} ne dépend d’aucune pièce, la racine non plus.",
        ),
    ),
    (
        "failure.vessel_unclosed",
        Translation::new(
            "The file is cut off: the block that begins in line {line} is never closed.",
            "Le fichier est tronqué : le bloc qui commence à la ligne {line} n’est jamais fermé.",
        ),
    ),
    (
        "failure.vessel_utf16",
        Translation::new(
            "The file is UTF-16; the game writes UTF-8. Save it as UTF-8 in a text editor.",
            "Le fichier est en UTF-16 ; le jeu écrit en UTF-8. Enregistrez-le en UTF-8 dans un éditeur.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::{KEPT, Lang, again, read, sentence};
    use std::collections::BTreeSet;

    #[test]
    fn every_sentence_has_the_same_gaps_in_both_languages() {
        let gaps = |text: &'static str| -> BTreeSet<&str> {
            let parts = text.split('{').skip(1);
            parts.filter_map(|part| part.split('}').next()).collect()
        };
        let mut keys = BTreeSet::new();
        for (key, words) in KEPT {
            assert_eq!(gaps(words.en), gaps(words.fr), "{key}");
            assert!(keys.insert(key), "{key} stands twice");
        }
        assert!(sentence("failure.vessel_cycle").is_some());
    }

    #[test]
    fn a_sentence_is_known_again_by_what_stands_between_its_gaps() {
        assert_eq!(
            read("a {x} b {y}", "a 1 b 2, 3"),
            Some(vec![("x", "1"), ("y", "2, 3")])
        );
        assert_eq!(read("a {x} b", "a 1 c"), None);
        assert_eq!(read("plain", "plain"), Some(vec![]));
        assert_eq!(read("plain", "plainer"), None);
        let english = "The save has several vessels. Name one: Ann, Bob";
        let french = "La sauvegarde a plusieurs vaisseaux. Nommez-en un : Ann, Bob";
        assert_eq!(again(Lang::Fr, english).as_deref(), Some(french));
        assert_eq!(again(Lang::En, english).as_deref(), Some(english));
        assert_eq!(again(Lang::Fr, "must not be empty"), None);
    }
}
