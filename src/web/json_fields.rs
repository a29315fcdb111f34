//! Deserializes a JSON value so that an error knows which field it is about.
//!
//! An error of `serde_json` is only a sentence, from which the name of a missing or unknown field would have
//! to be parsed. Here serde passes the name itself, and the path is collected on the way out of the value.
//! The sentences are those of `serde_json`.

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde_json::{Map, Value, map};
use std::fmt;

/// What is wrong with a value, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct BodyError {
    /// Such as `log[0].text`; empty for the whole value.
    pub field: String,
    pub problem: String,
}

/// Reads a value of a known shape.
pub fn deserialize<T: DeserializeOwned>(value: Value) -> Result<T, BodyError> {
    T::deserialize(JsonFields(value))
}

impl BodyError {
    fn of(field: &str, problem: String) -> Self {
        Self {
            field: field.to_owned(),
            problem,
        }
    }

    /// The same error, seen from an object or an array around the value.
    fn inside(mut self, part: &str) -> Self {
        let separator = match self.field.chars().next() {
            None | Some('[') => "",
            Some(_) => ".",
        };
        self.field.insert_str(0, separator);
        self.field.insert_str(0, part);
        self
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl std::error::Error for BodyError {}

impl de::Error for BodyError {
    fn custom<T: fmt::Display>(problem: T) -> Self {
        Self::of("", problem.to_string())
    }

    fn invalid_type(given: Unexpected, expected: &dyn Expected) -> Self {
        let problem = match given {
            Unexpected::Unit => format!("invalid type: null, expected {expected}"),
            given => format!("invalid type: {given}, expected {expected}"),
        };
        Self::of("", problem)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::of(field, format!("missing field `{field}`"))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let known: Vec<_> = expected.iter().map(|name| format!("`{name}`")).collect();
        let expected = match known.as_slice() {
            [] => "there are no fields".to_owned(),
            [one] => format!("expected {one}"),
            [one, other] => format!("expected {one} or {other}"),
            all => format!("expected one of {}", all.join(", ")),
        };
        Self::of(field, format!("unknown field `{field}`, {expected}"))
    }
}

/// A value that is being read.
struct JsonFields(Value);

impl<'de> Deserializer<'de> for JsonFields {
    type Error = BodyError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BodyError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => {
                if let Some(value) = number.as_u64() {
                    visitor.visit_u64(value)
                } else if let Some(value) = number.as_i64() {
                    visitor.visit_i64(value)
                } else {
                    visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
                }
            }
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(JsonItems {
                items: items.into_iter(),
                index: 0,
            }),
            Value::Object(fields) => visitor.visit_map(Fields::of(fields)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, BodyError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, BodyError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, BodyError> {
        match self.0 {
            Value::String(name) => visitor.visit_enum(name.into_deserializer()),
            other => Err(de::Error::invalid_type(
                unexpected(&other),
                &"string or map",
            )),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => Unexpected::Unsigned(value),
            (None, Some(value)) => Unexpected::Signed(value),
            (None, None) => Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

struct JsonItems {
    items: std::vec::IntoIter<Value>,
    index: usize,
}

impl<'de> SeqAccess<'de> for JsonItems {
    type Error = BodyError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, BodyError> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let place = format!("[{}]", self.index);
        self.index += 1;
        let item = seed.deserialize(JsonFields(item));
        item.map(Some).map_err(|error| error.inside(&place))
    }
}

struct Fields {
    fields: map::IntoIter,
    next: Option<(String, Value)>,
}

impl Fields {
    fn of(fields: Map<String, Value>) -> Self {
        Self {
            fields: fields.into_iter(),
            next: None,
        }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = BodyError;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, BodyError> {
        let Some((name, value)) = self.fields.next() else {
            return Ok(None);
        };
        self.next = Some((name.clone(), value));
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, BodyError> {
        // serde asks for a value only after its key.
        let (name, value) = self.next.take().unwrap_or_default();
        seed.deserialize(JsonFields(value))
            .map_err(|error| error.inside(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::{BodyError, deserialize};
    use crate::job::{JobState, Timestamp};
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Outer {
        kind: String,
        state: Option<JobState>,
        inner_items: Option<Vec<Inner>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        size: u32,
        at: Option<Timestamp>,
    }

    #[test]
    fn an_error_names_its_field_and_reads_as_that_of_serde_json() {
        for (value, field) in [
            (json!({}), "kind"),
            (json!([]), ""),
            (json!({"kind": "a", "x": 1}), "x"),
            (json!({"kind": 3}), "kind"),
            (json!({"kind": null}), "kind"),
            (json!({"kind": "a", "state": "sometimes"}), "state"),
            (json!({"kind": "a", "state": 1.5}), "state"),
            (json!({"kind": "a", "innerItems": {}}), "innerItems"),
            (
                json!({"kind": "a", "innerItems": [{"size": 1}, {}]}),
                "innerItems[1].size",
            ),
            (
                json!({"kind": "a", "innerItems": [{"size": -1}]}),
                "innerItems[0].size",
            ),
            (
                json!({"kind": "a", "innerItems": [{"size": 1.5}]}),
                "innerItems[0].size",
            ),
            (
                json!({"kind": "a", "innerItems": [{"size": 1, "at": "soon"}]}),
                "innerItems[0].at",
            ),
            (
                json!({"kind": "a", "innerItems": [{"size": 1, "to": 2}]}),
                "innerItems[0].to",
            ),
        ] {
            let problem = serde_json::from_value::<Outer>(value.clone()).unwrap_err();
            let error = deserialize::<Outer>(value).unwrap_err();
            let expected = BodyError {
                field: field.to_owned(),
                problem: problem.to_string(),
            };
            assert_eq!(error, expected);
        }
    }

    #[test]
    fn what_serde_json_reads_is_read_alike() {
        let value = json!({"kind": "a", "state": null, "innerItems": [{"size": 7, "at": "2026-01-02T03:04:05.000Z"}]});
        let outer: Outer = deserialize(value).unwrap();
        let inner = &outer.inner_items.as_deref().unwrap()[0];
        assert_eq!(
            (outer.kind.as_str(), outer.state, inner.size),
            ("a", None, 7)
        );
        assert!(inner.at.is_some());
    }
}
