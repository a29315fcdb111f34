//! Capitals, lists, and French contraction and elision.

use crate::language::Language;

/// The text with a capital first letter.
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Appends a phrase to French text: *du*, *des*, *au*, *aux* for a preposition with an article, *d’* and *qu’* before a vowel.
pub fn push_french(text: &mut String, phrase: &str, has_article: bool) {
    const CONTRACTIONS: [(&str, &str, &str); 6] = [
        ("de ", "le ", "du "),
        ("de ", "les ", "des "),
        ("à ", "le ", "au "),
        ("à ", "les ", "aux "),
        ("À ", "le ", "Au "),
        ("À ", "les ", "Aux "),
    ];
    for (preposition, article, contraction) in CONTRACTIONS {
        if has_article
            && ends_with_word(text, preposition)
            && let Some(noun) = phrase.strip_prefix(article)
        {
            text.truncate(text.len() - preposition.len());
            text.push_str(contraction);
            text.push_str(noun);
            return;
        }
    }
    let elides = ends_with_word(text, "de ") || text.ends_with("que ");
    if elides && starts_with_vowel(phrase) {
        text.truncate(text.len() - "e ".len());
        text.push('’');
    }
    text.push_str(phrase);
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// Whether French elides before the word: it starts with a vowel or a silent h.
pub fn starts_with_vowel(word: &str) -> bool {
    /// The first letters of common words with an aspirated h, which forbids elision.
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
        Some('h') => !ASPIRATED.iter().any(|prefix| word.starts_with(prefix)),
        Some('y') => letters.next().is_some_and(|next| !is_vowel(next)),
        Some(first) => is_vowel(first),
        None => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "aàâäeéèêëiîïoôöuùûüœæ".contains(letter)
}

/// A list in prose: *a*, *a and b*, *a, b and c*.
pub fn list(language: Language, items: &[String]) -> String {
    let and = match language {
        Language::English => " and ",
        Language::French => " et ",
    };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{}{and}{last}", init.join(", ")),
    }
}

/// Capitalizes a title: in English every word except articles and the like, in French only the first.
pub fn title_case(language: Language, title: &str) -> String {
    const LOWERCASE: [&str; 13] = [
        "a", "an", "the", "of", "to", "at", "in", "and", "or", "with", "by", "for", "from",
    ];
    if language == Language::French {
        return capitalize(title);
    }
    let words: Vec<String> = title
        .split(' ')
        .enumerate()
        .map(|(at, word)| {
            if at > 0 && LOWERCASE.contains(&word) {
                word.to_owned()
            } else {
                capitalize(word)
            }
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_capitalized_as_their_language_does() {
        assert_eq!(
            title_case(Language::English, "the way to the old harbour"),
            "The Way to the Old Harbour"
        );
        assert_eq!(
            title_case(Language::French, "le chemin du port"),
            "Le chemin du port"
        );
    }
}
