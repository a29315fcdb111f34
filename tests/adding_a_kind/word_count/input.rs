use crate::validation::{no_control_in_lines, plain_name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// The input of a word count, with all its limits.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    /// The title of the text.
    #[validate(length(min = 1, max = 80), custom(function = "plain_name"))]
    pub title: String,
    /// The text whose words are counted. An empty line ends a paragraph.
    #[validate(
        length(min = 1, max = 100_000),
        custom(function = "no_control_in_lines")
    )]
    pub text: String,
}
