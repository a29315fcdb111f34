//! The input of the vessel kinds: a file of the craft folder or a text, and which vessel of it.

use super::error::sentence;
use crate::queue::QueueError;
use crate::studio::{CraftError, CraftFolder};
use crate::validation::{FieldError, Rule};
use craft::{Contents, check_craft_name, choose_vessel, list_vessels};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};

/// Characters of a vessel's name.
const LONGEST_NAME: usize = 200;
/// Bytes of a text; a request has no more.
const LONGEST_TEXT: usize = 1024 * 1024;
/// Bytes of a file that is looked through before the job is made; a larger one by the job.
const LOOKED_THROUGH: u64 = 8 * 1024 * 1024;

/// A checked input, as the row keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    #[serde(flatten)]
    pub given: Given,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vessel: Option<String>,
}

impl Order {
    /// The name of its file without folders and ending; empty where it is a text.
    pub fn file_stem(&self) -> &str {
        let file = match &self.given {
            Given::Craft(file) => file.rsplit('/').next().unwrap_or(file),
            Given::Text(_) => "",
        };
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Given {
    /// A file by its name in the craft folder.
    Craft(String),
    Text(String),
}

/// The JSON Schema of the input.
pub fn schema() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "craft": { "type": "string", "minLength": 1, "maxLength": 200,
                       "description": "Name of a .craft or .sfs file in the craft folder, such as Ships/VAB/Kerbal X.craft" },
            "text": { "type": "string", "minLength": 1, "maxLength": LONGEST_TEXT,
                      "description": "The text of a craft or save file, in place of craft" },
            "vessel": { "type": "string", "minLength": 1, "maxLength": LONGEST_NAME,
                        "description": "Name or pid of the vessel, for a save that has several" }
        },
        "oneOf": [{ "required": ["craft"] }, { "required": ["text"] }]
    })
}

/// Reads the input; the error names the field.
pub fn read(input: Value) -> Result<Order, QueueError> {
    let Value::Object(mut fields) = input else {
        return Err(invalid("", "must be an object"));
    };
    let mut text = |name: &str, longest: usize| match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => {
            Err(invalid(name, "must not be empty"))
        }
        Some(Value::String(text)) if text.len() <= longest => Ok(Some(text)),
        Some(Value::String(_)) => {
            let problem = format!("must be {longest} bytes at most");
            Err(invalid(name, &problem))
        }
        Some(_) => Err(invalid(name, "must be a text")),
    };
    let craft = text("craft", LONGEST_NAME)?;
    let pasted = text("text", LONGEST_TEXT)?;
    let vessel = text("vessel", LONGEST_NAME * 4)?.map(|name| name.trim().to_owned());
    if let Some(unknown) = fields.keys().next() {
        return Err(invalid(unknown, "is not a field of a vessel"));
    }
    let given = match (craft, pasted) {
        (Some(name), None) => Given::Craft(name),
        (None, Some(text)) => Given::Text(text),
        (None, None) => return Err(invalid("craft", "is missing: give a craft or a text")),
        (Some(_), Some(_)) => {
            return Err(invalid("text", "give a craft or a text, not both"));
        }
    };
    Ok(Order { given, vessel })
}

/// What is read, opened, and how many bytes it has.
pub fn open(given: &Given, folder: &CraftFolder) -> Result<(Box<dyn BufRead>, u64), CraftError> {
    match given {
        Given::Craft(name) => {
            let (file, bytes): (File, u64) = folder.open(name)?;
            Ok((Box::new(BufReader::with_capacity(64 * 1024, file)), bytes))
        }
        Given::Text(text) => {
            let bytes = text.len() as u64;
            Ok((Box::new(Cursor::new(text.clone().into_bytes())), bytes))
        }
    }
}

/// Looks into what was given, as far as that is quick, and says the vessel's name where it is found
/// and how many bytes there are to read. The error names the field.
pub fn check(order: &Order, folder: &CraftFolder) -> Result<(Option<String>, u64), QueueError> {
    let field = match order.given {
        Given::Craft(_) => "craft",
        Given::Text(_) => "text",
    };
    let (input, bytes) =
        open(&order.given, folder).map_err(|error| invalid(field, &error.to_string()))?;
    if bytes > LOOKED_THROUGH {
        return Ok((order.vessel.clone(), bytes));
    }
    let wanted = order.vessel.as_deref();
    let contents = list_vessels(input).map_err(|error| invalid(field, &sentence(&error)))?;
    let of_vessel = |error: craft::Error| invalid("vessel", &sentence(&error));
    let name = match contents {
        Contents::Craft(name) => {
            check_craft_name(&name, wanted).map_err(of_vessel)?;
            name
        }
        Contents::Save(vessels) => {
            let chosen = choose_vessel(&vessels, wanted).map_err(of_vessel)?;
            chosen.name.clone()
        }
    };
    Ok((Some(name).filter(|name| !name.is_empty()), bytes))
}

/// An error of a field of the input; of the input itself where the field is empty.
pub fn invalid(field: &str, problem: &str) -> QueueError {
    let dot = if field.is_empty() { "" } else { "." };
    FieldError::new(format!("input{dot}{field}"), Rule::legacy(problem)).into()
}

#[cfg(test)]
mod tests {
    use super::{Given, LONGEST_TEXT, check, read};
    use crate::queue::QueueError;
    use crate::studio::CraftFolder;
    use serde_json::{Value, json};

    const SAVE: &str = "GAME{FLIGHTSTATE{VESSEL{pid=p1\nname=Ann\n}VESSEL{pid=p2\nname=Bob\n}\
                        VESSEL{pid=p3\nname=Bob\n}}}";

    fn refused(input: &Value) -> (String, String) {
        let folder = tempfile::tempdir().unwrap();
        let checked = read(input.clone())
            .and_then(|order| check(&order, &CraftFolder::at(folder.path())).map(|_| ()));
        match checked {
            Err(QueueError::Invalid(error)) => {
                (error.field, error.rule.in_language(crate::i18n::Lang::En))
            }
            other => panic!("{input}: {other:?}"),
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_what_to_do() {
        for (input, field, said) in [
            (json!([]), "input", "object"),
            (json!({}), "input.craft", "give a craft or a text"),
            (
                json!({"craft": "a.craft", "text": "a"}),
                "input.text",
                "not both",
            ),
            (json!({"craft": 7}), "input.craft", "must be a text"),
            (json!({"craft": " "}), "input.craft", "empty"),
            (json!({"craft": "a.craft"}), "input.craft", "no such file"),
            (
                json!({"craft": "../a.craft"}),
                "input.craft",
                "craft folder",
            ),
            (
                json!({"craft": "x".repeat(201)}),
                "input.craft",
                "200 bytes",
            ),
            (
                json!({"text": "x".repeat(LONGEST_TEXT + 1)}),
                "input.text",
                "bytes at most",
            ),
            (json!({"text": "hello"}), "input.text", "neither"),
            (json!({"text": "A{"}), "input.text", "line 1"),
            (json!({"text": SAVE}), "input.vessel", "Ann, Bob, Bob"),
            (
                json!({"text": SAVE, "vessel": "Eve"}),
                "input.vessel",
                "Ann, Bob, Bob",
            ),
            (
                json!({"text": SAVE, "vessel": "Bob"}),
                "input.vessel",
                "p2, p3",
            ),
            (
                json!({"text": "ship=Ann\nPART{}", "vessel": "Bob"}),
                "input.vessel",
                "Ann",
            ),
            (
                json!({"text": "a", "speed": 1}),
                "input.speed",
                "not a field",
            ),
        ] {
            let (named, problem) = refused(&input);
            assert_eq!(named, field, "{input}: {problem}");
            assert!(problem.contains(said), "{input}: {problem}");
        }
    }

    #[test]
    fn the_vessel_is_found_by_name_or_pid() {
        let folder = tempfile::tempdir().unwrap();
        let folder = CraftFolder::at(folder.path());
        for (vessel, name) in [("Ann", "Ann"), ("p3", "Bob")] {
            let order = read(json!({"text": SAVE, "vessel": vessel})).unwrap();
            assert_eq!(check(&order, &folder).unwrap().0.as_deref(), Some(name));
        }
        let order = read(json!({"text": "ship = Kerbal X\nPART{"})).unwrap();
        assert!(matches!(order.given, Given::Text(_)));
        assert_eq!(
            check(&order, &folder).unwrap().0.as_deref(),
            Some("Kerbal X")
        );
    }

    #[test]
    fn a_name_is_trimmed_and_a_text_may_be_as_long_as_it_may() {
        let order = read(json!({"text": "x".repeat(LONGEST_TEXT), "vessel": " Ann "})).unwrap();
        assert_eq!(order.vessel.as_deref(), Some("Ann"));
    }
}
