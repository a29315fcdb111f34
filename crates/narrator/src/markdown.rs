//! Markdown: user input must not become markup.

/// The text with a backslash before every character that Markdown would interpret.
pub fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let list_number =
            matches!(c, '.' | ')') && at > 0 && text[..at].bytes().all(|b| b.is_ascii_digit());
        let line_start = at == 0 && matches!(c, '-' | '+' | '=' | '|' | ':');
        if list_number || line_start || "\\`*_[]<>&#~$".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The number of words in a text. A word is between spaces and has a letter or a digit.
pub fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_prose_is_not() {
        for (text, expected) in [
            (
                "A plain sentence, 3.5 km long.",
                "A plain sentence, 3.5 km long.",
            ),
            ("<b>*bold*</b>", "\\<b\\>\\*bold\\*\\</b\\>"),
            ("12. March", "12\\. March"),
            ("- dash", "\\- dash"),
            ("well-known", "well-known"),
            ("a_b [c]", "a\\_b \\[c\\]"),
        ] {
            assert_eq!(escape_markdown(text), expected);
        }
    }

    #[test]
    fn punctuation_between_spaces_is_not_a_word() {
        assert_eq!(count_words("« Oui — ou non », dit-il 3 fois."), 6);
    }
}
