//! The built-in writer: chapters from a plan, as Markdown.
//!
//! A chapter depends on the plan and on what is already written, which it must not repeat; so a
//! run that was interrupted goes on from the text that it finds.

use super::plan::{Plan, Stage};
use crate::words::Lang;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// How often a paragraph that stands there already is tried anew before it is made longer.
const TRIES: usize = 40;

/// What stands before the first chapter: front matter and the title.
pub fn beginning(plan: &Plan) -> String {
    let brief = &plan.brief;
    format!(
        "---\ntitle: {}\nlanguage: {}\nchapters: {}\ncast: {}\nprompt: {}\nseed: {}\nwritten_by: {}\n---\n\n# {}\n",
        json!(plan.title()),
        brief.language.as_str(),
        brief.chapters,
        json!(plan.cast()),
        json!(brief.prompt),
        brief.seed,
        json!("jobtray’s built-in writer, without a language model"),
        escaped(plan.title()),
    )
}

/// What stands after the last chapter: who wrote it, and from what.
pub fn colophon(plan: &Plan) -> String {
    let line = plan.say(0, 0, plan.draw("colophon", 0));
    format!("\n---\n\n*{}*\n", escaped(line.trim()))
}

/// A chapter with its heading. `written` is what stands before it.
pub fn chapter(plan: &Plan, chapter: usize, written: &str) -> String {
    let mut desk = Desk {
        plan,
        chapter,
        used: written
            .split("\n\n")
            .map(str::trim)
            .map(str::to_owned)
            .collect(),
        drawn: HashMap::new(),
        text: format!(
            "\n## {}. {}\n",
            chapter + 1,
            escaped(plan.chapter_title(chapter))
        ),
    };
    let stage = Stage::of(chapter, plan.brief.chapters);
    match stage {
        Stage::Opening => desk.open(plan.brief.chapters == 1),
        _ => desk.go_on(stage),
    }
    desk.text
}

/// A chapter in the making.
struct Desk<'a> {
    plan: &'a Plan,
    chapter: usize,
    /// Every paragraph of the story so far.
    used: HashSet<String>,
    /// How many fragments of each pool this chapter has taken.
    drawn: HashMap<String, usize>,
    text: String,
}

impl Desk<'_> {
    fn open(&mut self, whole: bool) {
        self.paragraph(&["opener", "setting", "sense"]);
        self.paragraph(&["began", "introduce", "introduce"]);
        if self.plan.cast().len() > 3 {
            self.paragraph(&["meet", "others", "everyone"]);
        } else {
            self.paragraph(&["meet", "others", "companion"]);
        }
        self.talk(2);
        self.paragraph(&["event.opening", "event.opening", "after"]);
        self.paragraph(&["premise", "find", "companion", "token"]);
        self.talk(1);
        if whole {
            self.paragraph(&["event.turn", "after", "event.climax", "event.climax"]);
            self.paragraph(&["event.ending", "premise", "event.ending"]);
            self.paragraph(&["closing.ending"]);
        } else {
            self.paragraph(&["want", "premise", "after"]);
            self.paragraph(&["token", "closing.opening"]);
        }
    }

    fn go_on(&mut self, stage: Stage) {
        let event = format!("event.{}", stage.as_str());
        let closing = format!("closing.{}", stage.as_str());
        self.paragraph(&["opener", "setting", "sense"]);
        self.paragraph(&["want", "callback", "companion"]);
        if stage == Stage::Ending {
            self.paragraph(&[&event, "premise", &event]);
        } else {
            self.paragraph(&["find", "premise", "sense"]);
        }
        self.talk(2);
        self.paragraph(&[&event, "after", &event]);
        self.paragraph(&["companion", "premise", "callback"]);
        self.talk(1);
        self.paragraph(&[&event, "sense", "companion"]);
        self.paragraph(&["after", "token", &closing]);
    }

    /// A paragraph of a sentence from each pool.
    fn paragraph(&mut self, pools: &[&str]) {
        let mut text = String::new();
        for _ in 0..TRIES {
            let sentences: Vec<String> = pools.iter().map(|pool| self.sentence(pool)).collect();
            text = sentences.join(" ");
            if self.keep(&text) {
                return;
            }
        }
        self.stretch(text);
    }

    /// Questions and answers, and what comes of them. Nobody answers their own question.
    fn talk(&mut self, turns: usize) {
        for _ in 0..turns {
            let asker = self.line("dialogue.ask", None);
            self.line("dialogue.answer", asker);
        }
        self.line("dialogue.close", None);
    }

    /// One line of talk; tells who speaks it.
    fn line(&mut self, pool: &str, not: Option<char>) -> Option<char> {
        let mut text = String::new();
        let mut speaker = None;
        for _ in 0..TRIES {
            let (turn, fragment) = self.fragment(pool);
            speaker = speaker_of(fragment);
            if not.is_some() && speaker == not {
                continue;
            }
            text = self.plan.say(self.chapter, turn, fragment);
            if self.keep(&text) {
                return speaker;
            }
        }
        self.stretch(text);
        speaker
    }

    fn sentence(&mut self, pool: &str) -> String {
        let (turn, fragment) = self.fragment(pool);
        self.plan.say(self.chapter, turn, fragment)
    }

    /// The next fragment of a pool for this chapter, and its turn.
    fn fragment(&mut self, pool: &str) -> (usize, &'static str) {
        let drawn = self.drawn.entry(pool.to_owned()).or_default();
        let turn = self.chapter * a_chapter(pool) + *drawn;
        *drawn += 1;
        (turn, self.plan.draw(pool, turn))
    }

    /// Adds sentences until the paragraph is a new one.
    fn stretch(&mut self, mut text: String) {
        for _ in 0..TRIES {
            text = format!("{text} {}", self.sentence("sense"));
            if self.keep(&text) {
                return;
            }
        }
    }

    /// Writes the paragraph unless the story has it already.
    fn keep(&mut self, text: &str) -> bool {
        let text = escaped(text);
        let new = !text.is_empty() && self.used.insert(text.clone());
        if new {
            self.text.push('\n');
            self.text.push_str(&text);
            self.text.push('\n');
        }
        new
    }
}

/// How many fragments a chapter usually takes from a pool, so that the next one goes on from there.
fn a_chapter(pool: &str) -> usize {
    match pool {
        "dialogue.answer" => 5,
        "companion" | "premise" | "sense" | "event.complication" | "event.ending"
        | "dialogue.ask" => 3,
        "after" | "callback" | "dialogue.close" | "token" => 2,
        _ => 1,
    }
}

/// Who speaks a line of talk: the role beside the verb of saying, or at the line's beginning.
fn speaker_of(line: &str) -> Option<char> {
    const VERBS: [&str; 5] = ["said {", "asked {", "dit {", "demanda {", "{"];
    VERBS.iter().find_map(|verb| {
        let (before, after) = line.split_once(verb)?;
        let role = after
            .chars()
            .next()
            .filter(|role| matches!(role, 'A' | 'B' | 'C'))?;
        (*verb != "{" || before.is_empty()).then_some(role)
    })
}

/// The words of the story; front matter does not count.
pub fn words(chapters: &str) -> usize {
    chapters
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// The text with everything that Markdown would read taken as it is: names and prompts are people's.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for (place, c) in text.char_indices() {
        let numbering = matches!(c, '.' | ')')
            && place > 0
            && text[..place].bytes().all(|b| b.is_ascii_digit());
        let bullet = place == 0 && matches!(c, '-' | '+' | '=' | '|' | ':');
        if numbering || bullet || "\\`*_[]<>&#~$".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// A file name from the title: letters and digits of the Latin alphabet, the rest as hyphens.
pub fn file_name(plan: &Plan) -> String {
    let mut name = String::new();
    for c in plan.title().chars().flat_map(char::to_lowercase) {
        let letter = match c {
            'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            other => other,
        };
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.trim_matches('-').chars().take(60).collect();
    match (name.trim_end_matches('-'), plan.brief.language) {
        ("", Lang::En) => "story.md".to_owned(),
        ("", Lang::Fr) => "histoire.md".to_owned(),
        (name, _) => format!("{name}.md"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Brief;
    use super::*;

    fn brief(prompt: &str, language: Lang, chapters: usize, seed: u64) -> Brief {
        Brief {
            prompt: prompt.to_owned(),
            cast: vec!["Anaïs".to_owned(), "X121".to_owned()],
            chapters,
            language,
            seed,
        }
    }

    fn story(brief: Brief) -> String {
        let plan = Plan::new(brief);
        let mut text = beginning(&plan);
        for number in 0..plan.brief.chapters {
            let next = chapter(&plan, number, &text);
            text.push_str(&next);
        }
        text + &colophon(&plan)
    }

    const PROMPTS: [(&str, Lang); 3] = [
        (
            "A lighthouse keeper finds a talking whale in the fog",
            Lang::En,
        ),
        (
            "Une gardienne de phare cherche l’horloge d’une baleine",
            Lang::Fr,
        ),
        ("!?", Lang::En),
    ];

    #[test]
    fn no_paragraph_comes_twice_in_the_longest_story() {
        for (prompt, language) in PROMPTS {
            for seed in 0..2 {
                let text = story(brief(prompt, language, 40, seed));
                let mut seen = HashSet::new();
                for paragraph in text.split("\n\n").map(str::trim).filter(|p| *p != "---") {
                    assert!(seen.insert(paragraph), "seed {seed}: {paragraph}");
                }
            }
        }
    }

    #[test]
    fn every_chapter_has_its_measure_and_no_gap_is_left() {
        for (prompt, language) in PROMPTS {
            for chapters in [1, 2, 3, 5, 12] {
                let text = story(brief(prompt, language, chapters, 7));
                assert!(!text.contains(['{', '}']), "{text}");
                let parts: Vec<_> = text.split("\n## ").skip(1).collect();
                assert_eq!(parts.len(), chapters);
                for part in parts {
                    let count = words(part);
                    assert!((380..=760).contains(&count), "{count} words: {part}");
                }
            }
        }
    }

    #[test]
    fn cast_and_nouns_of_the_prompt_are_in_every_story() {
        let cast: Vec<String> = ["Ana", "Bo", "Cy", "Dee", "Eve"].map(str::to_owned).into();
        let ask = |chapters| Brief {
            cast: cast.clone(),
            ..brief(PROMPTS[0].0, Lang::En, chapters, 3)
        };
        for chapters in [1, 5] {
            let text = story(ask(chapters));
            let body = text.split("\n---\n").nth(1).unwrap_or_default();
            for word in cast
                .iter()
                .map(String::as_str)
                .chain(["lighthouse keeper", "whale", "fog"])
            {
                assert!(body.contains(word), "{word}");
            }
        }
        let french = story(brief(PROMPTS[1].0, Lang::Fr, 1, 3));
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
    fn the_same_brief_gives_the_same_story_and_any_other_another() {
        let told = |prompt: &str, seed| story(brief(prompt, Lang::En, 3, seed));
        let first = told("a fox and a clock", 1);
        assert_eq!(first, told("a fox and a clock", 1));
        assert_ne!(first, told("a fox and a clock", 2));
        assert_ne!(first, told("a fox and a bell", 1));
        let opening = |text: &str| text.split("\n\n").nth(3).map(str::to_owned);
        assert_ne!(opening(&first), opening(&told("a fox and a bell", 1)));
    }

    #[test]
    fn french_contracts_everywhere() {
        for seed in 0..20 {
            let text = story(brief("Le robot de la forêt", Lang::Fr, 6, seed)).replace(['\n'], " ");
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
    fn names_cannot_make_markup() {
        let mut ask = brief(
            "a <script>alert(1)</script> and [a](javascript:b)",
            Lang::En,
            1,
            1,
        );
        ask.cast = vec!["<img src=x>".to_owned(), "*_#1. x_*".to_owned()];
        let html = crate::studio::story_html(&story(ask));
        for wrong in ["<script", "<img", "<a ", "<em>_"] {
            assert!(!html.contains(wrong), "{wrong}: {html}");
        }
        assert!(html.contains("&lt;img src=x&gt;"), "{html}");
    }

    #[test]
    #[ignore = "prints a story to be read by a person"]
    fn read_one() {
        for (prompt, language) in &PROMPTS[..2] {
            println!("{}", story(brief(prompt, *language, 5, 11)));
        }
    }
}
