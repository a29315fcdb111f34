//! The names of tools as this server lists them, in whatever it says of them: most clients can call only
//! what is listed.

use super::start;
use super::tool::Tool;
use crate::queue::KindRegistry;
use rmcp::model::{CallToolResult, ContentBlock};
use serde_json::Value;
use std::collections::HashMap;

/// Fields of answers that name a tool, and those that speak of tools.
const NAMES: [&str; 2] = ["tool", "expect"];

/// Dotted names by the plain ones; none where the plain ones are listed.
#[derive(Default)]
pub struct Naming(HashMap<String, String>);

impl Naming {
    pub fn dotted(registry: &KindRegistry) -> Self {
        let fixed = Tool::ALL.map(|tool| (tool.name().to_owned(), tool.dotted().to_owned()));
        let starts = registry.iter().map(|spec| {
            let kind = spec.kind();
            (start::name(kind), start::dotted(kind))
        });
        Self(starts.chain(fixed).collect())
    }

    /// A text with the names that are listed.
    pub fn text(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let in_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let pieces = text.split_inclusive(|c| !in_name(c));
        let renamed = pieces.map(|piece| {
            let name = piece.trim_end_matches(|c| !in_name(c));
            let rest = &piece[name.len()..];
            let listed = self.0.get(name).map_or(name, String::as_str);
            format!("{listed}{rest}")
        });
        renamed.collect()
    }

    /// The same in the fields of an answer that name a tool or speak of one; what people wrote stays.
    pub fn value(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (field, value) in fields {
                    match value {
                        Value::String(text) if NAMES.contains(&field.as_str()) => {
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

    /// An answer with the names that are listed.
    pub fn result(&self, mut result: CallToolResult) -> CallToolResult {
        if self.0.is_empty() {
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
    use super::{KindRegistry, Naming};
    use serde_json::json;

    #[test]
    fn names_are_those_that_are_listed_and_what_people_wrote_stays() {
        let dotted = Naming::dotted(&KindRegistry::default());
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
            assert_eq!(Naming::default().text(text), text);
        }
        let mut answer = json!({
            "name": "retry_job", "nextAction": { "tool": "retry_job" }, "logs": [{ "text": "retry_job" }],
        });
        dotted.value(&mut answer);
        assert_eq!(answer["nextAction"]["tool"], "jobs.retry");
        assert_eq!(answer["name"], "retry_job");
        assert_eq!(answer["logs"][0]["text"], "retry_job");
    }
}
