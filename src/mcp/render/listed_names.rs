//! The names of tools as this server lists them. Its texts use only these, since most clients can call only what is
//! listed.

use super::tool::{Tool, dotted_start_tool, start_tool};
use crate::queue::KindRegistry;
use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::Value;
use std::collections::HashMap;

/// Fields of structured content that hold the name of a tool or a text that mentions tools.
const FIELDS_WITH_NAMES: [&str; 2] = ["tool", "expect"];

/// Replaces plain names by the listed ones. By default, the plain names are listed.
#[derive(Debug, Clone, Default)]
pub struct ListedNames {
    /// Dotted names by plain name; empty where the plain names are listed.
    dotted: HashMap<String, String>,
}

impl ListedNames {
    /// Lists the dotted names.
    pub fn dotted(registry: &KindRegistry) -> Self {
        let fixed = Tool::ALL.map(|tool| (tool.name().to_owned(), tool.dotted_name().to_owned()));
        let starts = registry.iter().map(|spec| {
            let kind = spec.kind();
            (start_tool(kind), dotted_start_tool(kind))
        });
        Self {
            dotted: starts.chain(fixed).collect(),
        }
    }

    /// The text with the listed names. A whole word that is the name of a tool is always meant as one: names of tools are
    /// identifiers such as `get_job_status`, which occur nowhere else in our prose.
    pub fn text(&self, text: &str) -> String {
        if self.dotted.is_empty() {
            return text.to_owned();
        }
        let in_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let words = text.split_inclusive(|c| !in_name(c));
        let renamed = words.map(|word| {
            let name = word.trim_end_matches(|c| !in_name(c));
            let rest = &word[name.len()..];
            let listed = self.dotted.get(name).map_or(name, String::as_str);
            format!("{listed}{rest}")
        });
        renamed.collect()
    }

    /// Puts the listed names into structured content. What people wrote, such as a job's name, is not changed.
    pub fn value(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (field, value) in fields {
                    match value {
                        Value::String(text) if FIELDS_WITH_NAMES.contains(&field.as_str()) => {
                            *text = self.text(text);
                        }
                        value => self.value(value),
                    }
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            _ => {}
        }
    }

    /// The answer of a tool with the listed names.
    pub fn result(&self, mut result: CallToolResult) -> CallToolResult {
        if self.dotted.is_empty() {
            return result;
        }
        for block in &mut result.content {
            if let ContentBlock::Text(text) = block {
                text.text = self.text(&text.text);
            }
        }
        if let Some(data) = &mut result.structured_content {
            self.value(data);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::{KindRegistry, ListedNames};
    use serde_json::json;

    #[test]
    fn plain_names_in_a_text_become_the_listed_ones() {
        let dotted = ListedNames::dotted(&KindRegistry::default());
        for (text, listed) in [
            ("call get_job_status again", "call jobs.getStatus again"),
            ("get_job_result.", "jobs.getResult."),
            ("forget_job_status", "forget_job_status"),
            (
                "“get_job_logs”, é retry_job",
                "“jobs.getLogs”, é jobs.retry",
            ),
            ("", ""),
        ] {
            assert_eq!(dotted.text(text), listed);
            assert_eq!(ListedNames::default().text(text), text);
        }
    }

    #[test]
    fn names_in_what_people_wrote_stay_as_they_are() {
        let dotted = ListedNames::dotted(&KindRegistry::default());
        let mut answer = json!({
            "name": "retry_job", "nextAction": { "tool": "retry_job" }, "logs": [{ "text": "retry_job" }],
        });
        dotted.value(&mut answer);
        assert_eq!(answer["nextAction"]["tool"], "jobs.retry");
        assert_eq!(answer["name"], "retry_job");
        assert_eq!(answer["logs"][0]["text"], "retry_job");
    }
}
