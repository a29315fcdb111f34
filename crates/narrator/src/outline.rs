//! The outline of a story: who appears, where, with which objects, and under which titles.

mod slots;

use crate::error::Error;
use crate::grammar::{capitalize, title_case};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::premise::{Premise, Seed};
use crate::prompt::{self, Article, Motif};
use crate::setting::Setting;
use crate::template::fill;
use rand::Rng;
use rand::seq::SliceRandom;

/// Names from the prompt and the lexicon fill the cast up to this number.
const MIN_CAST: usize = 3;

/// What all chapters of a story share. It follows from the premise alone, so an interrupted story can be resumed.
pub struct Outline {
    premise: Premise,
    lexicon: &'static Lexicon,
    seed: Seed,
    cast: Vec<String>,
    motifs: Vec<Motif>,
    /// One for each chapter, with its article.
    places: Vec<&'static str>,
    /// One for each chapter, as in the lexicon.
    objects: Vec<&'static str>,
    /// The object that runs through the whole story.
    token: &'static str,
    title: String,
    chapter_titles: Vec<String>,
}

impl Outline {
    pub fn new(premise: Premise) -> Result<Self, Error> {
        if premise.chapters == 0 {
            return Err(Error::NoChapters);
        }
        let mut outline = Self {
            seed: Seed::of(&premise),
            lexicon: Lexicon::of(premise.language),
            cast: Vec::new(),
            motifs: Vec::new(),
            places: Vec::new(),
            objects: Vec::new(),
            token: "",
            title: String::new(),
            chapter_titles: Vec::new(),
            premise,
        };
        outline.choose_cast_and_motifs();
        outline.choose_places_and_objects();
        outline.choose_titles();
        Ok(outline)
    }

    pub fn premise(&self) -> &Premise {
        &self.premise
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// The title of a chapter, counted from 0.
    pub fn chapter_title(&self, chapter: usize) -> Result<&str, Error> {
        let chapters = self.premise.chapters;
        self.chapter_titles
            .get(chapter)
            .map(String::as_str)
            .ok_or(Error::NoSuchChapter { chapter, chapters })
    }

    /// All characters: the cast of the premise and those who were added.
    pub fn cast(&self) -> &[String] {
        &self.cast
    }

    /// Whether a chapter takes place where the story starts.
    pub(crate) fn is_at_first_place(&self, chapter: usize) -> bool {
        self.places[chapter] == self.places[0]
    }

    /// The number of templates in a pool.
    pub(crate) fn pool_size(&self, pool: &str) -> usize {
        self.lexicon.pool(pool).len()
    }

    /// The `nth` template of a shuffled pool. The whole pool is drawn before a template recurs.
    pub(crate) fn draw(&self, pool: &str, nth: usize) -> &'static str {
        self.draw_shuffled(pool, pool, nth)
    }

    /// The template as a sentence of a chapter. `rotation` selects its motif.
    pub(crate) fn render(&self, chapter: usize, rotation: usize, template: &str) -> String {
        let sentence = fill(self.premise.language, template, |slot| {
            self.slot_value(chapter, rotation, slot)
        });
        capitalize(&sentence)
    }

    fn draw_shuffled(&self, pool: &str, purpose: &str, nth: usize) -> &'static str {
        let templates = self.lexicon.pool(pool);
        if templates.is_empty() {
            return "";
        }
        let round = nth / templates.len();
        let mut order: Vec<usize> = (0..templates.len()).collect();
        order.shuffle(&mut self.seed.random(&format!("{purpose}/{round}")));
        templates[order[nth % templates.len()]]
    }

    fn choose_cast_and_motifs(&mut self) {
        let language = self.premise.language;
        let mut motifs = prompt::motifs(language, &self.premise.prompt);
        self.cast.clone_from(&self.premise.cast);
        if self.cast.is_empty() {
            let agents = motifs.iter().filter(|motif| motif.is_agent);
            let names = agents.take(MIN_CAST).map(|motif| motif.text.clone());
            self.cast.extend(names);
        }
        motifs.retain(|motif| !is_in(&self.cast, &motif.text));
        for nth in 0..self.pool_size("names") {
            let name = self.draw("names", nth);
            if self.cast.len() < MIN_CAST && !is_in(&self.cast, name) {
                self.cast.push(name.to_owned());
            }
        }
        // Templates combine two motifs, so a prompt with fewer nouns borrows these.
        let fallbacks: [&str; 2] = match language {
            Language::English => ["question", "promise"],
            Language::French => ["question", "promesse"],
        };
        for noun in fallbacks {
            if motifs.len() < 2 {
                motifs.push(Motif {
                    text: noun.to_owned(),
                    article: Article::Feminine,
                    is_agent: false,
                });
            }
        }
        self.motifs = motifs;
    }

    fn choose_places_and_objects(&mut self) {
        let setting = Setting::of_prompt(&self.premise.prompt).unwrap_or_else(|| {
            Setting::ALL[self
                .seed
                .random("realm")
                .random_range(0..Setting::ALL.len())]
        });
        let chapters = self.premise.chapters;
        for chapter in 0..chapters {
            let mut place = self.draw_place(setting, chapter);
            if self.places.last() == Some(&place) {
                place = self.draw_place(setting, chapter + 2);
            }
            self.places.push(place);
        }
        self.token = self.draw("objects", 0);
        let others = self.pool_size("objects") - 1;
        for chapter in 0..chapters {
            self.objects
                .push(self.draw("objects", 1 + chapter % others));
        }
        // The story ends where it started, with the object that was found there.
        if chapters > 2 {
            self.places[chapters - 1] = self.places[0];
        }
        self.objects[chapters - 1] = self.objects[0];
    }

    /// Shuffles by "realm" and not by the pool's name, because another word would change the story of every premise.
    fn draw_place(&self, setting: Setting, nth: usize) -> &'static str {
        let name = setting.as_str();
        self.draw_shuffled(&format!("places.{name}"), &format!("realm.{name}"), nth)
    }

    fn choose_titles(&mut self) {
        /// How many titles are tried until one differs from those before it.
        const ATTEMPTS: usize = 64;
        let language = self.premise.language;
        let title = |outline: &Self, chapter, pool, nth| {
            title_case(
                language,
                &outline.render(chapter, nth, outline.draw(pool, nth)),
            )
        };
        self.title = title(self, 0, "title", 0);
        let mut nth = 0;
        for chapter in 0..self.premise.chapters {
            let mut candidate = String::new();
            // When a template recurs, its slots have other values.
            for _ in 0..ATTEMPTS {
                candidate = title(self, chapter, "chapter", nth);
                nth += 1;
                let previous = &self.chapter_titles[self.chapter_titles.len().saturating_sub(2)..];
                let is_alike = previous
                    .iter()
                    .any(|previous| share_a_word(previous, &candidate));
                if !is_alike && !self.chapter_titles.contains(&candidate) {
                    break;
                }
            }
            self.chapter_titles.push(candidate);
        }
    }
}

fn is_in(cast: &[String], name: &str) -> bool {
    cast.iter()
        .any(|known| known.to_lowercase() == name.to_lowercase())
}

/// Whether two titles share a word of four letters or more, and therefore sound alike.
fn share_a_word(one: &str, other: &str) -> bool {
    let words = |title: &str| -> Vec<String> {
        title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let known = words(one);
    words(other).iter().any(|word| known.contains(word))
}
