//! Reads a JSON input into its type.

use super::{FieldError, Rule, Unit, check_name, schema, schema_of};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::borrow::Cow;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

/// The field that holds the input of a job.
const INPUT: &str = "input";

/// The code of the [`ValidationError`] of our own checks, and the name of its parameter that holds the [`Rule`].
const RULE: &str = "rule";

/// Reads the `input` of a job: checks it by the schema of its type, then by serde, then by the validator.
///
/// # Errors
/// The first field that is wrong, as `input.FIELD`, and the rule that it breaks.
pub fn read_input<T: DeserializeOwned + JsonSchema + Validate>(
    input: &Value,
) -> Result<T, FieldError> {
    let schema = schema_of::<T>();
    let read: T = read_checked(&schema, input.clone(), INPUT)?;
    match read.validate() {
        Ok(()) => Ok(read),
        Err(errors) => Err(first_error(&errors, &schema, INPUT)),
    }
}

/// Reads an object whose limits are all in its schema, such as the arguments of a tool.
///
/// # Errors
/// The first field that is wrong, and the rule that it breaks.
pub fn read_fields<T: DeserializeOwned + JsonSchema>(fields: Value) -> Result<T, FieldError> {
    read_checked(&schema_of::<T>(), fields, "")
}

/// Checks a value against a schema, and reads it by serde.
fn read_checked<T: DeserializeOwned>(
    schema: &Value,
    mut value: Value,
    path: &str,
) -> Result<T, FieldError> {
    schema::check(schema, &mut value, path)?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = error.path().to_string();
        let field = match (path, inner.as_str()) {
            (_, ".") => path.to_owned(),
            ("", _) => inner,
            _ => format!("{path}.{inner}"),
        };
        let detail = error.into_inner().to_string();
        FieldError::new(
            field,
            Rule::Malformed {
                format: "JSON".to_owned(),
                detail,
            },
        )
    })
}

/// The first of the validator's errors, in the order of the schema's fields.
fn first_error(errors: &ValidationErrors, schema: &Value, path: &str) -> FieldError {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut names = properties.into_iter().flat_map(serde_json::Map::keys);
    let by_name = |name: &String| {
        let mut fields = errors.errors().iter();
        fields.find(|(field, _)| in_json(field) == *name || **field == *name)
    };
    let in_order = names.find_map(|name| Some((name.clone(), by_name(name)?.1)));
    let any = || errors.errors().iter().next();
    let Some((name, kind)) = in_order.or_else(|| any().map(|(name, kind)| (in_json(name), kind)))
    else {
        return FieldError::new(path, Rule::Required);
    };
    // The validator calls a check of the whole type `__all__`.
    let field = if name.starts_with("__") {
        path.to_owned()
    } else {
        format!("{path}.{name}")
    };
    let inner = properties
        .and_then(|properties| properties.get(&name))
        .unwrap_or(&Value::Null);
    match kind {
        ValidationErrorsKind::Field(errors) => match errors.first() {
            Some(error) => of_validator(error, field),
            None => FieldError::new(field, Rule::Required),
        },
        ValidationErrorsKind::Struct(errors) => first_error(errors, inner, &field),
        ValidationErrorsKind::List(items) => match items.first_key_value() {
            Some((index, errors)) => first_error(
                errors,
                inner.get("items").unwrap_or(inner),
                &format!("{field}[{index}]"),
            ),
            None => FieldError::new(field, Rule::Required),
        },
    }
}

/// Converts the validator's code and parameters to a rule. Our own checks may name an index within the field.
fn of_validator(error: &ValidationError, field: String) -> FieldError {
    let number = |name: &str| error.params.get(name).and_then(Value::as_f64);
    let amount = |name: &str| {
        error
            .params
            .get(name)
            .and_then(Value::as_u64)
            .and_then(|n| usize::try_from(n).ok())
    };
    let rule = match error.code.as_ref() {
        "range" => match (number("min"), number("max")) {
            (Some(min), Some(max)) => Rule::Range { min, max },
            (Some(min), None) => Rule::Minimum { min },
            (None, max) => Rule::Maximum {
                max: max.unwrap_or(f64::MAX),
            },
        },
        "length" => {
            let is_list = error.params.get("value").is_some_and(Value::is_array);
            let unit = if is_list {
                Unit::Entries
            } else {
                Unit::Characters
            };
            let empty = error.params.get("value").is_some_and(|value| value == "");
            match (amount("min"), amount("max")) {
                (Some(1), _) if empty => Rule::NotEmpty,
                (None | Some(0), Some(max)) => Rule::TooLong { max, unit },
                (min, max) => Rule::Length {
                    min: min.unwrap_or(0),
                    max: max.unwrap_or(usize::MAX),
                    unit,
                },
            }
        }
        RULE => {
            let rule = error.params.get(RULE).cloned().unwrap_or_default();
            let index = error
                .params
                .get("index")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let rule = serde_json::from_value(rule).unwrap_or(Rule::Required);
            return FieldError::new(format!("{field}{index}"), rule);
        }
        _ => Rule::Required,
    };
    FieldError::new(field, rule)
}

/// The name of a field in JSON, from its name in Rust.
fn in_json(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut upper = false;
    for c in field.chars() {
        if c == '_' && !name.is_empty() {
            upper = true;
        } else {
            name.push(if upper { c.to_ascii_uppercase() } else { c });
            upper = false;
        }
    }
    name
}

impl From<Rule> for ValidationError {
    fn from(rule: Rule) -> Self {
        let mut error = Self::new(RULE);
        error.add_param(Cow::Borrowed(RULE), &rule);
        error
    }
}

impl FieldError {
    /// The error at an index within the checked field, such as `[2]`, for the check of a list.
    #[must_use]
    pub fn at_index(index: usize, rule: Rule) -> ValidationError {
        let mut error = ValidationError::from(rule);
        error.add_param(Cow::Borrowed("index"), &format!("[{index}]"));
        error
    }
}

/// A check for `#[validate(custom(function = …))]`: a text of one line.
///
/// # Errors
/// [`Rule::ControlCharacters`].
pub fn no_control_characters(text: &str) -> Result<(), ValidationError> {
    if text.chars().any(char::is_control) {
        Err(Rule::ControlCharacters.into())
    } else {
        Ok(())
    }
}

/// The same for a text of several lines: line breaks and tabs are allowed.
///
/// # Errors
/// [`Rule::ControlCharacters`].
pub fn no_control_in_lines(text: &str) -> Result<(), ValidationError> {
    let is_wrong = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.chars().any(is_wrong) {
        Err(Rule::ControlCharacters.into())
    } else {
        Ok(())
    }
}

/// A check for a name of one line that does not look like markup, see [`check_name`].
///
/// # Errors
/// The rule that it breaks.
pub fn plain_name(name: &str) -> Result<(), ValidationError> {
    no_control_characters(name)?;
    check_name(name).map_err(Into::into)
}

#[cfg(test)]
mod tests {
    use super::{FieldError, Rule, Unit, no_control_in_lines, plain_name, read_input};
    use crate::validation::{ValueType, schema_of};
    use schemars::JsonSchema;
    use serde::Deserialize;
    use serde_json::{Value, json};
    use validator::{Validate, ValidationError};

    #[derive(Debug, PartialEq, Deserialize, JsonSchema, Validate)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Baking {
        /// What to bake.
        #[validate(length(min = 1, max = 10), custom(function = "plain_name"))]
        bread_name: String,
        #[validate(range(min = 100.0, max = 300.0))]
        heat: Option<f64>,
        #[validate(range(min = 1, max = 40))]
        #[schemars(extend("multipleOf" = 2))]
        #[serde(default = "usual")]
        loaves: u32,
        #[validate(length(max = 2), custom(function = "clean"))]
        #[schemars(inner(length(min = 1, max = 5)))]
        #[serde(default)]
        extras: Vec<String>,
        crust: Option<Crust>,
        #[validate(custom(function = "no_control_in_lines"))]
        note: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize, JsonSchema)]
    #[serde(rename_all = "snake_case")]
    enum Crust {
        Soft,
        Hard,
    }

    fn usual() -> u32 {
        2
    }

    fn clean(extras: &[String]) -> Result<(), ValidationError> {
        match extras.iter().position(|extra| extra.contains('\0')) {
            Some(index) => Err(FieldError::at_index(index, Rule::ControlCharacters)),
            None => Ok(()),
        }
    }

    fn baking(extra: Value) -> Result<Baking, FieldError> {
        let mut input = json!({ "breadName": "rye" });
        let Value::Object(extra) = extra else {
            panic!("an object")
        };
        for (name, value) in extra {
            input[name] = value;
        }
        read_input(&input)
    }

    #[test]
    fn each_broken_rule_names_its_field() {
        let allowed = || vec!["soft".to_owned(), "hard".to_owned()];
        let wrong_type = |expected| Rule::Type { expected };
        for (extra, field, rule) in [
            (
                json!({"breadName": null}),
                "input.breadName",
                Rule::Required,
            ),
            (
                json!({"breadName": 7}),
                "input.breadName",
                wrong_type(ValueType::Text),
            ),
            (json!({"breadName": " "}), "input.breadName", Rule::NotEmpty),
            (
                json!({"breadName": "12345678901"}),
                "input.breadName",
                Rule::Length {
                    min: 1,
                    max: 10,
                    unit: Unit::Characters,
                },
            ),
            (json!({"breadName": "<b>"}), "input.breadName", Rule::Markup),
            (
                json!({"breadName": "a\u{7}"}),
                "input.breadName",
                Rule::ControlCharacters,
            ),
            (
                json!({"heat": 99}),
                "input.heat",
                Rule::Range {
                    min: 100.0,
                    max: 300.0,
                },
            ),
            (
                json!({"heat": "hot"}),
                "input.heat",
                wrong_type(ValueType::Number),
            ),
            (
                json!({"loaves": 0}),
                "input.loaves",
                Rule::Range {
                    min: 1.0,
                    max: 40.0,
                },
            ),
            (
                json!({"loaves": 3}),
                "input.loaves",
                Rule::MultipleOf { of: 2 },
            ),
            (
                json!({"loaves": 2.5}),
                "input.loaves",
                wrong_type(ValueType::Integer),
            ),
            (
                json!({"loaves": 1e300}),
                "input.loaves",
                Rule::Range {
                    min: 1.0,
                    max: 40.0,
                },
            ),
            (
                json!({"extras": "nuts"}),
                "input.extras",
                wrong_type(ValueType::List),
            ),
            (
                json!({"extras": ["a", "b", "c"]}),
                "input.extras",
                Rule::TooLong {
                    max: 2,
                    unit: Unit::Entries,
                },
            ),
            (
                json!({"extras": ["a", 2]}),
                "input.extras[1]",
                wrong_type(ValueType::Text),
            ),
            (
                json!({"extras": ["a", "walnuts"]}),
                "input.extras[1]",
                Rule::Length {
                    min: 1,
                    max: 5,
                    unit: Unit::Characters,
                },
            ),
            (
                json!({"extras": ["a", "b\0"]}),
                "input.extras[1]",
                Rule::ControlCharacters,
            ),
            (
                json!({"crust": "burnt"}),
                "input.crust",
                Rule::OneOf { allowed: allowed() },
            ),
            (
                json!({"note": "a\u{1b}"}),
                "input.note",
                Rule::ControlCharacters,
            ),
        ] {
            assert_eq!(
                baking(extra.clone()),
                Err(FieldError::new(field, rule)),
                "{extra}"
            );
        }
        let unknown = baking(json!({"crumbs": 1})).unwrap_err();
        assert!(
            matches!(&unknown.rule, Rule::Unknown { known } if known.len() == 6),
            "{unknown:?}"
        );
        assert_eq!(
            read_input::<Baking>(&json!([])),
            Err(FieldError::new("input", wrong_type(ValueType::Object)))
        );
    }

    #[test]
    fn what_is_left_out_may_be_null_and_whole_numbers_may_have_a_point() {
        let read =
            baking(json!({"heat": null, "crust": "hard", "loaves": 4.0, "note": "a\r\n\tb"}));
        let expected = Baking {
            bread_name: "rye".to_owned(),
            heat: None,
            loaves: 4,
            extras: Vec::new(),
            crust: Some(Crust::Hard),
            note: Some("a\r\n\tb".to_owned()),
        };
        assert!(
            matches!(&read, Err(error) if error.rule == Rule::ControlCharacters),
            "a carriage return is not a line break"
        );
        let read = baking(json!({"heat": null, "crust": "hard", "loaves": 4.0, "note": "a\n\tb"}));
        assert_eq!(
            read,
            Ok(Baking {
                note: Some("a\n\tb".to_owned()),
                ..expected
            })
        );
    }

    #[test]
    fn the_schema_has_the_limits_of_the_derives() {
        let schema = schema_of::<Baking>();
        assert_eq!(
            schema,
            json!({
                "type": "object",
                "additionalProperties": false,
                "required": ["breadName"],
                "properties": {
                    "breadName": { "type": "string", "minLength": 1, "maxLength": 10, "description": "What to bake." },
                    "heat": { "type": "number", "minimum": 100.0, "maximum": 300.0 },
                    "loaves": { "type": "integer", "minimum": 1, "maximum": 40, "multipleOf": 2, "default": 2 },
                    "extras": { "type": "array", "maxItems": 2, "items": { "type": "string", "minLength": 1, "maxLength": 5 }, "default": [] },
                    "crust": { "type": "string", "enum": ["soft", "hard"] },
                    "note": { "type": "string" }
                }
            }),
        );
    }
}
