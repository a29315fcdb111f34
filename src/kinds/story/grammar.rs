//! Putting words into the gaps of a sentence, as its language asks.

use crate::i18n::Lang;

/// What stands in a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filler {
    text: String,
    /// It begins with an article of ours, which French contracts with *de* and *à*.
    article: bool,
}

impl Filler {
    /// A name, a verb, a number: nothing to contract.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            article: false,
        }
    }

    /// A noun with its article.
    pub fn with_article(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            article: true,
        }
    }
}

/// Fills the gaps of a sentence; `{^name}` begins with a capital.
pub fn fill(lang: Lang, sentence: &str, value_of: impl Fn(&str) -> Option<Filler>) -> String {
    let mut filled = String::with_capacity(sentence.len() * 2);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (gap, after) = after.split_once('}').unwrap_or((after, ""));
        rest = after;
        let name = gap.trim_start_matches('^');
        let Some(mut value) = value_of(name) else {
            continue;
        };
        if name != gap {
            value.text = capital(&value.text);
        }
        match lang {
            Lang::En => filled.push_str(&value.text),
            Lang::Fr => join_french(&mut filled, &value),
        }
    }
    filled.push_str(rest);
    filled
}

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// *du*, *des*, *au*, *aux* before an article, *d’* and *qu’* before a vowel.
fn join_french(filled: &mut String, value: &Filler) {
    const CONTRACTIONS: [(&str, &str, &str); 6] = [
        ("de ", "le ", "du "),
        ("de ", "les ", "des "),
        ("à ", "le ", "au "),
        ("à ", "les ", "aux "),
        ("À ", "le ", "Au "),
        ("À ", "les ", "Aux "),
    ];
    for (preposition, article, both) in CONTRACTIONS {
        if value.article
            && ends_with_word(filled, preposition)
            && let Some(noun) = value.text.strip_prefix(article)
        {
            filled.truncate(filled.len() - preposition.len());
            filled.push_str(both);
            filled.push_str(noun);
            return;
        }
    }
    let elides = ends_with_word(filled, "de ") || filled.ends_with("que ");
    if elides && starts_with_vowel(&value.text) {
        filled.truncate(filled.len() - "e ".len());
        filled.push('’');
    }
    filled.push_str(&value.text);
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// Whether French elides before the word: a vowel or a silent h.
pub fn starts_with_vowel(word: &str) -> bool {
    /// Beginnings of the common words whose h forbids elision.
    const ASPIRATED: [&str; 30] = [
        "hache",
        "haie",
        "haine",
        "hall",
        "halte",
        "hamac",
        "hameau",
        "hamster",
        "hanche",
        "hangar",
        "harem",
        "haricot",
        "harnais",
        "harpe",
        "hasard",
        "haut",
        "hérisson",
        "hernie",
        "héron",
        "héros",
        "hêtre",
        "hibou",
        "hochet",
        "hockey",
        "homard",
        "honte",
        "housse",
        "hublot",
        "hurl",
        "hutte",
    ];
    let word = word.to_lowercase();
    let mut letters = word.chars();
    match letters.next() {
        Some('h') => !ASPIRATED
            .iter()
            .any(|beginning| word.starts_with(beginning)),
        Some('y') => letters.next().is_some_and(|next| !is_vowel(next)),
        Some(first) => is_vowel(first),
        None => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "aàâäeéèêëiîïoôöuùûüœæ".contains(letter)
}

/// *a*, *b and c*; in French each with its *de*.
pub fn list(lang: Lang, items: &[String]) -> String {
    let and = match lang {
        Lang::En => " and ",
        Lang::Fr => " et ",
    };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{}{and}{last}", most.join(", ")),
    }
}

/// A title's capitals: in English every word but the small ones, in French the first.
pub fn title_case(lang: Lang, title: &str) -> String {
    const SMALL: [&str; 13] = [
        "a", "an", "the", "of", "to", "at", "in", "and", "or", "with", "by", "for", "from",
    ];
    if lang == Lang::Fr {
        return capital(title);
    }
    let words: Vec<String> = title
        .split(' ')
        .enumerate()
        .map(|(place, word)| {
            if place > 0 && SMALL.contains(&word) {
                word.to_owned()
            } else {
                capital(word)
            }
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_contracts_and_elides() {
        for (sentence, filler, expected) in [
            (
                "près de {x}.",
                Filler::with_article("le col"),
                "près du col.",
            ),
            (
                "près de {x}.",
                Filler::with_article("les quais"),
                "près des quais.",
            ),
            (
                "près de {x}.",
                Filler::with_article("la serre"),
                "près de la serre.",
            ),
            (
                "près de {x}.",
                Filler::with_article("l’atelier"),
                "près de l’atelier.",
            ),
            (
                "jusqu’à {x}.",
                Filler::with_article("le col"),
                "jusqu’au col.",
            ),
            ("À {x}.", Filler::with_article("les quais"), "Aux quais."),
            ("le nom de {x}", Filler::plain("Anaïs"), "le nom d’Anaïs"),
            (
                "le nom de {x}",
                Filler::plain("Le Goff"),
                "le nom de Le Goff",
            ),
            ("peur de {x}", Filler::plain("hibou"), "peur de hibou"),
            ("bruit de {x}", Filler::plain("horloge"), "bruit d’horloge"),
            ("ce que {x} vit", Filler::plain("Ysé"), "ce qu’Ysé vit"),
            ("le monde {x}", Filler::plain("entier"), "le monde entier"),
        ] {
            let filled = fill(Lang::Fr, sentence, |_| Some(filler.clone()));
            assert_eq!(filled, expected);
        }
    }

    #[test]
    fn titles_have_their_languages_capitals() {
        assert_eq!(
            title_case(Lang::En, "the way to the old harbour"),
            "The Way to the Old Harbour"
        );
        assert_eq!(
            title_case(Lang::Fr, "le chemin du port"),
            "Le chemin du port"
        );
    }
}
