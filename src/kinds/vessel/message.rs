//! The texts of vessel jobs, in each language.

use crate::messages;

messages! {
    /// What a vessel job is called, what it does, why it fails, and what is wrong with its input.
    pub enum VesselMessage {
        "name.part_tree" PartTreeName { vessel: String }
            en "Part tree of {vessel}"
            fr "Arbre des pièces : {vessel}",
        "name.stage_plan" StagePlanName { vessel: String }
            en "Stage plan of {vessel}"
            fr "Plan des étages : {vessel}",
        "step.reading_parts" ReadingParts { parts: usize }
            en "Read {parts} parts"
            fr "{parts} pièces lues",
        "step.linking_parts" LinkingParts { parts: usize }
            en "Linking {parts} parts"
            fr "Assemblage de {parts} pièces",
        "step.planning_stage" PlanningStage { stage: i32 }
            en "Planning stage {stage}"
            fr "Calcul de l’étage {stage}",
        "failure.vessel_binary" Binary { line: u64 }
            en "The file is not a craft or save: line {line} contains bytes that are not text."
            fr "Ce n’est ni un vaisseau ni une sauvegarde : la ligne {line} n’est pas du texte.",
        "failure.vessel_cycle" Cycle { name: String }
            en "The part {name} is linked in a circle and not attached to the root. Open and save the craft in the editor."
            fr "La pièce {name} est liée en boucle, sans racine. Ouvrez et enregistrez le vaisseau dans l’éditeur.",
        "failure.vessel_deep" DeepNesting { line: u64 }
            en "The file has too many nested blocks, on line {line}."
            fr "Le fichier contient trop de blocs imbriqués, à la ligne {line}.",
        "failure.vessel_large_block" LargeBlock { line: u64 }
            en "The block that ends at line {line} is larger than 8 MiB."
            fr "Le bloc qui se termine à la ligne {line} dépasse 8 Mio.",
        "failure.vessel_large_file" LargeFile
            en "The file is larger than 64 MiB."
            fr "Le fichier dépasse 64 Mio.",
        "failure.vessel_long_line" LongLine { line: u64 }
            en "The file is not a craft or save: line {line} is longer than 1 MiB."
            fr "Ce n’est ni un vaisseau ni une sauvegarde : la ligne {line} dépasse 1 Mio.",
        "failure.vessel_parts_limit" ManyParts { max: usize }
            en "The vessel has more than {max} parts."
            fr "Le vaisseau a plus de {max} pièces.",
        /// Only rows of older versions have this key, with the argument `line`.
        "failure.vessel_many_parts" OldManyParts { line: usize }
            en "The vessel has more than {line} parts."
            fr "Le vaisseau a plus de {line} pièces.",
        "failure.vessel_stages_limit" ManyStages { max: usize }
            en "The vessel has more than {max} stages."
            fr "Le vaisseau a plus de {max} étages.",
        /// Only rows of older versions have this key, with the argument `line`.
        "failure.vessel_many_stages" OldManyStages { line: usize }
            en "The vessel has more than {line} stages."
            fr "Le vaisseau a plus de {line} étages.",
        "failure.vessel_many_vessels" ManyVessels
            en "The save has more than 10,000 vessels."
            fr "La sauvegarde contient plus de 10 000 vaisseaux.",
        "failure.vessel_no_file" NoFile
            en "The file is no longer in the craft folder."
            fr "Le fichier n’est plus dans le dossier des vaisseaux.",
        "failure.vessel_unnamed_part" UnnamedPart { part: usize }
            en "Part {part} of the vessel has no name."
            fr "La pièce {part} du vaisseau n’a pas de nom.",
        /// Only rows of older versions have this key, with the argument `line`.
        "failure.vessel_no_name" OldUnnamedPart { line: usize }
            en "Part {line} of the vessel has no name."
            fr "La pièce {line} du vaisseau n’a pas de nom.",
        "failure.vessel_no_part" MissingPart { name: String }
            en "A part is linked to {name}, which is not in the vessel."
            fr "Une pièce est liée à {name}, qui n’est pas dans le vaisseau.",
        "failure.vessel_no_parts" NoParts { name: String }
            en "The vessel {name} has no parts."
            fr "Le vaisseau {name} n’a pas de pièces.",
        "failure.vessel_no_root" NoRoot
            en "The vessel has no root part: each part is attached to another."
            fr "Le vaisseau n’a pas de pièce racine : chacune est attachée à une autre.",
        "failure.vessel_no_vessel" UnknownVessel { names: String }
            en "The save has no vessel with that name. It has: {names}"
            fr "Aucun vaisseau de ce nom dans la sauvegarde. Elle contient : {names}",
        "failure.vessel_not_utf8" NotUtf8 { line: u64 }
            en "The file’s line {line} is not UTF-8, which the game writes. Save it as UTF-8 in a text editor."
            fr "La ligne {line} du fichier n’est pas en UTF-8, qu’écrit le jeu. Enregistrez-le en UTF-8 dans un éditeur.",
        "failure.vessel_nothing" NoVessel
            en "The text is neither a craft (it has no PART) nor a save (it has no VESSEL)."
            fr "Le texte n’est ni un vaisseau (sans PART) ni une sauvegarde (sans VESSEL).",
        "failure.vessel_other_craft" OtherCraft { name: String }
            en "The craft file has one vessel, called {name}. Leave the vessel empty, or name that one."
            fr "Le fichier contient un seul vaisseau, nommé {name}. Laissez le champ vide ou indiquez ce nom.",
        "failure.vessel_part_id" InvalidPartId { name: String }
            en "A PART of the craft has no id such as fuelTank_4293843072: “{name}”."
            fr "Une PART du vaisseau n’a pas d’identifiant comme fuelTank_4293843072 : « {name} ».",
        "failure.vessel_same_name" AmbiguousName { names: String }
            en "Several vessels have that name. Give the pid of one: {names}"
            fr "Plusieurs vaisseaux ont ce nom. Donnez le pid de l’un d’eux : {names}",
        "failure.vessel_several" SeveralVessels { names: String }
            en "The save has several vessels. Name one: {names}"
            fr "La sauvegarde contient plusieurs vaisseaux. Nommez-en un : {names}",
        "failure.vessel_stray_brace" StrayBrace { line: u64 }
            en "The file is damaged: line {line} closes a block that was never opened."
            fr "Le fichier est endommagé : la ligne {line} ferme un bloc qui n’a pas été ouvert.",
        "failure.vessel_twice" DuplicatePart { name: String }
            en "Two parts have the id {name}."
            fr "Deux pièces ont l’identifiant {name}.",
        "failure.vessel_two_parents" TwoParents { name: String }
            en "Two parts are linked to {name}: it can be attached to only one."
            fr "Deux pièces sont liées à {name} : elle ne peut être attachée qu’à une seule.",
        "failure.vessel_two_roots" TwoRoots { name: String }
            en "The craft is in pieces: {name} is attached to no other part, and neither is the root."
            fr "Le vaisseau est en morceaux : {name} n’est attachée à aucune pièce, la racine non plus.",
        "failure.vessel_unclosed" UnclosedBlock { line: u64 }
            en "The file is cut off: the block that begins on line {line} is never closed."
            fr "Le fichier est tronqué : le bloc qui commence à la ligne {line} n’est jamais fermé.",
        "failure.vessel_utf16" Utf16
            en "The file is UTF-16; the game writes UTF-8. Save it as UTF-8 in a text editor."
            fr "Le fichier est en UTF-16 ; le jeu écrit en UTF-8. Enregistrez-le en UTF-8 dans un éditeur.",
        "rule.vessel_source" SourceMissing
            en "is missing: give a craft or a text"
            fr "choisissez un fichier ou collez un texte",
        "rule.vessel_one_source" TwoSources
            en "give a craft or a text, not both"
            fr "choisissez un fichier ou collez un texte, pas les deux",
        "rule.craft_name" CraftName { bytes: usize }
            en "must be the name of a .craft or .sfs file in the craft folder, {bytes} bytes at most"
            fr "doit nommer un fichier .craft ou .sfs du dossier des vaisseaux, {bytes} octets au plus",
        "rule.craft_missing" CraftMissing
            en "there is no such file in the craft folder"
            fr "ce fichier n’est pas dans le dossier des vaisseaux",
        "rule.craft_outside" CraftOutside
            en "leads outside the craft folder"
            fr "mène hors du dossier des vaisseaux",
        "rule.craft_too_large" CraftTooLarge { size: u64 }
            en "is larger than {size} MiB"
            fr "dépasse {size} Mio",
        "rule.craft_unreadable" Unreadable { problem: String }
            en "cannot be read: {problem}"
            fr "ne peut pas être lu : {problem}",
    }
}
