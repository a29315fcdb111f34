//! Writes a chapter: fills templates from the lexicon, and avoids repeating the story so far.

use crate::error::Error;
use crate::markdown::escape_markdown;
use crate::outline::Outline;
use crate::plot::PlotPoint;
use std::collections::{HashMap, HashSet};

/// How far back a reader remembers a sentence, in bytes, which is about three chapters.
const READER_MEMORY: usize = 12_000;

/// How many times a paragraph that repeats an earlier one is drawn again before it gets another sentence.
const ATTEMPTS: usize = 40;

/// Writes a chapter, counted from 0, as Markdown with its heading. `written` is the story before it, which the chapter
/// does not repeat. The same outline and the same text before it give the same chapter.
pub fn write_chapter(outline: &Outline, chapter: usize, written: &str) -> Result<String, Error> {
    let title = outline.chapter_title(chapter)?;
    let chapters = outline.premise().chapters;
    let mut writer = ChapterWriter {
        outline,
        chapter,
        paragraphs: written
            .split("\n\n")
            .map(str::trim)
            .map(str::to_owned)
            .collect(),
        remembered: &written
            [written.floor_char_boundary(written.len().saturating_sub(READER_MEMORY))..],
        drawn: HashMap::new(),
        text: format!("\n## {}. {}\n", chapter + 1, escape_markdown(title)),
    };
    match PlotPoint::of(chapter, chapters) {
        PlotPoint::Opening => writer.write_opening(chapters == 1),
        plot_point => writer.write_later(plot_point),
    }
    Ok(writer.text)
}

struct ChapterWriter<'a> {
    outline: &'a Outline,
    chapter: usize,
    /// Every paragraph of the story so far.
    paragraphs: HashSet<String>,
    /// The end of the story before this chapter.
    remembered: &'a str,
    /// How many templates this chapter has drawn from each pool.
    drawn: HashMap<String, usize>,
    text: String,
}

impl ChapterWriter<'_> {
    fn write_opening(&mut self, is_whole_story: bool) {
        self.paragraph(&["opener", "setting", "sense"]);
        self.paragraph(&["began", "introduce", "nature"]);
        match self.outline.cast().len() {
            0..=3 => self.paragraph(&["meet", "others", "sense"]),
            4 => self.paragraph(&["meet", "others", "fourth"]),
            _ => self.paragraph(&["meet", "others", "everyone"]),
        }
        self.paragraph(&["arrival", "after", "token"]);
        self.paragraph(&["premise", "find", "companion"]);
        self.dialogue(2);
        self.paragraph(&["departure", "companion", "sense"]);
        self.dialogue(1);
        if is_whole_story {
            self.paragraph(&["event.turn", "after", "event.climax", "event.climax"]);
            self.paragraph(&["event.ending", "premise", "event.ending"]);
            self.paragraph(&["closing.ending"]);
        } else {
            self.paragraph(&["want", "premise", "after"]);
            self.paragraph(&["token", "closing.opening"]);
        }
    }

    fn write_later(&mut self, plot_point: PlotPoint) {
        let event = format!("event.{}", plot_point.as_str());
        let closing = format!("closing.{}", plot_point.as_str());
        self.paragraph(&["opener", "setting", "sense"]);
        self.paragraph(&["want", "callback", "companion"]);
        if plot_point == PlotPoint::Ending {
            self.paragraph(&[&event, "premise", &event]);
        } else {
            self.paragraph(&["find", "premise", "sense"]);
        }
        self.dialogue(2);
        self.paragraph(&[&event, "after", &event]);
        self.paragraph(&["companion", "premise", "callback"]);
        self.dialogue(1);
        self.paragraph(&[&event, "sense", "companion"]);
        self.paragraph(&["after", "token", &closing]);
    }

    /// A paragraph with one sentence from each pool.
    fn paragraph(&mut self, pools: &[&str]) {
        let mut text = String::new();
        for _ in 0..ATTEMPTS {
            let sentences: Vec<String> = pools.iter().map(|pool| self.sentence(pool)).collect();
            text = sentences.join(" ");
            if self.push_if_new(&text) {
                return;
            }
        }
        self.push_extended(text);
    }

    /// Questions with their answers, and their outcome. No character answers their own question.
    fn dialogue(&mut self, exchanges: usize) {
        for _ in 0..exchanges {
            let asker = self.dialogue_line("dialogue.ask", None);
            self.dialogue_line("dialogue.answer", asker);
        }
        self.dialogue_line("dialogue.close", None);
    }

    /// One line of dialogue, by anyone but the given speaker. Returns its speaker.
    fn dialogue_line(&mut self, pool: &str, not_by: Option<char>) -> Option<char> {
        let mut text = String::new();
        let mut speaker = None;
        for _ in 0..ATTEMPTS {
            let (nth, template) = self.draw(pool);
            speaker = speaker_of(template);
            if not_by.is_some() && speaker == not_by {
                continue;
            }
            text = self.outline.render(self.chapter, nth, template);
            if self.push_if_new(&text) {
                return speaker;
            }
        }
        self.push_extended(text);
        speaker
    }

    fn sentence(&mut self, pool: &str) -> String {
        let (nth, template) = self.draw(pool);
        self.outline.render(self.chapter, nth, template)
    }

    /// The next template of a pool, and its number: one that the reader has forgotten if there is one, or else one that
    /// is not in this chapter yet.
    fn draw(&mut self, pool: &str) -> (usize, &'static str) {
        let drawn = *self.drawn.entry(pool.to_owned()).or_default();
        let first = self.chapter * draws_per_chapter(pool) + drawn;
        let candidates = || {
            (first..first + self.outline.pool_size(pool))
                .map(|nth| (nth, self.outline.draw(pool, nth)))
                .filter(|(_, template)| {
                    self.suits_place(pool, template) && !contains_sentence(&self.text, template)
                })
        };
        let (nth, template) = candidates()
            .find(|(_, template)| !contains_sentence(self.remembered, template))
            .or_else(|| candidates().next())
            .unwrap_or((first, self.outline.draw(pool, first)));
        let used = nth - self.chapter * draws_per_chapter(pool) + 1;
        self.drawn.insert(pool.to_owned(), used);
        (nth, template)
    }

    /// The characters do not talk about the first place while they are there.
    fn suits_place(&self, pool: &str, template: &str) -> bool {
        let mentions_first_place = template.contains("{first_place}");
        !(self.outline.is_at_first_place(self.chapter)
            && mentions_first_place
            && (pool.starts_with("dialogue") || pool == "event.climax"))
    }

    /// Adds sentences to a paragraph until it differs from all paragraphs of the story.
    fn push_extended(&mut self, mut text: String) {
        for _ in 0..ATTEMPTS {
            text = format!("{text} {}", self.sentence("sense"));
            if self.push_if_new(&text) {
                return;
            }
        }
    }

    /// Writes a paragraph unless the story already has it, and returns whether it did.
    fn push_if_new(&mut self, text: &str) -> bool {
        let text = escape_markdown(text);
        let is_new = !text.is_empty() && self.paragraphs.insert(text.clone());
        if is_new {
            self.text.push('\n');
            self.text.push_str(&text);
            self.text.push('\n');
        }
        is_new
    }
}

/// How many templates a chapter usually draws from a pool. The next chapter starts after them.
fn draws_per_chapter(pool: &str) -> usize {
    match pool {
        "dialogue.answer" => 5,
        "companion" | "premise" | "sense" | "event.complication" | "dialogue.ask" => 3,
        "event.turn" | "event.climax" | "event.ending" => 0,
        "after" | "callback" | "dialogue.close" | "token" => 2,
        _ => 1,
    }
}

/// Whether the text has a sentence from the template. Compares the template's longest part between two slots, without
/// the last word, which may be elided or contracted in French.
fn contains_sentence(text: &str, template: &str) -> bool {
    template
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

/// The role that speaks a line of dialogue: the one after the verb, or at the start of the line.
fn speaker_of(template: &str) -> Option<char> {
    const VERBS: [&str; 5] = ["said {", "asked {", "dit {", "demanda {", "{"];
    VERBS.iter().find_map(|verb| {
        let (before, after) = template.split_once(verb)?;
        let role = after
            .chars()
            .next()
            .filter(|role| matches!(role, 'A' | 'B' | 'C'))?;
        (*verb != "{" || before.is_empty()).then_some(role)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speaker_stands_after_the_verb_or_at_the_start() {
        for (template, speaker) in [
            ("“Do you know {motif}?” asked {B}.", Some('B')),
            ("« Peut-être », dit {C}, « demain. »", Some('C')),
            ("{A} thought about it.", Some('A')),
            ("“Nobody. At {place} it is all the same.”", None),
        ] {
            assert_eq!(speaker_of(template), speaker, "{template}");
        }
    }
}
