//! Prompts: questions that a person picks from a list, with the facts that an assistant needs to answer them.

use super::context::McpContext;
use super::render::output::JobOutput;
use super::render::text;
use super::tools::arguments::job_id;
use super::tools::error::ToolError;
use crate::job::{Job, JobState, Scope};
use crate::queue::{Caller, JobFilter};
use rmcp::model::{
    ErrorData, GetPromptRequestParams, GetPromptResult, Prompt, PromptArgument, PromptMessage, Role,
};

const REPORT: &str = "job_report";
const DIAGNOSE: &str = "diagnose_failed_job";
/// Maximum number of jobs in a report on all jobs.
const REPORTED_JOBS: u32 = 20;
/// Maximum number of log lines in a diagnosis.
const LOG_LINES: u32 = 100;

pub fn list() -> Vec<Prompt> {
    let job = |description: &str| {
        PromptArgument::new("job_id")
            .with_title("Job")
            .with_description(description)
    };
    vec![
        Prompt::new(
            REPORT,
            Some("Report the state of a job, or of all my latest jobs."),
            Some(vec![
                job("The id of the job; without it, all of the latest jobs.").with_required(false),
            ]),
        )
        .with_title("How are my jobs doing?"),
        Prompt::new(
            DIAGNOSE,
            Some("Find out why a job failed and what to do about it."),
            Some(vec![job("The id of the failed job.").with_required(true)]),
        )
        .with_title("Why did this job fail?"),
    ]
}

/// The states of the jobs that a prompt can be about; none if there is no such prompt. Empty: all states.
pub fn states_for(prompt: &str) -> Option<&'static [JobState]> {
    match prompt {
        REPORT => Some(&[]),
        DIAGNOSE => Some(&[JobState::Failed]),
        _ => None,
    }
}

pub async fn get(
    context: &McpContext,
    caller: &Caller,
    request: GetPromptRequestParams,
) -> Result<GetPromptResult, ErrorData> {
    let arguments = request.arguments.unwrap_or_default();
    let id = arguments
        .get("job_id")
        .and_then(|id| id.as_str())
        .filter(|id| !id.trim().is_empty());
    let text = match (request.name.as_str(), id) {
        (REPORT, None) => report_all(context, caller).await?,
        (REPORT, Some(id)) => report(context, caller, id).await?,
        (DIAGNOSE, Some(id)) => diagnose(context, caller, id).await?,
        (DIAGNOSE, None) => {
            let problem = "is required: the id of the failed job";
            return Err(ToolError::invalid("job_id", problem).into());
        }
        (name, _) => {
            let message = format!("Unknown prompt: {name}. Known are {REPORT} and {DIAGNOSE}.");
            return Err(ErrorData::invalid_params(message, None));
        }
    };
    let message = PromptMessage::new_text(Role::User, context.names.text(&text));
    Ok(GetPromptResult::new(vec![message]))
}

async fn report_all(context: &McpContext, caller: &Caller) -> Result<String, ToolError> {
    let filter = JobFilter {
        scope: Scope::Mine,
        limit: REPORTED_JOBS,
        ..JobFilter::default()
    };
    let page = context.queue.list(caller, filter).await?;
    let renderer = context.renderer();
    let lines = page
        .jobs
        .iter()
        .map(|job| format!("- {}", renderer.job(job)));
    let lines: Vec<_> = lines.collect();
    let jobs = if lines.is_empty() {
        "There are none yet.".to_owned()
    } else {
        lines.join("\n")
    };
    Ok(format!(
        "Tell me in a few sentences how my jobs are doing: first what failed and what I can do about it, then what is \
         ready and where it is, then what is running and when it will be done. These are my latest jobs:\n\n{jobs}"
    ))
}

async fn report(context: &McpContext, caller: &Caller, id: &str) -> Result<String, ToolError> {
    let job = read_job(context, caller, id).await?;
    let state = context.renderer().job(&job);
    let data = serde_json::to_string_pretty(&JobOutput::from(job)).unwrap_or_default();
    Ok(format!(
        "Tell me in a few sentences how this job is doing, when it will be done or where its result is, and what I \
         should do next.\n\n{state}\n\n```json\n{data}\n```"
    ))
}

async fn diagnose(context: &McpContext, caller: &Caller, id: &str) -> Result<String, ToolError> {
    let job = read_job(context, caller, id).await?;
    let queue = &context.queue;
    let logs = queue.last_logs(caller, &job.job_id, LOG_LINES).await?;
    let history = queue.history(caller, &job.job_id).await?;
    let state = context.renderer().job(&job);
    let attempts = history.iter().filter_map(|past| {
        let failure = past.failure.as_ref()?;
        Some(format!(
            "- attempt {}: {} ({})",
            past.attempt, failure.summary, failure.code
        ))
    });
    let attempts: Vec<_> = attempts.collect();
    let earlier = if attempts.is_empty() {
        String::new()
    } else {
        format!("\n\nEarlier attempts:\n{}", attempts.join("\n"))
    };
    let failure = serde_json::to_string_pretty(&job.failure).unwrap_or_default();
    let log = text::log(&logs.lines);
    Ok(format!(
        "Find out why this job failed. Say in plain words what went wrong, whether retrying alone can help, and what I \
         should change first; then offer to do it. Do not retry before I agree.\n\n{state}{earlier}\n\nFailure:\n\
         ```json\n{failure}\n```\n\nThe last log lines:\n```\n{log}```"
    ))
}

async fn read_job(context: &McpContext, caller: &Caller, id: &str) -> Result<Job, ToolError> {
    let id = job_id(id)?;
    let job = context.queue.get(caller, &id).await;
    job.map_err(|error| ToolError::of_job(error, id.as_str(), None))
}
