//! Fills the slots of a template: `{slot}`, or `{^slot}` for a capital.

use crate::grammar::{capitalize, push_french};
use crate::language::Language;

/// The value of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    text: String,
    /// It begins with an article, which French contracts with *de* and *à*.
    has_article: bool,
}

impl Phrase {
    /// A name, a verb or a number, which is never contracted.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            has_article: false,
        }
    }

    /// A noun with its article.
    pub fn with_article(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            has_article: true,
        }
    }
}

/// The template with its slots filled. A slot without a value stays empty.
pub fn fill(
    language: Language,
    template: &str,
    value_of: impl Fn(&str) -> Option<Phrase>,
) -> String {
    let mut filled = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (slot, after) = after.split_once('}').unwrap_or((after, ""));
        rest = after;
        let name = slot.trim_start_matches('^');
        let Some(mut phrase) = value_of(name) else {
            continue;
        };
        if name != slot {
            phrase.text = capitalize(&phrase.text);
        }
        match language {
            Language::English => filled.push_str(&phrase.text),
            Language::French => push_french(&mut filled, &phrase.text, phrase.has_article),
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_contracts_articles_and_elides_before_vowels() {
        let with = |text: &str| Phrase::with_article(text);
        let plain = |text: &str| Phrase::plain(text);
        for (template, phrase, expected) in [
            ("près de {x}.", with("le col"), "près du col."),
            ("près de {x}.", with("les quais"), "près des quais."),
            ("près de {x}.", with("la serre"), "près de la serre."),
            ("près de {x}.", with("l’atelier"), "près de l’atelier."),
            ("jusqu’à {x}.", with("le col"), "jusqu’au col."),
            ("À {x}.", with("les quais"), "Aux quais."),
            ("le nom de {x}", plain("Anaïs"), "le nom d’Anaïs"),
            ("le nom de {x}", plain("Le Goff"), "le nom de Le Goff"),
            ("peur de {x}", plain("hibou"), "peur de hibou"),
            ("bruit de {x}", plain("horloge"), "bruit d’horloge"),
            ("ce que {x} vit", plain("Ysé"), "ce qu’Ysé vit"),
            ("le monde {x}", plain("entier"), "le monde entier"),
        ] {
            let filled = fill(Language::French, template, |_| Some(phrase.clone()));
            assert_eq!(filled, expected);
        }
    }

    #[test]
    fn a_caret_capitalizes_the_phrase() {
        let filled = fill(Language::English, "{^x} and {x}", |_| {
            Some(Phrase::plain("a bell"))
        });
        assert_eq!(filled, "A bell and a bell");
    }
}
