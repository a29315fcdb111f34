//! The Markdown around the chapters: front matter, title, last line and file name.

use narrator::{Language, Outline, Premise, escape_markdown};
use serde_json::json;

/// What comes before the first chapter: front matter and the title.
pub fn beginning(outline: &Outline) -> String {
    let premise = outline.premise();
    format!(
        "---\ntitle: {}\nlanguage: {}\nchapters: {}\ncast: {}\nprompt: {}\nseed: {}\nwritten_by: {}\n---\n\n# {}\n",
        json!(outline.title()),
        premise.language.code(),
        premise.chapters,
        json!(outline.cast()),
        json!(premise.prompt),
        premise.seed,
        json!("jobtray’s built-in writer, without a language model"),
        escape_markdown(outline.title()),
    )
}

/// What comes after the last chapter: who wrote the story, and from what.
pub fn colophon(premise: &Premise) -> String {
    let (prompt, chapters, seed) = (shortened(&premise.prompt), premise.chapters, premise.seed);
    let line = match premise.language {
        Language::English => format!(
            "Written by jobtray’s built-in writer, a grammar and a plan without a language model, from the prompt “{prompt}”. Chapters: {chapters}. Seed: {seed}."
        ),
        Language::French => format!(
            "Écrit par l’auteur intégré de jobtray, une grammaire et un plan sans modèle de langue, à partir de la consigne « {prompt} ». Chapitres : {chapters}. Graine : {seed}."
        ),
    };
    format!("\n---\n\n*{}*\n", escape_markdown(&line))
}

/// A file name made of the title's letters and digits, without accents and joined by hyphens.
pub fn file_name(outline: &Outline) -> String {
    let mut name = String::new();
    for c in outline.title().chars().flat_map(char::to_lowercase) {
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
    match (name.trim_end_matches('-'), outline.premise().language) {
        ("", Language::English) => "story.md".to_owned(),
        ("", Language::French) => "histoire.md".to_owned(),
        (name, _) => format!("{name}.md"),
    }
}

/// The prompt on one line, as the colophon quotes it; the front matter has all of it.
fn shortened(prompt: &str) -> String {
    const MAX_LENGTH: usize = 200;
    let words: Vec<&str> = prompt.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use narrator::write_chapter;

    fn premise(prompt: &str) -> Premise {
        Premise {
            prompt: prompt.to_owned(),
            cast: vec!["Anaïs".to_owned(), "X121".to_owned()],
            chapters: 1,
            language: Language::English,
            seed: 1,
        }
    }

    #[test]
    fn a_long_prompt_is_quoted_only_in_part() {
        let end = colophon(&premise(&"storm whale ".repeat(333)));
        assert!(end.chars().count() < 500, "{end}");
        assert!(end.contains('…'), "{end}");
    }

    #[test]
    fn names_cannot_make_markup() {
        let mut premise = premise("a <script>alert(1)</script> and [a](javascript:b)");
        premise.cast = vec!["<img src=x>".to_owned(), "*_#1. x_*".to_owned()];
        let outline = Outline::new(premise.clone()).expect("an outline");
        let mut story = beginning(&outline);
        story += &write_chapter(&outline, 0, &story).expect("a chapter");
        story += &colophon(&premise);
        let html = super::super::html::to_html(&story);
        for markup in ["<script", "<img", "<a ", "<em>_"] {
            assert!(!html.contains(markup), "{markup}: {html}");
        }
        assert!(html.contains("&lt;img src=x&gt;"), "{html}");
    }
}
