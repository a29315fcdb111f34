//! A kind of job for tests.

use jobtray::i18n::Translation;
use jobtray::job::{Action, JobId};
use jobtray::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use jobtray::validation::{FieldError, Rule, ValueType};
use serde_json::{Value, json};

/// A kind that needs a scene. No worker runs it: tests claim its jobs themselves.
pub struct Film;

impl KindSpec for Film {
    fn kind(&self) -> &'static str {
        "film"
    }

    fn label(&self) -> Translation {
        Translation::new("Film", "Film")
    }

    fn input_schema(&self) -> Value {
        json!({ "type": "object", "required": ["sceneId"] })
    }

    fn action(&self) -> Action {
        Action::Watch
    }

    fn prepare<'a>(&'a self, _: &'a Caller, input: Value) -> Preparing<'a> {
        Box::pin(async move {
            let invalid = |field: &str, rule| QueueError::from(FieldError::new(field, rule));
            if !input.is_object() {
                return Err(invalid(
                    "input",
                    Rule::Type {
                        expected: ValueType::Object,
                    },
                ));
            }
            let Some(scene) = input["sceneId"].as_str() else {
                return Err(invalid("input.sceneId", Rule::Required));
            };
            Ok(Prepared {
                name: format!("Film of {scene}"),
                name_text: None,
                estimate_seconds: Some(10.0),
                refs: vec![format!("scene:{scene}")],
                input,
            })
        })
    }

    fn page(&self, id: &JobId) -> String {
        format!("/segments/{id}")
    }
}
