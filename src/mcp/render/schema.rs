//! JSON Schemas of arguments and answers.

use super::output::ReadyJob;
use rmcp::model::JsonObject;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::Value;

/// The schema of a type, without references: not every client follows them.
pub fn schema_of<T: JsonSchema>() -> JsonObject {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    RecursiveTransform(|schema: &mut schemars::Schema| {
        // Formats such as uint32 are Rust's own; strict clients reject formats that they do not know.
        let known = schema
            .get("format")
            .is_none_or(|format| format == "date-time");
        if !known {
            schema.remove("format");
        }
    })
    .transform(&mut schema);
    schema.remove("title");
    match schema.to_value() {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// The schema of the arguments of a tool: it has no other fields.
pub fn arguments_schema_of<T: JsonSchema>() -> JsonObject {
    let mut schema = schema_of::<T>();
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

/// The schema of an answer. Any answer may carry ready notices.
pub fn output_schema_of<T: JsonSchema>() -> JsonObject {
    let mut schema = schema_of::<T>();
    let ready = Value::Object(schema_of::<Vec<ReadyJob>>());
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert("becameReady".to_owned(), ready);
    }
    schema
}
