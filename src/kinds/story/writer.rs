//! The built-in writer: chapters from a plan, as Markdown.
//!
//! A chapter depends on the plan and on what is already written, which it must not repeat; so a
//! run that was interrupted goes on from the text that it finds.

use super::manuscript::escaped;
use super::plan::Plan;
use super::stage::Stage;
use std::collections::{HashMap, HashSet};

/// How far back a reader remembers how a sentence went, in bytes: about three chapters.
const MEMORY: usize = 12_000;

/// How often a paragraph that stands there already is tried anew before it is made longer.
const TRIES: usize = 40;

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
        remembered: &written[written.floor_char_boundary(written.len().saturating_sub(MEMORY))..],
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
    /// The end of the story so far.
    remembered: &'a str,
    /// How many fragments of each pool this chapter has taken.
    drawn: HashMap<String, usize>,
    text: String,
}

impl Desk<'_> {
    fn open(&mut self, whole: bool) {
        self.paragraph(&["opener", "setting", "sense"]);
        self.paragraph(&["began", "introduce", "nature"]);
        match self.plan.cast().len() {
            0..=3 => self.paragraph(&["meet", "others", "sense"]),
            4 => self.paragraph(&["meet", "others", "fourth"]),
            _ => self.paragraph(&["meet", "others", "everyone"]),
        }
        self.paragraph(&["arrival", "after", "token"]);
        self.paragraph(&["premise", "find", "companion"]);
        self.talk(2);
        self.paragraph(&["departure", "companion", "sense"]);
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

    /// The next fragment of a pool for this chapter, and its turn: one that the reader has
    /// forgotten, if there is one, or at least one that this chapter does not have.
    fn fragment(&mut self, pool: &str) -> (usize, &'static str) {
        let drawn = *self.drawn.entry(pool.to_owned()).or_default();
        let first = self.chapter * a_chapter(pool) + drawn;
        let next = || {
            (first..first + self.plan.size(pool))
                .map(|turn| (turn, self.plan.draw(pool, turn)))
                .filter(|(_, fragment)| self.fits(pool, fragment) && !has(&self.text, fragment))
        };
        let (turn, fragment) = next()
            .find(|(_, fragment)| !has(self.remembered, fragment))
            .or_else(|| next().next())
            .unwrap_or((first, self.plan.draw(pool, first)));
        let behind = turn - self.chapter * a_chapter(pool) + 1;
        self.drawn.insert(pool.to_owned(), behind);
        (turn, fragment)
    }

    /// Nobody talks of where it all began while they are there.
    fn fits(&self, pool: &str, fragment: &str) -> bool {
        let at_first = self.plan.place(self.chapter) == self.plan.place(0);
        let of_first = fragment.contains("{first}");
        !(at_first && of_first && (pool.starts_with("dialogue") || pool == "event.climax"))
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
        "companion" | "premise" | "sense" | "event.complication" | "dialogue.ask" => 3,
        "event.turn" | "event.climax" | "event.ending" => 0,
        "after" | "callback" | "dialogue.close" | "token" => 2,
        _ => 1,
    }
}

/// Whether the text has a sentence made from the fragment: its longest part between two gaps,
/// without the last word, which French may have elided or contracted with what fills the gap.
fn has(text: &str, fragment: &str) -> bool {
    fragment
        .split(['{', '}'])
        .step_by(2)
        .map(|part| {
            part.trim_end()
                .rsplit_once(' ')
                .map_or("", |(part, _)| part)
        })
        .max_by_key(|part| part.len())
        .is_some_and(|part| !part.is_empty() && text.contains(part))
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
