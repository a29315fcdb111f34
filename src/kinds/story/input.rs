//! What may be asked for, and what the row stores of it.

use crate::validation::{FieldError, Rule, check_name, no_control_in_lines};
use narrator::{Language, Premise};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use validator::{Validate, ValidationError};

/// Characters of a prompt.
pub const MAX_PROMPT: u64 = 4000;
pub const MAX_CHAPTERS: u32 = 40;
/// Maximum size of a cast, even if the prompt names more characters.
pub const MAX_CAST: u64 = 12;
const DEFAULT_CHAPTERS: u32 = 5;

/// What may be asked for.
#[derive(Debug, PartialEq, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// What the story is about
    #[validate(length(min = 1, max = MAX_PROMPT), custom(function = "no_control_in_lines"))]
    #[serde(deserialize_with = "trimmed_text")]
    pub prompt: String,
    #[validate(range(min = 1, max = MAX_CHAPTERS))]
    #[serde(default = "default_chapters")]
    pub chapters: u32,
    /// Names, or ids of characters of the studio; the first one is the hero
    #[validate(length(max = MAX_CAST), custom(function = "plain_names"))]
    #[schemars(inner(length(min = 1, max = 80)))]
    #[serde(default, deserialize_with = "trimmed_names")]
    pub cast: Option<Vec<String>>,
    #[serde(default)]
    pub language: StoryLanguage,
    /// The same input and seed give the same story
    pub seed: Option<u64>,
}

// No doc comments here: they would become descriptions in the public schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StoryLanguage {
    #[default]
    En,
    Fr,
}

impl From<StoryLanguage> for Language {
    fn from(language: StoryLanguage) -> Self {
        match language {
            StoryLanguage::En => Self::English,
            StoryLanguage::Fr => Self::French,
        }
    }
}

impl Input {
    /// The cast, each entry once, with its index in the input.
    pub fn distinct_cast(&self) -> Vec<(usize, &str)> {
        let mut cast: Vec<(usize, &str)> = Vec::new();
        for (index, entry) in self.cast.iter().flatten().enumerate() {
            if !cast.iter().any(|(_, known)| known == entry) {
                cast.push((index, entry));
            }
        }
        cast
    }
}

/// What the row stores: everything that determines the story, and its title.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredStoryInput {
    pub prompt: String,
    pub chapters: u32,
    /// Names only: characters were looked up when the job was submitted.
    pub cast: Vec<String>,
    pub language: StoryLanguage,
    pub seed: u64,
    pub title: String,
}

impl StoredStoryInput {
    pub fn premise(&self) -> Premise {
        Premise {
            prompt: self.prompt.clone(),
            cast: self.cast.clone(),
            chapters: self.chapters.max(1) as usize,
            language: self.language.into(),
            seed: self.seed,
        }
    }
}

fn default_chapters() -> u32 {
    DEFAULT_CHAPTERS
}

fn trimmed_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.replace("\r\n", "\n").trim().to_owned())
}

fn trimmed_names<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<String>>, D::Error> {
    let names = Option::<Vec<String>>::deserialize(deserializer)?;
    Ok(names.map(|names| names.iter().map(|name| name.trim().to_owned()).collect()))
}

/// An error names the entry, such as `input.cast[2]`.
fn plain_names(names: &[String]) -> Result<(), ValidationError> {
    for (index, name) in names.iter().enumerate() {
        if name.chars().any(char::is_control) {
            return Err(FieldError::at_index(index, Rule::ControlCharacters));
        }
        check_name(name).map_err(|rule| FieldError::at_index(index, rule))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::{read_input, schema_of};
    use serde_json::json;

    #[test]
    fn an_error_names_the_field_that_is_wrong() {
        for (input, field) in [
            (json!([]), "input"),
            (json!({}), "input.prompt"),
            (json!({"prompt": ""}), "input.prompt"),
            (json!({"prompt": 7}), "input.prompt"),
            (json!({"prompt": "a\u{0}b"}), "input.prompt"),
            (json!({"prompt": "é".repeat(4001)}), "input.prompt"),
            (json!({"prompt": "p", "chapters": 0}), "input.chapters"),
            (json!({"prompt": "p", "chapters": 41}), "input.chapters"),
            (json!({"prompt": "p", "chapters": 2.5}), "input.chapters"),
            (json!({"prompt": "p", "cast": "Ada"}), "input.cast"),
            (json!({"prompt": "p", "cast": vec!["n"; 13]}), "input.cast"),
            (json!({"prompt": "p", "cast": ["Ada", 1]}), "input.cast[1]"),
            (
                json!({"prompt": "p", "cast": ["Ada", " "]}),
                "input.cast[1]",
            ),
            (
                json!({"prompt": "p", "cast": ["n".repeat(81)]}),
                "input.cast[0]",
            ),
            (json!({"prompt": "p", "cast": ["A\nB"]}), "input.cast[0]"),
            (
                json!({"prompt": "p", "cast": ["Ada", "<b>Bob</b>"]}),
                "input.cast[1]",
            ),
            (
                json!({"prompt": "p", "cast": ["\u{202e}Ada"]}),
                "input.cast[0]",
            ),
            (json!({"prompt": "p", "language": "de"}), "input.language"),
            (json!({"prompt": "p", "seed": -1}), "input.seed"),
            (json!({"prompt": "p", "mood": "sad"}), "input.mood"),
        ] {
            let error = read_input::<Input>(&input).expect_err("an error");
            assert_eq!(error.field, field, "{input}");
        }
    }

    #[test]
    fn only_the_prompt_is_required() {
        let input = json!({"prompt": " é ".repeat(3), "cast": ["Ada", " Ada "]});
        let input = read_input::<Input>(&input).expect("a valid input");
        assert_eq!(input.prompt, "é  é  é");
        assert_eq!(input.chapters, 5);
        assert_eq!(input.distinct_cast(), [(0, "Ada")]);
        assert_eq!(input.language, StoryLanguage::En);
        assert_eq!(input.seed, None);
    }

    #[test]
    fn a_repeated_member_of_the_cast_keeps_the_places_of_the_others() {
        let input = json!({"prompt": "p", "cast": ["Ada", "Ada", "Bob"]});
        let input = read_input::<Input>(&input).expect("a valid input");
        assert_eq!(input.distinct_cast(), [(0, "Ada"), (2, "Bob")]);
    }

    #[test]
    fn white_space_around_a_text_does_not_count() {
        let prompt = format!("  {}\r\n", "é".repeat(4000));
        let input = read_input::<Input>(&json!({ "prompt": prompt })).expect("a valid input");
        assert_eq!(input.prompt, "é".repeat(4000));
    }

    #[test]
    fn the_schema_shows_every_limit_and_default() {
        let expected = json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["prompt"],
            "properties": {
                "prompt": { "type": "string", "minLength": 1, "maxLength": 4000, "description": "What the story is about" },
                "chapters": { "type": "integer", "minimum": 1, "maximum": 40, "default": 5 },
                "cast": { "type": "array", "maxItems": 12, "items": { "type": "string", "minLength": 1, "maxLength": 80 },
                          "description": "Names, or ids of characters of the studio; the first one is the hero" },
                "language": { "type": "string", "enum": ["en", "fr"], "default": "en" },
                "seed": { "type": "integer", "minimum": 0, "description": "The same input and seed give the same story" }
            }
        });
        assert_eq!(schema_of::<Input>(), expected);
    }
}
