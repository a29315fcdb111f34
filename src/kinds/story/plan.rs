//! The plan of a story: who, where, with what, and what each chapter is for.
//!
//! Everything follows from the brief: the same brief gives the same story, byte for byte.

mod gaps;

use super::grammar::{capital, fill, title_case};
use super::lexicon::Lexicon;
use super::premise::{self, Article, Motif};
use super::realm;
use crate::i18n::Lang;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// What the creator asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    pub prompt: String,
    pub cast: Vec<String>,
    pub chapters: usize,
    pub language: Lang,
    pub seed: u64,
}

/// The plan, and the shuffled pools that its chapters draw from.
pub struct Plan {
    pub brief: Brief,
    pub lexicon: &'static Lexicon,
    /// The digest that all chance comes from.
    root: [u8; 32],
    cast: Vec<String>,
    motifs: Vec<Motif>,
    places: Vec<&'static str>,
    objects: Vec<&'static str>,
    token: &'static str,
    title: String,
    titles: Vec<String>,
}

impl Plan {
    pub fn new(brief: Brief) -> Self {
        let lexicon = Lexicon::of(brief.language);
        let mut plan = Self {
            root: digest(&brief),
            lexicon,
            cast: Vec::new(),
            motifs: Vec::new(),
            places: Vec::new(),
            objects: Vec::new(),
            token: "",
            title: String::new(),
            titles: Vec::new(),
            brief,
        };
        plan.gather_cast_and_motifs();
        plan.lay_places_and_objects();
        plan.name();
        plan
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn chapter_title(&self, chapter: usize) -> &str {
        &self.titles[chapter]
    }

    pub fn cast(&self) -> &[String] {
        &self.cast
    }

    pub fn place(&self, chapter: usize) -> &'static str {
        self.places[chapter]
    }

    /// How many fragments a pool has.
    pub fn size(&self, pool: &str) -> usize {
        self.lexicon.pool(pool).len()
    }

    /// The `turn`th card of a pool: the pool is dealt out whole before a fragment comes again.
    pub fn draw(&self, pool: &str, turn: usize) -> &'static str {
        let fragments = self.lexicon.pool(pool);
        if fragments.is_empty() {
            return "";
        }
        let deal = turn / fragments.len();
        let mut order: Vec<usize> = (0..fragments.len()).collect();
        order.shuffle(&mut self.chance(&format!("{pool}/{deal}")));
        fragments[order[turn % fragments.len()]]
    }

    /// A sentence of a chapter. `turn` tells which of the prompt's words it takes.
    pub fn say(&self, chapter: usize, turn: usize, sentence: &str) -> String {
        let said = fill(self.brief.language, sentence, |gap| {
            self.filler(chapter, turn, gap)
        });
        capital(&said)
    }

    fn gather_cast_and_motifs(&mut self) {
        let language = self.brief.language;
        let mut motifs = premise::motifs(language, &self.brief.prompt);
        self.cast.clone_from(&self.brief.cast);
        if self.cast.is_empty() {
            let acting = motifs.iter().filter(|motif| motif.acts).take(3);
            self.cast.extend(acting.map(|motif| motif.word.clone()));
        }
        let taken = |cast: &[String], name: &str| {
            cast.iter()
                .any(|known| known.to_lowercase() == name.to_lowercase())
        };
        motifs.retain(|motif| !taken(&self.cast, &motif.word));
        for turn in 0..self.lexicon.pool("names").len() {
            let name = self.draw("names", turn);
            if self.cast.len() < 3 && !taken(&self.cast, name) {
                self.cast.push(name.to_owned());
            }
        }
        // A prompt without a noun still asks something, and one noun alone has nothing beside it.
        let spare: [&str; 2] = match language {
            Lang::En => ["question", "promise"],
            Lang::Fr => ["question", "promesse"],
        };
        for word in spare {
            if motifs.len() < 2 {
                motifs.push(Motif {
                    word: word.to_owned(),
                    article: Article::Feminine,
                    acts: false,
                });
            }
        }
        self.motifs = motifs;
    }

    fn lay_places_and_objects(&mut self) {
        const REALMS: [&str; 6] = [
            "realm.sea",
            "realm.city",
            "realm.forest",
            "realm.sky",
            "realm.mountain",
            "realm.house",
        ];
        let realm = realm::asked_for(&self.brief.prompt)
            .unwrap_or_else(|| REALMS[self.chance("realm").random_range(0..REALMS.len())]);
        let chapters = self.brief.chapters;
        for chapter in 0..chapters {
            let mut place = self.draw(realm, chapter);
            if self.places.last() == Some(&place) {
                place = self.draw(realm, chapter + 2);
            }
            self.places.push(place);
        }
        self.token = self.draw("objects", 0);
        let others = self.lexicon.pool("objects").len() - 1;
        for chapter in 0..chapters {
            self.objects
                .push(self.draw("objects", 1 + chapter % others));
        }
        // It ends where it began, with what was found there.
        if chapters > 2 {
            self.places[chapters - 1] = self.places[0];
        }
        self.objects[chapters - 1] = self.objects[0];
    }

    fn name(&mut self) {
        let language = self.brief.language;
        self.title = title_case(language, &self.say(0, 0, self.draw("title", 0)));
        let mut turn = 0;
        for chapter in 0..self.brief.chapters {
            let mut title = String::new();
            // A pattern that comes back meets another place, thing or word.
            for _ in 0..64 {
                title = title_case(
                    language,
                    &self.say(chapter, turn, self.draw("chapter", turn)),
                );
                turn += 1;
                let before = &self.titles[self.titles.len().saturating_sub(2)..];
                let alike = before.iter().any(|before| share_a_word(before, &title));
                if !alike && !self.titles.contains(&title) {
                    break;
                }
            }
            self.titles.push(title);
        }
    }

    fn chance(&self, what: &str) -> ChaCha8Rng {
        let mut hash = Sha256::new();
        hash.update(self.root);
        hash.update(what.as_bytes());
        ChaCha8Rng::from_seed(hash.finalize().into())
    }
}

/// Two titles with a long word in common sound alike.
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

fn digest(brief: &Brief) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [brief.prompt.as_str(), brief.language.as_str()]
        .into_iter()
        .chain(brief.cast.iter().map(String::as_str))
    {
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.update(brief.chapters.to_le_bytes());
    hash.update(brief.seed.to_le_bytes());
    hash.finalize().into()
}
