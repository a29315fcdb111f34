//! Prompts as people write them, and the motifs of each.

use super::collector::MAX_LENGTH;
use super::*;

fn check(language: Language, table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (prompt, expected) in table {
        let words: Vec<String> = motifs(language, prompt)
            .into_iter()
            .map(|motif| motif.text)
            .collect();
        let words = words.join(", ");
        if words != *expected {
            wrong.push(format!(
                "{prompt}\n  expected {expected}\n  found    {words}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english_motifs_are_nouns_and_names() {
    check(
        Language::English,
        &[
            (
                "A lighthouse keeper who collects storms",
                "lighthouse keeper, storms",
            ),
            (
                "A lighthouse keeper collects storms",
                "lighthouse keeper, storms",
            ),
            (
                "Lighthouse keeper collects storms",
                "lighthouse keeper, storms",
            ),
            (
                "A lighthouse keeper finds a talking whale in the fog",
                "lighthouse keeper, whale, fog",
            ),
            (
                "A LIGHTHOUSE KEEPER WHO COLLECTS STORMS",
                "lighthouse keeper, storms",
            ),
            (
                "The Lighthouse Keeper Who Collects Storms",
                "lighthouse keeper, storms",
            ),
            (
                "The girl builds rockets; her grandmother's clock stops!",
                "girl, rockets, grandmother, clock",
            ),
            (
                "The keeper juggles storms while the sea sleeps",
                "keeper, storms, sea",
            ),
            (
                "The storm clouds gather over the paper boats",
                "storm clouds, paper boats",
            ),
            ("X121 travels to Paris with a fox", "X121, Paris, fox"),
            (
                "Ada builds a boat and sails it to the moon",
                "Ada, boat, moon",
            ),
            (
                "Ada and Bram open a bakery in Lisbon",
                "Ada, Bram, bakery, Lisbon",
            ),
            (
                "A girl named Wren wants to befriend the sea",
                "girl, Wren, sea",
            ),
            (
                "Three sisters inherit a shop that sells bottled dreams",
                "sisters, shop, dreams",
            ),
            (
                "A town where clocks run backwards",
                "town, clocks, backwards",
            ),
            ("the robot that nobody believes", "robot"),
            ("A cat which can't stop talking about death", "cat, death"),
            (
                "Write a story about a dragon whose fire went out",
                "dragon, fire",
            ),
            (
                "Please tell me a bedtime story about two brave mice",
                "mice",
            ),
            (
                "A baker secretly feeds the ghosts of the old mill",
                "baker, ghosts, mill",
            ),
            ("He never sleeps, she never wakes: a love story", ""),
            ("“The Last Storm” by a retired pirate", "Last Storm, pirate"),
            ("dragon", "dragon"),
            ("Dragons", "dragons"),
            ("DRAGONS", "dragons"),
            ("storm, whale, lantern", "storm, whale, lantern"),
            ("42", ""),
            ("3 pigs and 12 wolves in 1984", "pigs, wolves"),
            ("???", ""),
            ("… — !!", ""),
            ("🐋🦊", ""),
            ("灯台守と嵐を集める人", "灯台守と嵐を集める人"),
            (
                "Смотритель маяка собирает бури",
                "Смотритель маяка собирает бури",
            ),
            (
                "A painting of ships that moves at night",
                "painting, ships, night",
            ),
            (
                "A detective must solve the murder of a king",
                "detective, murder, king",
            ),
            (
                "A Swiss watchmaker steals time from tourists",
                "watchmaker, time, tourists",
            ),
            (
                "In the city of glass, a boy has lost his shadow",
                "city, glass, boy, shadow",
            ),
            (
                "A family of foxes moved into the library",
                "family, foxes, library",
            ),
            (
                "An island that appears only once every hundred years",
                "island",
            ),
            ("Building a bridge to the stars", "bridge, stars"),
        ],
    );
}

#[test]
fn french_motifs_are_nouns_and_names() {
    check(
        Language::French,
        &[
            (
                "Une gardienne de phare qui collectionne les tempêtes",
                "gardienne, phare, tempêtes",
            ),
            (
                "UNE GARDIENNE DE PHARE QUI COLLECTIONNE LES TEMPÊTES",
                "gardienne, phare, tempêtes",
            ),
            (
                "Une vieille gardienne de phare trouve l’horloge d'une baleine bleue",
                "gardienne, phare, horloge, baleine",
            ),
            ("Le robot de la forêt", "robot, forêt"),
            (
                "Un renard apprend à voler pour sauver la lune",
                "renard, lune",
            ),
            ("Une fille que personne ne croit", "fille"),
            ("Une ville où les horloges reculent", "ville, horloges"),
            ("Le pirate dont le chat parle trop", "pirate, chat"),
            ("Anaïs cherche la clé du vieux port", "Anaïs, clé, port"),
            (
                "Anaïs et Théo ouvrent une boulangerie à Lisbonne",
                "Anaïs, Théo, boulangerie, Lisbonne",
            ),
            ("Il était une fois un roi sans ombre", "roi, ombre"),
            (
                "Raconte-moi l’histoire d’un dragon qui a peur du feu",
                "dragon, feu",
            ),
            ("Écris une histoire sur deux petites souris", "souris"),
            (
                "Trois sœurs héritent d’un magasin de rêves",
                "sœurs, magasin, rêves",
            ),
            (
                "Dragons, princesses et sorcières",
                "dragons, princesses, sorcières",
            ),
            ("dragon", "dragon"),
            ("Tempête", "tempête"),
            ("Voyage au centre de la terre", "centre, terre"),
            (
                "X121 voyage vers Paris avec un renard",
                "X121, Paris, renard",
            ),
            (
                "Une fille nommée Wren veut comprendre la mer",
                "fille, Wren, mer",
            ),
            (
                "Le boulanger nourrit les fantômes ; la nuit, il la cherche.",
                "boulanger, fantômes, nuit",
            ),
            (
                "« La dernière tempête » d’un pirate à la retraite",
                "tempête, pirate, retraite",
            ),
            ("Un homme qui l’aime et la suit partout", "homme"),
            (
                "Une lettre arrive avec cent ans de retard",
                "lettre, retard",
            ),
            ("3 cochons et 12 loups", "cochons, loups"),
            ("42", ""),
            ("?!…", ""),
            ("灯台守", "灯台守"),
            (
                "Un enfant joue aux échecs avec le vent d’hiver",
                "enfant, échecs, vent, hiver",
            ),
            ("Elle ne dort jamais", ""),
            (
                "Sauver la dernière librairie de la ville",
                "librairie, ville",
            ),
            ("Aujourd’hui, le facteur s’appelle Oscar", "facteur, Oscar"),
        ],
    );
}

#[test]
fn a_prompt_of_any_length_gives_a_few_short_motifs() {
    for prompt in [
        "storm ".repeat(666),
        "a".repeat(4000),
        "Ada ".repeat(1000),
        "A whale who sings, a clock that waits and the boat of paper. ".repeat(65),
        "嵐".repeat(4000),
        "the fox, the owl, the bear, the clock, the bell, the moon, the sea, the wind, the stone, the rain".to_owned(),
        "le renard, le hibou, la lune, la mer, le vent, la pierre, la pluie, le loup, le chat, le roi".to_owned(),
    ] {
        for language in [Language::English, Language::French] {
            let found = motifs(language, &prompt);
            assert!(found.len() <= MAX_MOTIFS, "{found:?}");
            for motif in found {
                assert!(motif.text.chars().count() <= MAX_LENGTH, "{motif:?}");
            }
        }
    }
}

#[test]
fn a_name_is_an_agent_when_its_bearer_does_something() {
    for (language, prompt, expected) in [
        (
            Language::English,
            "Ada builds a boat in Lisbon",
            ["Ada"].as_slice(),
        ),
        (
            Language::English,
            "A girl named Wren goes to Paris",
            &["Wren"],
        ),
        (Language::English, "One night X121 wakes in Oslo", &["X121"]),
        (Language::French, "Anaïs quitte Lisbonne", &["Anaïs"]),
        (
            Language::French,
            "Un garçon nommé Théo part pour Rome",
            &["Théo"],
        ),
    ] {
        let found = motifs(language, prompt);
        let agents: Vec<&str> = found
            .iter()
            .filter(|motif| motif.is_agent)
            .map(|motif| motif.text.as_str())
            .collect();
        assert_eq!(agents, expected, "{prompt}");
    }
}
