//! The tools that start work: one a kind, made from what the kind itself says of its input.

use super::answer::{Answer, JobAnswer, schema_of};
use super::arguments::{self, Start};
use super::assistant::Assistant;
use super::refusal::Refused;
use super::telling::Telling;
use super::{call, task};
use crate::i18n::Lang;
use crate::job::Job;
use crate::queue::{Caller, KindSpec, NewJob};
use rmcp::model::{CallToolResponse, ErrorData, JsonObject};
use rmcp::service::{RequestContext, RoleServer};
use serde_json::{Value, json};

/// Of the tool that starts a kind: `start_scene_job`.
pub fn name(kind: &str) -> String {
    format!("start_{}_job", kind.replace('-', "_"))
}

/// The same, dotted: `jobs.startScene`.
pub fn dotted(kind: &str) -> String {
    let words = kind.split(['_', '-']).map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    format!("jobs.start{}", words.collect::<String>())
}

pub fn title(spec: &dyn KindSpec) -> String {
    format!("Start a job: {}", spec.label().get(Lang::En))
}

pub fn description(spec: &dyn KindSpec) -> String {
    let label = spec.label().get(Lang::En);
    let off = match spec.available() {
        Ok(()) => String::new(),
        Err(why) => format!(" It is off now: {why}"),
    };
    format!(
        "Starts a job of the kind {} ({label}) and returns at once with its job_id; the work goes on in the \
         background. Then poll get_job_status, no more often than pollAfterSeconds says, or call wait_for_job; \
         when state is completed, call get_job_result; when it is failed, read failure.fix. Give an \
         idempotency_key of your own if you may have to repeat this call.{off}",
        spec.kind(),
    )
}

/// The kind's own input, and what every job takes.
pub fn input_schema(spec: &dyn KindSpec) -> JsonObject {
    let mut schema = schema_of::<Start>();
    let input = spec.input_schema();
    let needed = matches!(&input["required"], Value::Array(fields) if !fields.is_empty());
    schema["properties"]["input"] = input;
    if needed {
        schema.insert("required".to_owned(), json!(["input"]));
    }
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

/// Starts a job. A client that knows tasks gets one; any other gets the job. Both are on the disk by then.
pub async fn start(
    assistant: &Assistant,
    caller: &Caller,
    context: &RequestContext<RoleServer>,
    spec: &dyn KindSpec,
    arguments: JsonObject,
) -> Result<CallToolResponse, ErrorData> {
    let job = match submit(assistant, caller, spec, arguments).await {
        Ok(job) => job,
        Err(refused) => {
            let refused = call::refuse(assistant, caller, context, refused).await;
            return Ok(refused.into());
        }
    };
    let knows_tasks = (context.client_capabilities()).is_some_and(|known| known.supports_tasks());
    if knows_tasks {
        let news = call::news(assistant, caller, context, Some(&job)).await;
        let task = task::created(&assistant.mcp, &job, news.as_deref());
        return Ok(CallToolResponse::Task(task));
    }
    let telling = Telling::new(&assistant.mcp.shared.site);
    let answer = Answer::job(&telling, &JobAnswer::of(job.clone()));
    let result = call::finish(assistant, caller, context, Some(&job), answer).await;
    Ok(result.into())
}

async fn submit(
    assistant: &Assistant,
    caller: &Caller,
    spec: &dyn KindSpec,
    arguments: JsonObject,
) -> Result<Job, Refused> {
    misplaced(spec, &arguments)?;
    let start: Start = arguments::read(arguments)?;
    let input = start.input.unwrap_or_else(|| json!({}));
    let new = NewJob {
        name: start.name,
        notify: start.notify.unwrap_or_default(),
        idempotency_key: start.idempotency_key,
        ..NewJob::new(spec.kind(), input)
    };
    Ok(assistant.mcp.shared.queue.submit(caller, new).await?)
}

/// Assistants like to leave out the `input` around a kind's fields: they are told where these belong.
fn misplaced(spec: &dyn KindSpec, arguments: &JsonObject) -> Result<(), Refused> {
    let schema = spec.input_schema();
    let Some(fields) = schema["properties"].as_object() else {
        return Ok(());
    };
    let ours = ["input", "name", "notify", "idempotency_key"];
    let lost = arguments
        .keys()
        .find(|key| !ours.contains(&key.as_str()) && fields.contains_key(*key));
    match lost {
        Some(field) => Err(Refused::invalid(
            field,
            format!(r#"belongs inside input: {{"input": {{"{field}": …}}}}"#),
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{dotted, name};

    #[test]
    fn a_kind_has_both_its_names() {
        for (kind, plain, with_dots) in [
            ("scene", "start_scene_job", "jobs.startScene"),
            ("part_tree", "start_part_tree_job", "jobs.startPartTree"),
            ("my-kind", "start_my_kind_job", "jobs.startMyKind"),
        ] {
            assert_eq!(name(kind), plain);
            assert_eq!(dotted(kind), with_dots);
        }
    }
}
