//! The input of the kind `script`: a script's name and its arguments. An error names the field.

use crate::queue::QueueError;
use crate::validation::{FieldError, Rule, check_name};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Characters of a script's name.
const LONGEST_NAME: usize = 200;
const MOST_ARGS: usize = 100;
/// Bytes of an argument.
const LONGEST_ARG: usize = 4096;
/// Characters of a script's name within the names of jobs and files, which have 200.
const LONGEST_SHORT_NAME: usize = 180;

/// The checked input, as it is stored with the job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    pub script: String,
    pub args: Vec<String>,
}

impl Input {
    /// The script's name, cut if it is long.
    pub fn short_name(&self) -> String {
        if self.script.chars().count() <= LONGEST_SHORT_NAME {
            return self.script.clone();
        }
        let end: String = self.script.chars().take(LONGEST_SHORT_NAME - 1).collect();
        format!("{end}…")
    }

    /// The name under which the output is downloaded.
    pub fn download_name(&self) -> String {
        let name = self.short_name();
        let name = name.rsplit('/').next().unwrap_or(&name);
        format!("{name}.txt")
    }
}

/// The JSON Schema of the input, with the names of the scripts as examples.
pub fn schema(names: &[String]) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["script"],
        "properties": {
            "script": { "type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "examples": names,
                        "description": "Name of a file in the scripts folder" },
            "args": { "type": "array", "maxItems": MOST_ARGS, "items": { "type": "string", "maxLength": LONGEST_ARG },
                      "description": "Arguments, each handed over as it is: no shell reads them" }
        }
    })
}

/// Reads the input; an unknown field is an error.
pub fn read(input: Value) -> Result<Input, QueueError> {
    let Value::Object(mut fields) = input else {
        return Err(invalid("input", "must be an object"));
    };
    let read = Input {
        script: script(fields.remove("script"))?,
        args: args(fields.remove("args"))?,
    };
    match fields.keys().next() {
        Some(field) => Err(invalid(
            &format!("input.{field}"),
            "is not a field of a script",
        )),
        None => Ok(read),
    }
}

/// The error of a field of the input.
pub fn invalid(field: &str, problem: impl Into<String>) -> QueueError {
    FieldError::new(field, Rule::legacy(&problem.into())).into()
}

fn script(value: Option<Value>) -> Result<String, QueueError> {
    let refuse = |problem: String| Err(invalid("input.script", problem));
    let name = match value {
        Some(Value::String(name)) => name,
        None | Some(Value::Null) => return refuse("is missing".to_owned()),
        Some(_) => return refuse("must be a text".to_owned()),
    };
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return refuse(format!("must be 1 to {LONGEST_NAME} characters"));
    }
    if name.chars().any(char::is_control) {
        return refuse("must not contain control characters".to_owned());
    }
    match check_name(&name) {
        Ok(()) => Ok(name),
        Err(rule) => Err(FieldError::new("input.script", rule).into()),
    }
}

fn args(value: Option<Value>) -> Result<Vec<String>, QueueError> {
    let args = match value {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(args)) => args,
        Some(_) => return Err(invalid("input.args", "must be a list of texts")),
    };
    if args.len() > MOST_ARGS {
        return Err(invalid(
            "input.args",
            format!("must be {MOST_ARGS} at most"),
        ));
    }
    let texts = args.into_iter().enumerate().map(|(place, arg)| {
        let refuse = |problem: String| Err(invalid(&format!("input.args[{place}]"), problem));
        match arg {
            Value::String(arg) if arg.len() > LONGEST_ARG => {
                refuse(format!("must be {LONGEST_ARG} bytes at most"))
            }
            Value::String(arg) if arg.contains('\0') => refuse("must not hold NUL".to_owned()),
            Value::String(arg) => Ok(arg),
            _ => refuse("must be a text".to_owned()),
        }
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::{invalid, read};
    use serde_json::json;

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
            let error = read(input.clone()).unwrap_err().to_string();
            let expected = invalid(field, "").to_string();
            assert!(error.starts_with(&expected), "{input}: {error}");
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
}
