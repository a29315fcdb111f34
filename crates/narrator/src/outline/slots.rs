//! The values of the slots in a template.

use super::Outline;
use crate::grammar::{list, starts_with_vowel};
use crate::language::Language;
use crate::prompt::{Article, Motif};
use crate::template::{Phrase, fill};

impl Outline {
    /// The value of a slot in a chapter, or none for an unknown slot. `rotation` selects the motif of `{motif}`.
    pub(super) fn slot_value(&self, chapter: usize, rotation: usize, slot: &str) -> Option<Phrase> {
        let previous = chapter.saturating_sub(1);
        let person = |role: usize| &self.cast[self.cast_index(chapter, role)];
        let motif = |rotation: usize| &self.motifs[(chapter * 3 + rotation) % self.motifs.len()];
        let trait_of = |pool: &str, role: usize| {
            Phrase::plain(self.draw(pool, self.cast_index(chapter, role)))
        };
        Some(match slot {
            "A" => Phrase::plain(person(0)),
            "B" => Phrase::plain(person(1)),
            "C" => Phrase::plain(person(2)),
            "rest_of_cast" => Phrase::plain(list(
                self.premise.language,
                &self.cast[3.min(self.cast.len())..],
            )),
            "want_A" => trait_of("wants", 0),
            "want_C" => trait_of("wants", 2),
            "fear_A" => trait_of("fears", 0),
            "quirk_A" => trait_of("quirks", 0),
            "quirk_B" => trait_of("quirks", 1),
            "quirk_C" => trait_of("quirks", 2),
            "place" => Phrase::with_article(self.places[chapter]),
            "previous_place" => Phrase::with_article(self.places[previous]),
            "first_place" => Phrase::with_article(self.places[0]),
            "object" => self.definite(self.objects[chapter]),
            "an_object" => self.indefinite(self.objects[chapter]),
            "previous_object" => self.definite(self.objects[previous]),
            "a_previous_object" => self.indefinite(self.objects[previous]),
            "first_object" => self.definite(self.objects[0]),
            "token" => self.definite(self.token),
            "a_token" => self.indefinite(self.token),
            "motif" => self.motif_phrase(motif(rotation)),
            "next_motif" => self.motif_phrase(motif(rotation + 1)),
            "all_motifs" => Phrase::plain(self.all_motifs()),
            _ => return None,
        })
    }

    /// The character in a role of a chapter. The hero is always the same, and the others rotate.
    fn cast_index(&self, chapter: usize, role: usize) -> usize {
        match role {
            0 => 0,
            _ => 1 + (chapter * 2 + role - 1) % (self.cast.len() - 1),
        }
    }

    fn definite(&self, object: &str) -> Phrase {
        Phrase::with_article(match (self.premise.language, noun_and_gender(object)) {
            (Language::English, _) => format!("the {object}"),
            (Language::French, (noun, _)) if starts_with_vowel(noun) => format!("l’{noun}"),
            (Language::French, (noun, true)) => format!("la {noun}"),
            (Language::French, (noun, false)) => format!("le {noun}"),
        })
    }

    fn indefinite(&self, object: &str) -> Phrase {
        Phrase::plain(match (self.premise.language, noun_and_gender(object)) {
            (Language::English, _) if object.starts_with(['a', 'e', 'i', 'o']) => {
                format!("an {object}")
            }
            (Language::English, _) => format!("a {object}"),
            (Language::French, (noun, true)) => format!("une {noun}"),
            (Language::French, (noun, false)) => format!("un {noun}"),
        })
    }

    /// A motif with its article.
    fn motif_phrase(&self, motif: &Motif) -> Phrase {
        let noun = &motif.text;
        if motif.article == Article::None {
            return Phrase::plain(noun);
        }
        let is_singular = motif.article != Article::Plural;
        Phrase::with_article(match (self.premise.language, motif.article) {
            (Language::English, _) => format!("the {noun}"),
            (Language::French, _) if is_singular && starts_with_vowel(noun) => format!("l’{noun}"),
            (Language::French, Article::Feminine) => format!("la {noun}"),
            (Language::French, Article::Plural) => format!("les {noun}"),
            (Language::French, _) => format!("le {noun}"),
        })
    }

    /// All motifs as a list, in French each with its *de*.
    fn all_motifs(&self) -> String {
        let language = self.premise.language;
        let template = match language {
            Language::English => "{motif}",
            Language::French => "de {motif}",
        };
        let phrases: Vec<String> = self
            .motifs
            .iter()
            .map(|motif| fill(language, template, |_| Some(self.motif_phrase(motif))))
            .collect();
        list(language, &phrases)
    }
}

/// The noun of an object in the French lexicon, and whether it is feminine.
fn noun_and_gender(object: &str) -> (&str, bool) {
    object
        .split_once('|')
        .map_or((object, false), |(noun, gender)| (noun, gender == "f"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::premise::Premise;

    #[test]
    fn every_slot_of_every_template_has_a_value() {
        for language in [Language::English, Language::French] {
            let outline = Outline::new(Premise {
                prompt: String::new(),
                cast: Vec::new(),
                chapters: 2,
                language,
                seed: 0,
            })
            .expect("an outline");
            let mut slots = 0;
            for template in Lexicon::of(language).templates() {
                for slot in template.split('{').skip(1) {
                    let name = slot.split('}').next().unwrap_or_default();
                    let value = outline.slot_value(1, 0, name.trim_start_matches('^'));
                    assert!(value.is_some(), "{template}");
                    slots += 1;
                }
            }
            assert!(slots > 300, "{slots}");
        }
    }
}
