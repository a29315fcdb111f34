use crate::validation::{no_control_in_lines, plain_name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// The input of a word count. The limits stand here and nowhere else.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    /// What the text is called.
    #[validate(length(min = 1, max = 80), custom(function = "plain_name"))]
    pub title: String,
    /// The text whose words are counted; an empty line ends a paragraph.
    #[validate(
        length(min = 1, max = 100_000),
        custom(function = "no_control_in_lines")
    )]
    pub text: String,
}
