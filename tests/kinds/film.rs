//! A kind of work for tests.

use jobtray::i18n::Translation;
use jobtray::job::{Action, JobId};
use jobtray::queue::{Caller, KindSpec, Prepared, Preparing, QueueError};
use serde_json::{Value, json};

/// A kind that asks for a scene and is never done by itself.
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
            let invalid = |field: &str, problem: &str| QueueError::Invalid {
                field: field.to_owned(),
                problem: problem.to_owned(),
            };
            if !input.is_object() {
                return Err(invalid("input", "expected an object"));
            }
            let Some(scene) = input["sceneId"].as_str() else {
                return Err(invalid("input.sceneId", "is required"));
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
