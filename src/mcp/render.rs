//! Answers as text and as structured content.
//!
//! # Layout
//! - [`tool`]: the tools by name, and the tool that carries out a next action
//! - [`listed_names`]: replaces the names of tools in texts by those that this server lists
//! - [`uri`]: the URIs of resources
//! - [`output`]: the structured content of answers; [`schema`]: its JSON Schemas
//! - [`text`]: the same as text
//! - [`reply`]: an answer of a tool, in both forms

pub mod listed_names;
pub mod output;
pub mod reply;
pub mod schema;
pub mod text;
pub mod tool;
pub mod uri;
