//! What a name may contain, whatever it names.

use super::Rule;

/// Checks a name that is shown in lists, titles and terminals: it must not look like markup, and it must not
/// change the reading direction of the text around it.
///
/// # Errors
/// The rule that it breaks.
pub fn check_name(name: &str) -> Result<(), Rule> {
    if name.contains(is_direction_mark) {
        return Err(Rule::DirectionMarks);
    }
    let starts_tag = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    if name.split('<').skip(1).any(starts_tag) {
        return Err(Rule::Markup);
    }
    Ok(())
}

/// Whether a character is one of Unicode's invisible marks, embeddings, overrides or isolates of direction.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{Rule, check_name};

    #[test]
    fn a_name_is_neither_markup_nor_changes_direction() {
        for (name, expected) in [
            ("X121 — Scene 3", Ok(())),
            ("3 < 4 & <3", Ok(())),
            ("مرحبا", Ok(())),
            ("<script>x</script>", Err(Rule::Markup)),
            ("a</b>", Err(Rule::Markup)),
            ("a\u{202e}b", Err(Rule::DirectionMarks)),
            ("\u{200f}", Err(Rule::DirectionMarks)),
        ] {
            assert_eq!(check_name(name), expected, "{name:?}");
        }
    }
}
