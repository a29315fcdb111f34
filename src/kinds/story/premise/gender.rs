//! The gender of a French noun that stands without an article of its own.

use super::Article;
use super::vocabulary::{Class, Vocabulary};
use crate::i18n::Lang;

/// What the noun's ending, or the vocabulary, makes likely.
pub fn guessed(noun: &str) -> Article {
    const MASCULINE: [&str; 9] = [
        "age", "aire", "isme", "ège", "ème", "ôme", "phone", "scope", "graphe",
    ];
    const FEMININE: [&str; 4] = ["e", "ion", "té", "ison"];
    let known = Vocabulary::of(Lang::Fr);
    let ends_in = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    if noun.ends_with(['s', 'x']) && !known.is(noun, Class::SamePlural) {
        Article::Plural
    } else if known.is(noun, Class::MasculineNoun) {
        Article::Masculine
    } else if known.is(noun, Class::FeminineNoun) || (!ends_in(&MASCULINE) && ends_in(&FEMININE)) {
        Article::Feminine
    } else {
        Article::Masculine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_exceptions_tell_the_gender() {
        for (noun, expected) in [
            ("phare", Article::Masculine),
            ("sable", Article::Masculine),
            ("voyage", Article::Masculine),
            ("plage", Article::Feminine),
            ("liberté", Article::Feminine),
            ("été", Article::Masculine),
            ("souris", Article::Feminine),
            ("ours", Article::Masculine),
            ("étoiles", Article::Plural),
            ("chanson", Article::Feminine),
            ("voleur", Article::Masculine),
            ("peur", Article::Feminine),
        ] {
            assert_eq!(guessed(noun), expected, "{noun}");
        }
    }
}
