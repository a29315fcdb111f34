//! What a creator may ask of the writer. An error names the field.

use crate::i18n::Lang;
use crate::queue::QueueError;
use crate::validation::{FieldError, Rule, check_name};
use serde_json::{Map, Value, json};

const LONGEST_PROMPT: usize = 4000;
const MOST_CHAPTERS: u64 = 40;
const USUAL_CHAPTERS: u64 = 5;
const LARGEST_CAST: usize = 12;
const LONGEST_NAME: usize = 80;

/// The input as it came, checked but for the cast's ids, which the studio knows.
#[derive(Debug, PartialEq)]
pub struct Wish {
    pub prompt: String,
    pub chapters: u64,
    pub cast: Vec<String>,
    pub language: Lang,
    pub seed: Option<u64>,
}

/// A JSON Schema of the input.
pub fn schema() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["prompt"],
        "properties": {
            "prompt": { "type": "string", "minLength": 1, "maxLength": LONGEST_PROMPT, "description": "What the story is about" },
            "chapters": { "type": "integer", "minimum": 1, "maximum": MOST_CHAPTERS, "default": USUAL_CHAPTERS },
            "cast": { "type": "array", "maxItems": LARGEST_CAST, "items": { "type": "string", "minLength": 1, "maxLength": LONGEST_NAME },
                      "description": "Names, or ids of characters of the studio; the first one is the hero" },
            "language": { "type": "string", "enum": ["en", "fr"], "default": "en" },
            "seed": { "type": "integer", "minimum": 0, "description": "The same input and seed give the same story" }
        }
    })
}

/// Reads the input; nothing in it is taken silently.
pub fn read(input: Value) -> Result<Wish, QueueError> {
    let Value::Object(mut fields) = input else {
        return Err(invalid("input", "must be an object"));
    };
    let wish = Wish {
        prompt: prompt(fields.remove("prompt"))?,
        chapters: number(&mut fields, "chapters", 1, MOST_CHAPTERS)?.unwrap_or(USUAL_CHAPTERS),
        cast: cast(fields.remove("cast"))?,
        language: language(fields.remove("language"))?,
        seed: number(&mut fields, "seed", 0, u64::MAX)?,
    };
    match fields.keys().next() {
        Some(field) => Err(invalid(
            &format!("input.{field}"),
            "is not a field of a story",
        )),
        None => Ok(wish),
    }
}

/// Why a field of the input was refused.
pub fn invalid(field: &str, problem: impl Into<String>) -> QueueError {
    FieldError::new(field, Rule::legacy(&problem.into())).into()
}

fn prompt(value: Option<Value>) -> Result<String, QueueError> {
    let text = match value {
        Some(Value::String(text)) => text.replace("\r\n", "\n"),
        None | Some(Value::Null) => return Err(invalid("input.prompt", "is missing")),
        Some(_) => return Err(invalid("input.prompt", "must be a text")),
    };
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > LONGEST_PROMPT {
        return Err(invalid(
            "input.prompt",
            format!("must be 1 to {LONGEST_PROMPT} characters"),
        ));
    }
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(invalid(
            "input.prompt",
            "must not contain control characters",
        ));
    }
    Ok(text.to_owned())
}

fn number(
    fields: &mut Map<String, Value>,
    name: &str,
    least: u64,
    most: u64,
) -> Result<Option<u64>, QueueError> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64().filter(|n| (least..=most).contains(n)) {
            Some(n) => Ok(Some(n)),
            None => Err(invalid(
                &format!("input.{name}"),
                format!("must be a whole number from {least} to {most}"),
            )),
        },
    }
}

fn cast(value: Option<Value>) -> Result<Vec<String>, QueueError> {
    let names = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(names)) => names,
        Some(_) => return Err(invalid("input.cast", "must be a list of names")),
    };
    if names.len() > LARGEST_CAST {
        return Err(invalid(
            "input.cast",
            format!("must be {LARGEST_CAST} at most"),
        ));
    }
    let mut cast: Vec<String> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let field = format!("input.cast[{place}]");
        let name = name
            .as_str()
            .map(str::trim)
            .ok_or_else(|| invalid(&field, "must be a text"))?;
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(invalid(
                &field,
                format!("must be 1 to {LONGEST_NAME} characters"),
            ));
        }
        if name.chars().any(char::is_control) {
            return Err(invalid(&field, "must not contain control characters"));
        }
        check_name(name).map_err(|rule| FieldError::new(&field, rule))?;
        if !cast.iter().any(|known| known == name) {
            cast.push(name.to_owned());
        }
    }
    Ok(cast)
}

fn language(value: Option<Value>) -> Result<Lang, QueueError> {
    match value {
        None | Some(Value::Null) => Ok(Lang::En),
        Some(Value::String(tag)) if tag == "en" => Ok(Lang::En),
        Some(Value::String(tag)) if tag == "fr" => Ok(Lang::Fr),
        Some(_) => Err(invalid("input.language", "must be en or fr")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
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
            match read(input.clone()) {
                Err(QueueError::Invalid(FieldError { field: named, .. })) => {
                    assert_eq!(named, field, "{input}");
                }
                other => panic!("{input}: {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_not_said_is_usual() {
        let wish = read(json!({"prompt": " é ".repeat(3), "cast": ["Ada", "Ada"]})).expect("taken");
        assert_eq!(wish.chapters, 5);
        assert_eq!(wish.cast, ["Ada"]);
        assert_eq!(wish.language, Lang::En);
        assert_eq!(wish.seed, None);
    }
}
