//! The names that the code declares, and the words in them.

use std::collections::BTreeMap;

/// What introduces a name.
const KEYWORDS: [&str; 9] = [
    "fn", "struct", "enum", "trait", "type", "mod", "const", "static", "let",
];

/// The names that a piece of code declares, with the keyword before each. Code is without comments.
pub fn declared(code: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for line in code.lines() {
        let tokens: Vec<_> = line
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        for pair in tokens.windows(2) {
            let [keyword, name] = pair else { continue };
            let name = if *name == "mut" { continue } else { *name };
            if let Some(keyword) = KEYWORDS.into_iter().find(|known| known == keyword)
                && name.starts_with(|c: char| c.is_alphabetic())
            {
                found.push((keyword, name.to_owned()));
            }
        }
    }
    found
}

/// The words of a name, in lower case: `JobHandler`, `job_handler` and `JOB_HANDLER` have the same.
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if c == '_' || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = c.is_lowercase() || c.is_numeric();
        if c != '_' {
            words.last_mut().unwrap().extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The types that are declared more than once, with the places.
pub fn repeated_types(sources: &[(String, String)]) -> Vec<(String, Vec<String>)> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, code) in sources {
        // An associated type of a trait is indented and always read with it.
        let code: String = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("type ") || line.starts_with("type "))
            .collect::<Vec<_>>()
            .join("\n");
        for (keyword, name) in declared(&code) {
            if matches!(keyword, "struct" | "enum" | "trait" | "type")
                && name.starts_with(char::is_uppercase)
            {
                places.entry(name).or_default().push(path.clone());
            }
        }
    }
    places
        .into_iter()
        .filter(|(_, places)| places.len() > 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{declared, words};

    #[test]
    fn names_are_found_and_split_into_words() {
        let code = "pub(crate) fn mark_told(x: T) {\n    let mut told_at = 1;\n    let WishList { a } = b;\n}\nstruct JobHandler;";
        let names: Vec<_> = declared(code).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["mark_told", "WishList", "JobHandler"]);
        assert_eq!(words("JobHandler"), ["job", "handler"]);
        assert_eq!(words("MARK_TOLD"), ["mark", "told"]);
        assert_eq!(words("told_at"), ["told", "at"]);
    }
}
