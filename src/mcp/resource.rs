//! Jobs, their logs and results by address, and the two texts that teach.

use super::answer::JobAnswer;
use super::refusal::Refused;
use super::{Mcp, PLAYBOOK, content, start};
use crate::i18n::Lang;
use crate::job::{JobId, JobState, Scope};
use crate::queue::{Caller, JobFilter};
use rmcp::model::{
    ErrorData, ListResourcesResult, ReadResourceResult, Resource, ResourceContents,
    ResourceTemplate,
};
use serde_json::{Value, json};

const PLAYBOOK_URI: &str = "jobs://playbook";
const TYPES_URI: &str = "jobs://types";
const JOB: &str = "job://{job_id}";
const JOB_RESULT: &str = "job://{job_id}/result";
const JOB_LOGS: &str = "job://{job_id}/logs";
/// Jobs of one page of the list; each stands there once, its parts are found by the templates.
const PAGE: u32 = 50;
/// Log lines of one reading; the tool reads on from there.
const LINES: u32 = 1000;

/// The part of a job that an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Job,
    Result,
    Logs,
}

/// The job and the part that an address names: `job://ID`, `job://ID/result`, `job://ID/logs`.
pub fn job_of(uri: &str) -> Option<(JobId, Part)> {
    let rest = uri.strip_prefix("job://")?;
    let (id, part) = match rest.split_once('/') {
        None => (rest, Part::Job),
        Some((id, "result")) => (id, Part::Result),
        Some((id, "logs")) => (id, Part::Logs),
        Some(_) => return None,
    };
    Some((JobId::parse(id).ok()?, part))
}

/// What teaches first, then the caller's jobs, newest first.
pub async fn list(
    mcp: &Mcp,
    caller: &Caller,
    cursor: Option<String>,
) -> Result<ListResourcesResult, ErrorData> {
    let is_first = cursor.is_none();
    let filter = JobFilter {
        scope: Scope::Mine,
        cursor,
        limit: PAGE,
        ..JobFilter::default()
    };
    let page = mcp.shared.queue.list(caller, filter).await;
    let page = page.map_err(|error| Refused::from(error).into_error())?;
    let mut resources = if is_first { texts() } else { Vec::new() };
    resources.extend(page.jobs.iter().map(|job| {
        Resource::new(format!("job://{}", job.job_id), job.name.clone())
            .with_description(format!(
                "A job of the kind {}: {}",
                job.kind,
                job.state.as_str()
            ))
            .with_mime_type("application/json")
    }));
    let mut result = ListResourcesResult::with_all_items(resources);
    result.next_cursor = page.next_cursor;
    Ok(result)
}

fn texts() -> Vec<Resource> {
    vec![
        Resource::new(PLAYBOOK_URI, "Playbook")
            .with_description("How to start, follow and finish work for a person, and what to do when it fails.")
            .with_mime_type("text/markdown"),
        Resource::new(TYPES_URI, "Kinds of work")
            .with_description("Each kind, the tool that starts it, the schema of its input, and whether it is on.")
            .with_mime_type("application/json"),
    ]
}

pub fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(JOB, "Job")
            .with_description("A job as get_job_status returns it, without its log.")
            .with_mime_type("application/json"),
        ResourceTemplate::new(JOB_RESULT, "Result of a job").with_description(
            "What a completed job made: text as text, other media as bytes, large ones as a link.",
        ),
        ResourceTemplate::new(JOB_LOGS, "Log of a job")
            .with_description("The last 1000 lines, with time and stream.")
            .with_mime_type("text/plain"),
    ]
}

/// The states of the jobs that have what a template is of; none where there is no such template.
pub fn jobs_of(template: &str) -> Option<&'static [JobState]> {
    match template {
        JOB | JOB_LOGS => Some(&[]),
        JOB_RESULT => Some(&[JobState::Completed]),
        _ => None,
    }
}

/// What stands at an address.
pub async fn read(mcp: &Mcp, caller: &Caller, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let contents = match uri {
        PLAYBOOK_URI => {
            ResourceContents::text(mcp.naming.text(PLAYBOOK), uri).with_mime_type("text/markdown")
        }
        TYPES_URI => as_json(mcp, uri, types(mcp)),
        _ => {
            let Some((id, part)) = job_of(uri) else {
                let says = "There is no such resource. Addresses are job://ID, job://ID/result, job://ID/logs, \
                     jobs://playbook and jobs://types.";
                return Err(ErrorData::resource_not_found(
                    says,
                    Some(json!({ "uri": uri })),
                ));
            };
            let read = read_job(mcp, caller, uri, &id, part).await;
            read.map_err(Refused::into_error)?
        }
    };
    Ok(ReadResourceResult::new(vec![contents]))
}

async fn read_job(
    mcp: &Mcp,
    caller: &Caller,
    uri: &str,
    id: &JobId,
    part: Part,
) -> Result<ResourceContents, Refused> {
    let unknown = |error| Refused::of_job(error, id.as_str(), None);
    let job = mcp.shared.queue.get(caller, id).await.map_err(unknown)?;
    match part {
        Part::Job => {
            let answer = serde_json::to_value(JobAnswer::of(job)).unwrap_or_default();
            Ok(as_json(mcp, uri, answer))
        }
        Part::Logs => {
            let logs = mcp.shared.queue.last_logs(caller, id, LINES).await?;
            Ok(ResourceContents::text(content::log_text(&logs.lines), uri))
        }
        Part::Result => content::whole(mcp, caller, &job, uri).await,
    }
}

/// The kinds of work, as an assistant reads them.
fn types(mcp: &Mcp) -> Value {
    let kinds = mcp.shared.queue.kinds().iter().map(|spec| {
        let off = spec.available().err();
        json!({
            "type": spec.kind(),
            "label": spec.label().get(Lang::En),
            "tool": start::name(spec.kind()),
            "inputSchema": spec.input_schema(),
            "action": spec.action(),
            "available": off.is_none(),
            "unavailableReason": off,
        })
    });
    json!({ "types": kinds.collect::<Vec<_>>() })
}

fn as_json(mcp: &Mcp, uri: &str, mut value: Value) -> ResourceContents {
    mcp.naming.value(&mut value);
    ResourceContents::text(value.to_string(), uri).with_mime_type("application/json")
}

#[cfg(test)]
mod tests {
    use super::{Part, job_of};

    #[test]
    fn an_address_names_a_job_and_a_part_of_it() {
        let id = format!("part_tree_{}", "0123456789abcdef".repeat(2));
        for (uri, part) in [
            (format!("job://{id}"), Some(Part::Job)),
            (format!("job://{id}/result"), Some(Part::Result)),
            (format!("job://{id}/logs"), Some(Part::Logs)),
            (format!("job://{id}/"), None),
            (format!("job://{id}/result/"), None),
            (format!("job://{id}/../other"), None),
            ("job://".to_owned(), None),
            ("jobs://playbook".to_owned(), None),
            (format!("http://{id}"), None),
        ] {
            assert_eq!(job_of(&uri).map(|(_, part)| part), part, "{uri}");
        }
    }
}
