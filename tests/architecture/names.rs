//! The names that the code declares, and the words in them.

use std::collections::BTreeMap;

/// What introduces a name.
const KEYWORDS: [&str; 9] = [
    "fn", "struct", "enum", "trait", "type", "mod", "const", "static", "let",
];

/// The names that a piece of code declares, each with the keyword before it, or with what it is: a `field` (also a
/// parameter) or a `variant`. Code is without comments.
pub fn declared(code: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut depth_in_enum = 0;
    for line in code.lines() {
        let tokens: Vec<_> = line
            .split(|c| !is_in_name(c))
            .filter(|token| *token != "mut")
            .collect();
        for pair in tokens.windows(2) {
            let [keyword, name] = pair else { continue };
            if let Some(keyword) = KEYWORDS.into_iter().find(|known| known == keyword)
                && name.starts_with(|c: char| c.is_alphabetic())
            {
                found.push((keyword, (*name).to_owned()));
            }
        }
        found.extend(fields(line).map(|name| ("field", name.to_owned())));
        if depth_in_enum == 1 {
            found.extend(variant(line).map(|name| ("variant", name.to_owned())));
        }
        if depth_in_enum > 0 || tokens.contains(&"enum") {
            let opened = line.matches('{').count();
            depth_in_enum = (depth_in_enum + opened).saturating_sub(line.matches('}').count());
        }
    }
    found
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The names of fields and parameters in a line: each stands before a colon, and begins the line or follows a
/// bracket, a comma, `pub` or `mut`.
fn fields(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices(": ").filter_map(|(colon, _)| {
        let before = &line[..colon];
        let name = before.rsplit(|c| !is_in_name(c)).next()?;
        let before = before[..before.len() - name.len()].trim_end();
        let introduced = before.is_empty()
            || before.ends_with(['(', ')', '{', ',', '|'])
            || before.ends_with("pub")
            || before.ends_with("mut");
        (introduced && name.starts_with(|c: char| c.is_lowercase())).then_some(name)
    })
}

/// The variant that a line in the body of an enum declares. In `messages!`, its key is before it.
fn variant(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = match line.strip_prefix('"') {
        Some(key) => key.split_once("\" ")?.1,
        None => line,
    };
    let name = line.split(|c| !is_in_name(c)).next()?;
    name.starts_with(char::is_uppercase).then_some(name)
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
        let code = r#"
pub(crate) fn mark_seen(id: T, mut list: &'a mut T) {
    let mut seen_at = 1;
    let JobList { a } = b;
    Promise::new();
}
struct JobHandler {
    pub(super) seen: bool,
}
enum End {
    Seen,
    "end.refused" Refused { said: String }
}
"#;
        let names: Vec<_> = declared(code).into_iter().map(|(_, name)| name).collect();
        assert_eq!(
            names,
            [
                "mark_seen",
                "id",
                "list",
                "seen_at",
                "JobList",
                "JobHandler",
                "seen",
                "End",
                "Seen",
                "said",
                "Refused"
            ]
        );
        assert_eq!(words("JobHandler"), ["job", "handler"]);
        assert_eq!(words("MARK_SEEN"), ["mark", "seen"]);
        assert_eq!(words("seen_at"), ["seen", "at"]);
    }
}
