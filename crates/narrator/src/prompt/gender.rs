//! Guesses the gender and number of a French noun without an article.

use super::motif::Article;
use super::word_class::{WordClass, WordList};
use crate::language::Language;

/// The definite article that the word list, or else the ending of the noun, makes likely.
pub fn guess_article(noun: &str) -> Article {
    const MASCULINE: [&str; 9] = [
        "age", "aire", "isme", "ège", "ème", "ôme", "phone", "scope", "graphe",
    ];
    const FEMININE: [&str; 4] = ["e", "ion", "té", "ison"];
    let words = WordList::of(Language::French);
    let has_ending = |endings: &[&str]| endings.iter().any(|ending| noun.ends_with(ending));
    if noun.ends_with(['s', 'x']) && !words.is(noun, WordClass::InvariableNoun) {
        Article::Plural
    } else if words.is(noun, WordClass::MasculineNoun) {
        Article::Masculine
    } else if words.is(noun, WordClass::FeminineNoun)
        || (!has_ending(&MASCULINE) && has_ending(&FEMININE))
    {
        Article::Feminine
    } else {
        Article::Masculine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_listed_exceptions_decide_the_gender() {
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
            assert_eq!(guess_article(noun), expected, "{noun}");
        }
    }
}
