//! The plan of a story: who, where, with what, and what each chapter is for.
//!
//! Everything follows from the brief: the same brief gives the same story, byte for byte.

use super::grammar::{Filler, capital, fill, list, starts_with_vowel, title_case};
use super::lexicon::Lexicon;
use super::premise::{self, Article, Motif};
use crate::words::Lang;
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

/// What a chapter does for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Opening,
    Complication,
    Turn,
    Climax,
    Ending,
}

impl Stage {
    /// The stage of a chapter among so many: the turn comes after three fifths of the way.
    pub fn of(chapter: usize, chapters: usize) -> Self {
        match chapters - 1 - chapter.min(chapters - 1) {
            _ if chapter == 0 => Self::Opening,
            0 => Self::Ending,
            1 => Self::Climax,
            _ if chapters >= 5 && chapter == (chapters * 3).div_ceil(5) - 1 => Self::Turn,
            _ => Self::Complication,
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Complication => "complication",
            Self::Turn => "turn",
            Self::Climax => "climax",
            Self::Ending => "ending",
        }
    }
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
        if self.cast.is_empty()
            && let Some(hero) = motifs.iter().position(|motif| {
                motif.article == Article::None && motif.word.contains(|c: char| c.is_ascii_digit())
            })
        {
            self.cast.push(motifs.remove(hero).word);
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
        let realm = premise::realm(&self.brief.prompt)
            .unwrap_or_else(|| REALMS[self.chance("realm").random_range(0..REALMS.len())]);
        let chapters = self.brief.chapters;
        for chapter in 0..chapters {
            let mut place = self.draw(realm, chapter);
            if self.places.last() == Some(&place) {
                place = self.draw(realm, chapter + 2);
            }
            self.places.push(place);
        }
        // It ends where it began.
        if chapters > 2 {
            self.places[chapters - 1] = self.places[0];
        }
        self.token = self.draw("objects", 0);
        let others = self.lexicon.pool("objects").len() - 1;
        for chapter in 0..chapters {
            self.objects
                .push(self.draw("objects", 1 + chapter % others));
        }
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
                if !self.titles.contains(&title) {
                    break;
                }
            }
            self.titles.push(title);
        }
    }

    fn filler(&self, chapter: usize, turn: usize, gap: &str) -> Option<Filler> {
        let before = chapter.saturating_sub(1);
        let person = |role: usize| &self.cast[self.role(chapter, role)];
        let motif = |turn: usize| &self.motifs[(chapter * 3 + turn) % self.motifs.len()];
        let trait_of =
            |pool: &str, role: usize| Filler::plain(self.draw(pool, self.role(chapter, role)));
        Some(match gap {
            "A" => Filler::plain(person(0)),
            "B" => Filler::plain(person(1)),
            "C" => Filler::plain(person(2)),
            "place" => Filler::with_article(self.places[chapter]),
            "prev" => Filler::with_article(self.places[before]),
            "first" => Filler::with_article(self.places[0]),
            "obj" => self.the(self.objects[chapter]),
            "an_obj" => self.a(self.objects[chapter]),
            "old" => self.the(self.objects[before]),
            "an_old" => self.a(self.objects[before]),
            "keep" => self.the(self.objects[0]),
            "token" => self.the(self.token),
            "a_token" => self.a(self.token),
            "m" => self.about(motif(turn)),
            "n" => self.about(motif(turn + 1)),
            "motifs" => Filler::plain(self.all_motifs()),
            "rest" => Filler::plain(list(
                self.brief.language,
                &self.cast[3.min(self.cast.len())..],
            )),
            "want" => trait_of("wants", 0),
            "wantC" => trait_of("wants", 2),
            "fear" => trait_of("fears", 0),
            "quirkA" => trait_of("quirks", 0),
            "quirkB" => trait_of("quirks", 1),
            "quirkC" => trait_of("quirks", 2),
            "prompt" => Filler::plain(
                self.brief
                    .prompt
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            "chapters" => Filler::plain(self.brief.chapters.to_string()),
            "seed" => Filler::plain(self.brief.seed.to_string()),
            _ => return None,
        })
    }

    /// Who of the cast plays a role in a chapter: the hero stays, the others take turns.
    fn role(&self, chapter: usize, role: usize) -> usize {
        match role {
            0 => 0,
            _ => 1 + (chapter * 2 + role - 1) % (self.cast.len() - 1),
        }
    }

    fn the(&self, object: &str) -> Filler {
        Filler::with_article(match (self.brief.language, gendered(object)) {
            (Lang::En, _) => format!("the {object}"),
            (Lang::Fr, (noun, _)) if starts_with_vowel(noun) => format!("l’{noun}"),
            (Lang::Fr, (noun, true)) => format!("la {noun}"),
            (Lang::Fr, (noun, false)) => format!("le {noun}"),
        })
    }

    fn a(&self, object: &str) -> Filler {
        Filler::plain(match (self.brief.language, gendered(object)) {
            (Lang::En, _) if object.starts_with(['a', 'e', 'i', 'o']) => format!("an {object}"),
            (Lang::En, _) => format!("a {object}"),
            (Lang::Fr, (noun, true)) => format!("une {noun}"),
            (Lang::Fr, (noun, false)) => format!("un {noun}"),
        })
    }

    /// A word of the prompt with its article.
    fn about(&self, motif: &Motif) -> Filler {
        let word = &motif.word;
        if motif.article == Article::None {
            return Filler::plain(word);
        }
        let singular = motif.article != Article::Plural;
        Filler::with_article(match (self.brief.language, motif.article) {
            (Lang::En, _) => format!("the {word}"),
            (Lang::Fr, _) if singular && starts_with_vowel(word) => format!("l’{word}"),
            (Lang::Fr, Article::Feminine) => format!("la {word}"),
            (Lang::Fr, Article::Plural) => format!("les {word}"),
            (Lang::Fr, _) => format!("le {word}"),
        })
    }

    fn all_motifs(&self) -> String {
        let language = self.brief.language;
        let each: Vec<String> = self
            .motifs
            .iter()
            .map(|motif| {
                let of = match language {
                    Lang::En => "{m}",
                    Lang::Fr => "de {m}",
                };
                fill(language, of, |_| Some(self.about(motif)))
            })
            .collect();
        list(language, &each)
    }

    fn chance(&self, what: &str) -> ChaCha8Rng {
        let mut hash = Sha256::new();
        hash.update(self.root);
        hash.update(what.as_bytes());
        ChaCha8Rng::from_seed(hash.finalize().into())
    }
}

/// A French object's noun, and whether it is feminine.
fn gendered(object: &str) -> (&str, bool) {
    object
        .split_once('|')
        .map_or((object, false), |(noun, gender)| (noun, gender == "f"))
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
