//! Which input is invalid, and which rule it breaks, as data.
//!
//! Every input of a person or program is checked before it changes anything. A check that fails
//! returns a [`FieldError`]: the field and the [`Rule`] that it breaks. It stays data until an interface makes a
//! sentence of it: REST and MCP in English, a form in the reader's language beside the field.
//!
//! # Layout
//! - [`rule`](Rule): the rules, with their sentences in each language
//! - [`name`](check_name): what a name may hold, whatever it names
//! - [`schema`](schema_of): the JSON Schema of an input type, made from its derives (server only)
//! - [`input`](read_input): checks a JSON input by its schema and its validator (server only)
//!
//! # An input type
//!
//! Its limits are written once, in `#[validate(…)]`: schemars puts them into the schema, and the validator checks them.
//!
//! ```
//! # #[cfg(feature = "ssr")] {
//! use jobtray::validation::{FieldError, Rule, read_input, schema_of};
//! use serde_json::json;
//!
//! #[derive(Debug, serde::Deserialize, schemars::JsonSchema, validator::Validate)]
//! #[serde(rename_all = "camelCase", deny_unknown_fields)]
//! struct Input {
//!     /// What to bake.
//!     #[validate(length(min = 1, max = 80))]
//!     bread: String,
//!     /// Degrees Celsius.
//!     #[validate(range(min = 100.0, max = 300.0))]
//!     oven_heat: Option<f64>,
//! }
//!
//! let error = read_input::<Input>(&json!({ "bread": "rye", "ovenHeat": 20 })).unwrap_err();
//! assert_eq!(error, FieldError::new("input.ovenHeat", Rule::Range { min: 100.0, max: 300.0 }));
//! assert_eq!(error.to_string(), "input.ovenHeat: must be from 100 to 300");
//! assert_eq!(schema_of::<Input>()["properties"]["ovenHeat"]["maximum"], 300.0);
//! # }
//! ```

#[cfg(feature = "ssr")]
mod input;
mod name;
mod rule;
#[cfg(feature = "ssr")]
mod schema;

#[cfg(feature = "ssr")]
pub use input::{no_control_characters, no_control_in_lines, plain_name, read_fields, read_input};
pub use name::check_name;
pub use rule::{Format, Rule, Unit, ValueType};
#[cfg(feature = "ssr")]
pub use schema::schema_of;

use crate::i18n::Lang;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A field of an input, and the rule that it breaks. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldError {
    /// The path of the field in JSON, such as `input.cast[2]`; the name of a header or of a query parameter;
    /// empty where no single field is wrong.
    pub field: String,
    #[serde(flatten)]
    pub rule: Rule,
}

impl FieldError {
    #[must_use]
    pub fn new(field: impl Into<String>, rule: Rule) -> Self {
        Self {
            field: field.into(),
            rule,
        }
    }

    /// The same error under the name that the field has where the error is shown.
    #[must_use]
    pub fn renamed(self, field: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            ..self
        }
    }
}

/// The error in English, with the field in front of it.
impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = self.rule.in_language(Lang::En);
        if self.field.is_empty() {
            f.write_str(&rule)
        } else {
            write!(f, "{}: {rule}", self.field)
        }
    }
}

impl std::error::Error for FieldError {}
