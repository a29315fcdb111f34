//! The JSON Schema of an input type, and the check of a JSON value by it.

use super::{FieldError, Rule, Unit, ValueType};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// The JSON Schema (draft 2020-12) of a type, as programs and assistants read it: without references, without
/// `null` for optional fields, and without the names of Rust's number types.
///
/// Fields are in alphabetical order, as `serde_json` sorts them.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    settings.meta_schema = None;
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value();
    simplify(&mut schema);
    if let Value::Object(root) = &mut schema {
        root.remove("title");
        root.remove("description");
    }
    schema
}

/// Removes what is of no use to a reader: `null` beside a type, a default of `null`, `format`.
fn simplify(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            unwrap_nullable(fields);
            if matches!(fields.get("format"), Some(Value::String(_))) {
                fields.remove("format");
            }
            if fields.get("default") == Some(&Value::Null) {
                fields.remove("default");
            }
            fields.values_mut().for_each(simplify);
        }
        Value::Array(items) => items.iter_mut().for_each(simplify),
        _ => {}
    }
}

/// `{"type": ["string", "null"]}` becomes `{"type": "string"}`, `{"anyOf": [X, {"type": "null"}]}` becomes `X`.
fn unwrap_nullable(fields: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = fields.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            fields.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(values)) = fields.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(choices)) = fields.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = &choices[..] {
            let only = only.clone();
            fields.remove("anyOf");
            for (name, value) in only {
                fields.entry(name).or_insert(value);
            }
        }
    }
}

/// Checks a value by a schema that [`schema_of`] made, and prepares it for serde: `null` fields are removed, and a
/// whole number that is written as `24.0` becomes `24`.
///
/// The length of a text excludes the white space around it, since inputs are trimmed when they are read.
pub(super) fn check(schema: &Value, value: &mut Value, path: &str) -> Result<(), FieldError> {
    let error = |rule| Err(FieldError::new(path, rule));
    let limit = |name: &str| schema.get(name).and_then(Value::as_f64);
    let Some(expected) = schema
        .get("type")
        .and_then(Value::as_str)
        .and_then(value_type)
    else {
        return Ok(());
    };
    match (expected, &mut *value) {
        (ValueType::Object, Value::Object(fields)) => return check_fields(schema, fields, path),
        (ValueType::List, Value::Array(items)) => {
            let (min, max) = (limit("minItems"), limit("maxItems"));
            check_length(items.len(), min, max, Unit::Entries, path)?;
            if let Some(schema) = schema.get("items") {
                for (place, item) in items.iter_mut().enumerate() {
                    check(schema, item, &format!("{path}[{place}]"))?;
                }
            }
        }
        (ValueType::Text, Value::String(text)) => {
            let length = text.replace("\r\n", "\n").trim().chars().count();
            let (min, max) = (limit("minLength"), limit("maxLength"));
            check_length(length, min, max, Unit::Characters, path)?;
        }
        (ValueType::Boolean, Value::Bool(_)) => {}
        (ValueType::Number | ValueType::Integer, Value::Number(_)) => {
            let number = value.as_f64().unwrap_or(f64::NAN);
            if expected == ValueType::Integer && number.fract() != 0.0 {
                return error(Rule::Type { expected });
            }
            let (min, max) = (limit("minimum"), limit("maximum"));
            let below = min.is_some_and(|min| number < min);
            let above = max.is_some_and(|max| number > max);
            match (min, max) {
                (Some(min), Some(max)) if below || above => return error(Rule::Range { min, max }),
                (Some(min), _) if below => return error(Rule::Minimum { min }),
                (_, Some(max)) if above => return error(Rule::Maximum { max }),
                _ => {}
            }
            if let Some(of) = schema
                .get("multipleOf")
                .and_then(Value::as_u64)
                .and_then(|of| u32::try_from(of).ok())
                && number % f64::from(of) != 0.0
            {
                return error(Rule::MultipleOf { of });
            }
            if expected == ValueType::Integer && value.is_f64() {
                match whole(number) {
                    Some(whole) => *value = whole.into(),
                    None => return error(Rule::Type { expected }),
                }
            }
        }
        _ => return error(Rule::Type { expected }),
    }
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
        && !allowed.contains(value)
    {
        let allowed = allowed.iter().map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        });
        return error(Rule::OneOf {
            allowed: allowed.collect(),
        });
    }
    Ok(())
}

fn check_fields(
    schema: &Value,
    fields: &mut Map<String, Value>,
    path: &str,
) -> Result<(), FieldError> {
    let inside = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Ok(());
    };
    let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    if closed && let Some(unknown) = fields.keys().find(|name| !properties.contains_key(*name)) {
        let known = properties.keys().cloned().collect();
        return Err(FieldError::new(inside(unknown), Rule::Unknown { known }));
    }
    fields.retain(|_, value| !value.is_null());
    let required = schema.get("required").and_then(Value::as_array);
    for (name, schema) in properties {
        match fields.get_mut(name) {
            Some(value) => check(schema, value, &inside(name))?,
            None if required.is_some_and(|names| names.contains(&Value::from(name.as_str()))) => {
                return Err(FieldError::new(inside(name), Rule::Required));
            }
            None => {}
        }
    }
    Ok(())
}

fn check_length(
    length: usize,
    min: Option<f64>,
    max: Option<f64>,
    unit: Unit,
    path: &str,
) -> Result<(), FieldError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "limits are small whole numbers"
    )]
    let (min, max) = (
        min.unwrap_or(0.0) as usize,
        max.map_or(usize::MAX, |max| max as usize),
    );
    let rule = match () {
        () if (min..=max).contains(&length) => return Ok(()),
        () if length == 0 && min == 1 => Rule::NotEmpty,
        () if min == 0 => Rule::TooLong { max, unit },
        () => Rule::Length { min, max, unit },
    };
    Err(FieldError::new(path, rule))
}

fn value_type(name: &str) -> Option<ValueType> {
    Some(match name {
        "string" => ValueType::Text,
        "number" => ValueType::Number,
        "integer" => ValueType::Integer,
        "boolean" => ValueType::Boolean,
        "array" => ValueType::List,
        "object" => ValueType::Object,
        _ => return None,
    })
}

/// A whole number that a double holds exactly.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it was checked to be whole and within 2^53"
)]
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_991.0;
    (number.abs() <= EXACT).then_some(number as i64)
}
