//! Whole stories, as a reader sees them.

use crate::{Error, Language, Outline, Premise, count_words, write_chapter};
use sha2::{Digest, Sha256};
use std::collections::HashSet;

fn premise(prompt: &str, language: Language, chapters: usize, seed: u64) -> Premise {
    Premise {
        prompt: prompt.to_owned(),
        cast: vec!["Anaïs".to_owned(), "X121".to_owned()],
        chapters,
        language,
        seed,
    }
}

fn story(premise: Premise) -> String {
    let chapters = premise.chapters;
    let outline = Outline::new(premise).expect("an outline");
    let mut text = String::new();
    for chapter in 0..chapters {
        let next = write_chapter(&outline, chapter, &text).expect("a chapter");
        text.push_str(&next);
    }
    text
}

/// The paragraphs of a story, without headings.
fn paragraphs(story: &str) -> impl Iterator<Item = &str> {
    story
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.starts_with('#') && !paragraph.is_empty())
}

const PROMPTS: [(&str, Language); 3] = [
    (
        "A lighthouse keeper finds a talking whale in the fog",
        Language::English,
    ),
    (
        "Une gardienne de phare cherche l’horloge d’une baleine",
        Language::French,
    ),
    ("!?", Language::English),
];

#[test]
fn the_longest_story_repeats_no_paragraph() {
    for (prompt, language) in PROMPTS {
        for seed in 0..2 {
            let text = story(premise(prompt, language, 40, seed));
            let mut seen = HashSet::new();
            for paragraph in text.split("\n\n").map(str::trim) {
                assert!(seen.insert(paragraph), "seed {seed}: {paragraph}");
            }
        }
    }
}

#[test]
fn every_chapter_is_complete_and_of_usual_length() {
    for (prompt, language) in PROMPTS {
        for chapters in [1, 2, 3, 5, 12] {
            let text = story(premise(prompt, language, chapters, 7));
            assert!(!text.contains(['{', '}']), "{text}");
            let parts: Vec<_> = text.split("\n## ").skip(1).collect();
            assert_eq!(parts.len(), chapters);
            for part in parts {
                let count = count_words(part);
                assert!((380..=760).contains(&count), "{count} words: {part}");
            }
        }
    }
}

#[test]
fn every_story_names_its_cast_and_the_nouns_of_its_prompt() {
    let cast: Vec<String> = ["Ana", "Bo", "Cy", "Dee", "Eve"].map(str::to_owned).into();
    let with_cast = |chapters| Premise {
        cast: cast.clone(),
        ..premise(PROMPTS[0].0, Language::English, chapters, 3)
    };
    for chapters in [1, 5] {
        let text = story(with_cast(chapters));
        for word in cast
            .iter()
            .map(String::as_str)
            .chain(["lighthouse keeper", "whale", "fog"])
        {
            assert!(text.contains(word), "{word}");
        }
    }
    let french = story(premise(PROMPTS[1].0, Language::French, 1, 3));
    for phrase in [
        "la gardienne",
        "du phare",
        "de l’horloge",
        "de la baleine",
        "d’Anaïs",
    ] {
        assert!(french.contains(phrase), "{phrase}: {french}");
    }
}

#[test]
fn equal_premises_give_equal_stories_and_others_do_not() {
    let write = |prompt: &str, seed| story(premise(prompt, Language::English, 3, seed));
    let first = write("a fox and a clock", 1);
    assert_eq!(first, write("a fox and a clock", 1));
    assert_ne!(first, write("a fox and a clock", 2));
    let other = write("a fox and a bell", 1);
    assert_ne!(first, other);
    assert_ne!(paragraphs(&first).next(), paragraphs(&other).next());
}

/// The same seed must give the same story, also in a later version.
#[test]
fn stories_are_the_same_in_every_version() {
    for (prompt, language, chapters, expected) in [
        (
            PROMPTS[0].0,
            Language::English,
            5,
            "058354641f1f4ada2b6e5c3068c82bdbba9da3936211f13fe14106e41a175ba6",
        ),
        (
            PROMPTS[1].0,
            Language::French,
            5,
            "8d8fe72b4cabb1197d76f59d35a6234f6078bd004712cfe9e8404524c104e8f7",
        ),
        (
            "!?",
            Language::English,
            1,
            "18e8a69d417e7411e080ae923b6967e5dcabdf2a36d225c6d3875b741c12e93b",
        ),
    ] {
        let text = story(premise(prompt, language, chapters, 11));
        assert_eq!(format!("{:x}", Sha256::digest(&text)), expected, "{prompt}");
    }
}

#[test]
fn stories_of_other_prompts_or_seeds_share_little() {
    for (language, prompts) in [
        (
            Language::English,
            [
                "a fox and a clock",
                "a fox and a bell",
                "Ada sails to the moon",
            ],
        ),
        (
            Language::French,
            [
                "un renard et une horloge",
                "un renard et une cloche",
                "Anaïs part pour la lune",
            ],
        ),
    ] {
        let stories: Vec<HashSet<String>> = prompts
            .iter()
            .flat_map(|prompt| (0..3).map(move |seed| premise(prompt, language, 5, seed)))
            .map(|premise| paragraphs(&story(premise)).map(str::to_owned).collect())
            .collect();
        for (at, one) in stories.iter().enumerate() {
            for other in &stories[at + 1..] {
                // Lines of dialogue are short and may recur. A paragraph of prose must not.
                let shared: Vec<_> = one.intersection(other).collect();
                assert!(
                    shared.len() * 5 < one.len(),
                    "{} of {}",
                    shared.len(),
                    one.len()
                );
                let prose = shared.iter().find(|text| text.chars().count() > 150);
                assert_eq!(prose, None);
            }
        }
    }
}

#[test]
fn neighbouring_chapters_share_no_long_sentence() {
    for (prompt, language) in PROMPTS {
        for seed in 0..10 {
            let text = story(premise(prompt, language, 12, seed));
            let chapters: Vec<&str> = text.split("\n## ").skip(1).collect();
            assert_eq!(chapters.len(), 12);
            for pair in chapters.windows(2) {
                let mut seen = HashSet::new();
                let paragraphs = pair.iter().flat_map(|chapter| chapter.split("\n\n"));
                for sentence in paragraphs.flat_map(|text| text.split(". ")) {
                    let is_long = sentence.chars().count() > 30;
                    let is_new = seen.insert(sentence.trim_end_matches(['.', '\n']));
                    assert!(!is_long || is_new, "seed {seed}: {sentence}");
                }
            }
        }
    }
}

#[test]
fn titles_of_neighbouring_chapters_share_no_long_word() {
    for (prompt, language) in PROMPTS {
        for seed in 0..10 {
            let outline = Outline::new(premise(prompt, language, 5, seed)).expect("an outline");
            let title = |chapter| outline.chapter_title(chapter).expect("a title");
            let titles: HashSet<&str> = (0..5).map(title).collect();
            assert_eq!(titles.len(), 5, "{titles:?}");
            for chapter in 1..5 {
                let (one, next) = (title(chapter - 1), title(chapter));
                let words: HashSet<&str> = one.split(' ').filter(|word| word.len() > 4).collect();
                assert!(
                    !next.split(' ').any(|word| words.contains(word)),
                    "{one} / {next}"
                );
            }
        }
    }
}

#[test]
fn a_cast_of_any_size_appears_in_full() {
    for people in 1..=12 {
        for (language, text) in with_cast_of(people) {
            for name in names(people) {
                assert!(
                    paragraphs(&text).any(|paragraph| paragraph.contains(&name)),
                    "{language:?}: {name}"
                );
            }
        }
    }
}

#[test]
fn a_single_fourth_person_takes_no_plural() {
    for (language, text) in with_cast_of(4) {
        let plural = match language {
            Language::English => "had each",
            Language::French => "avaient promis",
        };
        assert!(!text.contains(plural), "{text}");
    }
}

fn names(people: usize) -> Vec<String> {
    (0..people).map(|at| format!("Person{at:02}")).collect()
}

/// Stories with a cast of this size, in both languages.
fn with_cast_of(people: usize) -> Vec<(Language, String)> {
    [Language::English, Language::French]
        .into_iter()
        .flat_map(|language| (0..5).map(move |seed| (language, seed)))
        .map(|(language, seed)| {
            let premise = Premise {
                cast: names(people),
                ..premise(PROMPTS[0].0, language, 3, seed)
            };
            (language, story(premise))
        })
        .collect()
}

#[test]
fn french_stories_contract_and_elide_everywhere() {
    for seed in 0..20 {
        let premise = premise("Le robot de la forêt", Language::French, 6, seed);
        let text = story(premise).replace('\n', " ");
        for wrong in [
            " de le ",
            " de les ",
            " à le ",
            " à les ",
            " que Anaïs",
            " de Anaïs",
            " le o",
            " la é",
        ] {
            assert!(!text.contains(wrong), "{wrong}: {text}");
        }
    }
}

#[test]
fn a_story_without_chapters_is_rejected() {
    let error = Outline::new(premise("a fox", Language::English, 0, 0)).err();
    assert_eq!(error, Some(Error::NoChapters));
}

#[test]
fn a_chapter_behind_the_last_one_is_rejected() {
    let outline = Outline::new(premise("a fox", Language::English, 2, 0)).expect("an outline");
    let expected = Error::NoSuchChapter {
        chapter: 2,
        chapters: 2,
    };
    assert_eq!(write_chapter(&outline, 2, ""), Err(expected));
}
