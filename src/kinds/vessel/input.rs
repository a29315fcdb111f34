//! What may be asked for, and what the row stores of it.

use super::VesselMessage;
use super::error::message;
use crate::kinds::vessel::craft_folder::{
    CraftError, CraftFolder, MAX_CRAFT_FILE_BYTES, MAX_CRAFT_NAME_BYTES,
};
use crate::queue::QueueError;
use crate::validation::{FieldError, Rule, Unit};
use craft::{Contents, check_craft_name, choose_vessel, list_vessels};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};
use validator::{Validate, ValidationError};

/// Maximum size of a text in bytes, which is also the limit of a request.
const MAX_TEXT: usize = 1024 * 1024;
/// Characters of a text, which its bytes limit as well.
const MAX_TEXT_LENGTH: u64 = MAX_TEXT as u64;
/// Characters of a file's name, as the craft folder limits its bytes.
const MAX_CRAFT_NAME: u64 = MAX_CRAFT_NAME_BYTES as u64;
/// Characters of the name or pid of a vessel.
const MAX_VESSEL_NAME: u64 = 200;
/// The largest file that is read through before the job is created, in bytes; for a larger file the job does it.
const MAX_PREVIEW: u64 = 8 * 1024 * 1024;

/// What may be asked for.
#[derive(Debug, PartialEq, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{ "required": ["craft"] }, { "required": ["text"] }]))]
pub struct Input {
    /// Name of a .craft or .sfs file in the craft folder, such as Ships/VAB/Kerbal X.craft
    #[validate(length(min = 1, max = MAX_CRAFT_NAME))]
    craft: Option<String>,
    /// The text of a craft or save file, in place of craft
    #[validate(length(min = 1, max = MAX_TEXT_LENGTH), custom(function = "fits_request"))]
    text: Option<String>,
    /// Name or pid of the vessel, for a save that has several
    #[validate(length(min = 1, max = MAX_VESSEL_NAME))]
    vessel: Option<String>,
}

/// The length of a text is also limited in bytes, which the schema cannot express.
fn fits_request(text: &str) -> Result<(), ValidationError> {
    if text.len() > MAX_TEXT {
        let unit = Unit::Bytes;
        return Err(Rule::TooLong {
            max: MAX_TEXT,
            unit,
        }
        .into());
    }
    Ok(())
}

impl Input {
    /// The input as the row stores it. An error names the field.
    pub fn stored(self) -> Result<StoredVesselInput, FieldError> {
        let source = match (self.craft, self.text) {
            (Some(name), None) => Source::Craft(name),
            (None, Some(text)) => Source::Text(text),
            (None, None) => return Err(invalid("craft", &VesselMessage::SourceMissing)),
            (Some(_), Some(_)) => return Err(invalid("text", &VesselMessage::TwoSources)),
        };
        let vessel = self.vessel.map(|name| name.trim().to_owned());
        Ok(StoredVesselInput { source, vessel })
    }
}

/// What the row stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredVesselInput {
    #[serde(flatten)]
    pub source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vessel: Option<String>,
}

impl StoredVesselInput {
    /// The name of its file without folders and extension; empty for a text.
    pub fn file_stem(&self) -> &str {
        let file = match &self.source {
            Source::Craft(file) => file.rsplit('/').next().unwrap_or(file),
            Source::Text(_) => "",
        };
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// A file by its name in the craft folder.
    Craft(String),
    Text(String),
}

impl Source {
    /// The field of the input that the source comes from.
    fn field(&self) -> &'static str {
        match self {
            Self::Craft(_) => "craft",
            Self::Text(_) => "text",
        }
    }

    /// Opens the source, and returns its length in bytes.
    pub fn open(&self, folder: &CraftFolder) -> Result<(Box<dyn BufRead>, u64), CraftError> {
        match self {
            Self::Craft(name) => {
                let (file, bytes): (File, u64) = folder.open(name)?;
                Ok((Box::new(BufReader::with_capacity(64 * 1024, file)), bytes))
            }
            Self::Text(text) => {
                let bytes = text.len() as u64;
                Ok((Box::new(Cursor::new(text.clone().into_bytes())), bytes))
            }
        }
    }
}

/// Reads through the source if it is small. Returns the vessel's name, if it was found, and the length of the source in
/// bytes. An error names the field.
pub fn preview(
    input: &StoredVesselInput,
    folder: &CraftFolder,
) -> Result<(Option<String>, u64), QueueError> {
    let field = input.source.field();
    let (file, bytes) = input
        .source
        .open(folder)
        .map_err(|error| invalid(field, &craft_error(&error)))?;
    let requested_name = input.vessel.as_deref();
    if bytes > MAX_PREVIEW {
        return Ok((input.vessel.clone(), bytes));
    }
    let contents = list_vessels(file).map_err(|error| invalid(field, &message(&error)))?;
    let of_vessel = |error: craft::Error| invalid("vessel", &message(&error));
    let name = match contents {
        Contents::Craft(name) => {
            check_craft_name(&name, requested_name).map_err(of_vessel)?;
            name
        }
        Contents::Save(vessels) => {
            let chosen = choose_vessel(&vessels, requested_name).map_err(of_vessel)?;
            chosen.name.clone()
        }
    };
    Ok((Some(name).filter(|name| !name.is_empty()), bytes))
}

/// Why a file of the craft folder cannot be chosen.
fn craft_error(error: &CraftError) -> VesselMessage {
    match error {
        CraftError::Name => VesselMessage::CraftName {
            bytes: MAX_CRAFT_NAME_BYTES,
        },
        CraftError::Missing => VesselMessage::CraftMissing,
        CraftError::Outside => VesselMessage::CraftOutside,
        CraftError::TooLarge => VesselMessage::CraftTooLarge {
            size: MAX_CRAFT_FILE_BYTES / (1024 * 1024),
        },
        CraftError::Io(error) => VesselMessage::Unreadable {
            problem: error.to_string(),
        },
    }
}

/// The error of an input field, with a text of this kind.
fn invalid(field: &str, message: &VesselMessage) -> FieldError {
    let reason = message.into();
    FieldError::new(format!("input.{field}"), Rule::Other { reason })
}

#[cfg(test)]
mod tests {
    use super::{Input, MAX_TEXT, Source, StoredVesselInput, preview};
    use crate::kinds::vessel::craft_folder::CraftFolder;
    use crate::queue::QueueError;
    use crate::validation::{read_input, schema_of};
    use serde_json::{Value, json};

    const SAVE: &str = "GAME{FLIGHTSTATE{VESSEL{pid=p1\nname=Ann\n}VESSEL{pid=p2\nname=Bob\n}\
                        VESSEL{pid=p3\nname=Bob\n}}}";

    fn read(input: &Value) -> Result<StoredVesselInput, QueueError> {
        Ok(read_input::<Input>(input)?.stored()?)
    }

    fn rejected(input: &Value) -> (String, String) {
        let folder = tempfile::tempdir().unwrap();
        let checked = read(input)
            .and_then(|stored| preview(&stored, &CraftFolder::at(folder.path())).map(|_| ()));
        match checked {
            Err(QueueError::Invalid(error)) => {
                (error.field, error.rule.in_language(crate::i18n::Lang::En))
            }
            other => panic!("{input}: {other:?}"),
        }
    }

    #[test]
    fn an_error_names_the_field_and_what_to_do() {
        for (input, field, expected) in [
            (json!([]), "input", "object"),
            (json!({}), "input.craft", "give a craft or a text"),
            (
                json!({"craft": "a.craft", "text": "a"}),
                "input.text",
                "not both",
            ),
            (json!({"craft": 7}), "input.craft", "must be a string"),
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
                "200 characters",
            ),
            (
                json!({"text": "x".repeat(MAX_TEXT + 1)}),
                "input.text",
                "1048576 characters",
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
                "is unknown",
            ),
        ] {
            let (named, problem) = rejected(&input);
            assert_eq!(named, field, "{input}: {problem}");
            assert!(problem.contains(expected), "{input}: {problem}");
        }
    }

    #[test]
    fn the_vessel_is_found_by_name_or_pid() {
        let folder = tempfile::tempdir().unwrap();
        let folder = CraftFolder::at(folder.path());
        for (vessel, name) in [("Ann", "Ann"), ("p3", "Bob")] {
            let stored = read(&json!({"text": SAVE, "vessel": vessel})).unwrap();
            assert_eq!(preview(&stored, &folder).unwrap().0.as_deref(), Some(name));
        }
        let stored = read(&json!({"text": "ship = Kerbal X\nPART{"})).unwrap();
        assert!(matches!(stored.source, Source::Text(_)));
        assert_eq!(
            preview(&stored, &folder).unwrap().0.as_deref(),
            Some("Kerbal X")
        );
    }

    #[test]
    fn a_name_is_trimmed_and_a_text_may_have_a_mebibyte() {
        let stored = read(&json!({"text": "x".repeat(MAX_TEXT), "vessel": " Ann "})).unwrap();
        assert_eq!(stored.vessel.as_deref(), Some("Ann"));
    }

    #[test]
    fn the_schema_has_the_limits_and_asks_for_one_source() {
        let expected = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "craft": { "type": "string", "minLength": 1, "maxLength": 200,
                           "description": "Name of a .craft or .sfs file in the craft folder, such as Ships/VAB/Kerbal X.craft" },
                "text": { "type": "string", "minLength": 1, "maxLength": MAX_TEXT,
                          "description": "The text of a craft or save file, in place of craft" },
                "vessel": { "type": "string", "minLength": 1, "maxLength": 200,
                            "description": "Name or pid of the vessel, for a save that has several" }
            },
            "oneOf": [{ "required": ["craft"] }, { "required": ["text"] }]
        });
        assert_eq!(schema_of::<Input>(), expected);
    }
}
