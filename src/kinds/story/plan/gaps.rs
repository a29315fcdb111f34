//! What a plan puts into the gaps of a sentence.

use super::Plan;
use crate::i18n::Lang;
use crate::kinds::story::grammar::{Filler, fill, list, starts_with_vowel};
use crate::kinds::story::premise::{Article, Motif};

impl Plan {
    pub(super) fn filler(&self, chapter: usize, turn: usize, gap: &str) -> Option<Filler> {
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
            "prompt" => Filler::plain(self.prompt_in_a_line()),
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

    /// The prompt as the last line quotes it; the front matter has it whole.
    fn prompt_in_a_line(&self) -> String {
        const LONGEST: usize = 200;
        let words: Vec<&str> = self.brief.prompt.split_whitespace().collect();
        let line = words.join(" ");
        match line.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line,
        }
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
}

/// A French object's noun, and whether it is feminine.
fn gendered(object: &str) -> (&str, bool) {
    object
        .split_once('|')
        .map_or((object, false), |(noun, gender)| (noun, gender == "f"))
}
