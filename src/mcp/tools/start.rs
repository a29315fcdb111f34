//! The tools that start jobs: one per kind, made from the kind's own description of its input.

use super::arguments::{StartArguments, read};
use super::call::ToolCall;
use super::error::ToolError;
use crate::i18n::Lang;
use crate::job::Job;
use crate::mcp::render::schema::arguments_schema_of;
use crate::queue::{KindSpec, NewJob};
use rmcp::model::JsonObject;
use serde_json::{Value, json};

/// The arguments that every start tool has, besides the fields of a kind's input.
const OWN_FIELDS: [&str; 4] = ["input", "name", "notify", "idempotency_key"];

pub fn title(spec: &dyn KindSpec) -> String {
    format!("Start a job: {}", spec.label().get(Lang::En))
}

pub fn description(spec: &dyn KindSpec) -> String {
    let label = spec.label().get(Lang::En);
    let off = match spec.available() {
        Ok(()) => String::new(),
        Err(reason) => format!(" It is off now: {}", reason.english),
    };
    format!(
        "Starts a {} job ({label}) and returns at once with its job_id; the job runs in the background. Then poll \
         get_job_status, no more often than pollAfterSeconds says, or call wait_for_job. When state is completed, call \
         get_job_result; when it is failed, read failure.fix. Give an idempotency_key of your own if you may have to \
         repeat this call.{off}",
        spec.kind(),
    )
}

/// The schema of the kind's own input, and of the arguments that every start tool takes.
pub fn input_schema(spec: &dyn KindSpec) -> JsonObject {
    let mut schema = arguments_schema_of::<StartArguments>();
    let input = spec.input_schema();
    let is_required = matches!(&input["required"], Value::Array(fields) if !fields.is_empty());
    schema["properties"]["input"] = input;
    if is_required {
        schema.insert("required".to_owned(), json!(["input"]));
    }
    schema
}

/// Starts a job. The job is on disk when this returns.
pub async fn start(
    call: &ToolCall<'_>,
    spec: &dyn KindSpec,
    arguments: JsonObject,
) -> Result<Job, ToolError> {
    check_nesting(spec, &arguments)?;
    let arguments: StartArguments = read(arguments)?;
    let input = arguments.input.unwrap_or_else(|| json!({}));
    let new = NewJob {
        name: arguments.name,
        notify: arguments.notify.unwrap_or_default(),
        idempotency_key: arguments.idempotency_key,
        ..NewJob::new(spec.kind(), input)
    };
    Ok(call.context.queue.submit(call.caller, new).await?)
}

/// Assistants tend to leave out the `input` around a kind's fields. The error says where the fields belong.
fn check_nesting(spec: &dyn KindSpec, arguments: &JsonObject) -> Result<(), ToolError> {
    let schema = spec.input_schema();
    let Some(fields) = schema["properties"].as_object() else {
        return Ok(());
    };
    let misplaced = (arguments.keys())
        .find(|key| !OWN_FIELDS.contains(&key.as_str()) && fields.contains_key(*key));
    match misplaced {
        Some(field) => Err(ToolError::invalid(
            field,
            &format!(r#"belongs inside input: {{"input": {{"{field}": …}}}}"#),
        )),
        None => Ok(()),
    }
}
