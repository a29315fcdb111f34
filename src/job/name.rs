//! What a name may hold, whatever it names.

/// A name is shown in lists, titles and terminals among texts of ours: it must not look like markup,
/// and it must not turn the direction in which the rest is read. The error says so in English.
pub fn check_name(name: &str) -> Result<(), &'static str> {
    if name.contains(turns_direction) {
        return Err("must not hold marks that turn the direction of text");
    }
    let starts_tag = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    if name.split('<').skip(1).any(starts_tag) {
        return Err("must not hold markup such as <b>");
    }
    Ok(())
}

/// Unicode's invisible marks, embeddings, overrides and isolates of direction.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::check_name;

    #[test]
    fn a_name_is_neither_markup_nor_turned_round() {
        for (name, fine) in [
            ("X121 — Scene 3", true),
            ("3 < 4 & <3", true),
            ("مرحبا", true),
            ("<script>x</script>", false),
            ("a</b>", false),
            ("a\u{202e}b", false),
            ("\u{200f}", false),
        ] {
            assert_eq!(check_name(name).is_ok(), fine, "{name:?}");
        }
    }
}
