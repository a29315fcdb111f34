//! The Markdown around the chapters: front matter, the last line, and what people's names may not do.

use super::plan::Plan;
use crate::i18n::Lang;
use serde_json::json;

/// What stands before the first chapter: front matter and the title.
pub fn beginning(plan: &Plan) -> String {
    let brief = &plan.brief;
    format!(
        "---\ntitle: {}\nlanguage: {}\nchapters: {}\ncast: {}\nprompt: {}\nseed: {}\nwritten_by: {}\n---\n\n# {}\n",
        json!(plan.title()),
        brief.language.as_str(),
        brief.chapters,
        json!(plan.cast()),
        json!(brief.prompt),
        brief.seed,
        json!("jobtray’s built-in writer, without a language model"),
        escaped(plan.title()),
    )
}

/// What stands after the last chapter: who wrote it, and from what.
pub fn colophon(plan: &Plan) -> String {
    let line = plan.say(0, 0, plan.draw("colophon", 0));
    format!("\n---\n\n*{}*\n", escaped(line.trim()))
}

/// The words of the story; front matter does not count.
pub fn words(chapters: &str) -> usize {
    chapters
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// The text with everything that Markdown would read taken as it is: names and prompts are people's.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for (place, c) in text.char_indices() {
        let numbering = matches!(c, '.' | ')')
            && place > 0
            && text[..place].bytes().all(|b| b.is_ascii_digit());
        let bullet = place == 0 && matches!(c, '-' | '+' | '=' | '|' | ':');
        if numbering || bullet || "\\`*_[]<>&#~$".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// A file name from the title: letters and digits of the Latin alphabet, the rest as hyphens.
pub fn file_name(plan: &Plan) -> String {
    let mut name = String::new();
    for c in plan.title().chars().flat_map(char::to_lowercase) {
        let letter = match c {
            'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            'ç' => 'c',
            other => other,
        };
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    let name: String = name.trim_matches('-').chars().take(60).collect();
    match (name.trim_end_matches('-'), plan.brief.language) {
        ("", Lang::En) => "story.md".to_owned(),
        ("", Lang::Fr) => "histoire.md".to_owned(),
        (name, _) => format!("{name}.md"),
    }
}
