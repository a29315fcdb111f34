//! The input of the kind `script`: a script's name and its arguments. An error names the field.

use crate::validation::{FieldError, Rule, Unit, plain_name, schema_of};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use validator::{Validate, ValidationError};

/// Characters of a script's name.
const MAX_NAME: u64 = 200;
const MAX_ARGS: u64 = 100;
/// Bytes of an argument, so at most as many characters.
const MAX_ARG_SIZE: usize = 4096;
/// Characters of a script's name within the names of jobs and files, which have 200.
const MAX_SHORT_NAME: usize = 180;

/// What a caller may ask for. The job stores it in the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Name of a file in the scripts folder
    #[validate(length(min = 1, max = MAX_NAME), custom(function = "plain_name"))]
    pub script: String,
    /// Arguments, each handed over as it is: no shell reads them
    #[validate(length(max = MAX_ARGS), custom(function = "plain_args"))]
    #[schemars(inner(length(max = MAX_ARG_SIZE)))]
    #[serde(default)]
    pub args: Vec<String>,
}

impl Input {
    /// The script's name, cut if it is long.
    pub fn short_name(&self) -> String {
        if self.script.chars().count() <= MAX_SHORT_NAME {
            return self.script.clone();
        }
        let end: String = self.script.chars().take(MAX_SHORT_NAME - 1).collect();
        format!("{end}…")
    }

    /// The name under which the output is downloaded.
    pub fn download_name(&self) -> String {
        let name = self.short_name();
        let name = name.rsplit('/').next().unwrap_or(&name);
        format!("{name}.txt")
    }
}

/// The JSON Schema of the input, with the names of scripts as examples.
pub fn schema(names: &[String]) -> Value {
    let mut schema = schema_of::<Input>();
    schema["properties"]["script"]["examples"] = json!(names);
    if let Some(args) = schema["properties"]["args"].as_object_mut() {
        // The derive adds the empty list, which is of no use to a reader.
        args.remove("default");
    }
    schema
}

/// An error names the argument, such as `input.args[2]`.
fn plain_args(args: &[String]) -> Result<(), ValidationError> {
    for (index, arg) in args.iter().enumerate() {
        if arg.len() > MAX_ARG_SIZE {
            let (max, unit) = (MAX_ARG_SIZE, Unit::Bytes);
            return Err(FieldError::at_index(index, Rule::TooLong { max, unit }));
        }
        if arg.contains('\0') {
            return Err(FieldError::at_index(index, Rule::ControlCharacters));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Input, schema};
    use crate::validation::{FieldError, read_input};
    use serde_json::{Value, json};

    fn read(input: Value) -> Result<Input, FieldError> {
        read_input(&input)
    }

    #[test]
    fn an_input_is_read_unchanged() {
        let input =
            read(json!({ "script": "a b/c.sh", "args": ["", "$(touch x)", "é\n"] })).unwrap();
        assert_eq!(input.script, "a b/c.sh");
        assert_eq!(input.args, ["", "$(touch x)", "é\n"]);
        let plain = read(json!({ "script": "c.sh", "args": null })).unwrap();
        assert!(plain.args.is_empty());
    }

    #[test]
    fn an_error_names_its_field() {
        for (input, field) in [
            (json!("c.sh"), "input"),
            (json!({}), "input.script"),
            (json!({ "script": 1 }), "input.script"),
            (json!({ "script": "" }), "input.script"),
            (json!({ "script": "x".repeat(201) }), "input.script"),
            (json!({ "script": "a\nb" }), "input.script"),
            (json!({ "script": "<b>x</b>" }), "input.script"),
            (json!({ "script": "c", "args": "x" }), "input.args"),
            (
                json!({ "script": "c", "args": vec!["x"; 101] }),
                "input.args",
            ),
            (json!({ "script": "c", "args": ["x", 1] }), "input.args[1]"),
            (json!({ "script": "c", "args": ["a\0b"] }), "input.args[0]"),
            (
                json!({ "script": "c", "args": ["x".repeat(4097)] }),
                "input.args[0]",
            ),
            (json!({ "script": "c", "shell": true }), "input.shell"),
        ] {
            let error = read(input.clone()).unwrap_err();
            assert_eq!(error.field, field, "{input}: {error}");
        }
    }

    #[test]
    fn a_long_name_is_cut() {
        let input = read(json!({ "script": "é".repeat(200) })).unwrap();
        assert_eq!(input.short_name().chars().count(), 180);
    }

    #[test]
    fn the_largest_input_is_accepted() {
        let args = vec!["x".repeat(4096); 100];
        let input = read(json!({ "script": "é".repeat(200), "args": args })).unwrap();
        assert_eq!(input.args, args);
    }

    #[test]
    fn the_schema_names_limits_and_examples() {
        let expected = json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["script"],
            "properties": {
                "script": { "type": "string", "minLength": 1, "maxLength": 200, "examples": ["a.sh"],
                            "description": "Name of a file in the scripts folder" },
                "args": { "type": "array", "maxItems": 100, "items": { "type": "string", "maxLength": 4096 },
                          "description": "Arguments, each handed over as it is: no shell reads them" }
            }
        });
        assert_eq!(schema(&["a.sh".to_owned()]), expected);
    }
}
