//! What a person may ask with one choice: how a job stands, and why it failed.

use super::answer::JobAnswer;
use super::content::log_text;
use super::refusal::Refused;
use super::telling::Telling;
use super::{Mcp, arguments};
use crate::job::{Job, JobState, Scope};
use crate::queue::{Caller, JobFilter};
use rmcp::model::{
    ErrorData, GetPromptRequestParams, GetPromptResult, Prompt, PromptArgument, PromptMessage, Role,
};

const REPORT: &str = "job_report";
const DIAGNOSE: &str = "diagnose_failed_job";
/// Jobs of a report about all.
const REPORTED: u32 = 20;
/// Log lines that a diagnosis starts from.
const LINES: u32 = 100;

pub fn list() -> Vec<Prompt> {
    let job = |says: &str| {
        PromptArgument::new("job_id")
            .with_title("Job")
            .with_description(says)
    };
    vec![
        Prompt::new(
            REPORT,
            Some("Report to me how a job stands, or all of my latest jobs."),
            Some(vec![
                job("The job's id; left out, all of the latest jobs.").with_required(false),
            ]),
        )
        .with_title("How do my jobs stand?"),
        Prompt::new(
            DIAGNOSE,
            Some("Find out why a job failed and what to do about it."),
            Some(vec![job("The failed job's id.").with_required(true)]),
        )
        .with_title("Why did this job fail?"),
    ]
}

/// The states of the jobs that a prompt is about; none where there is no such prompt.
pub fn jobs_of(prompt: &str) -> Option<&'static [JobState]> {
    match prompt {
        REPORT => Some(&[]),
        DIAGNOSE => Some(&[JobState::Failed]),
        _ => None,
    }
}

pub async fn get(
    mcp: &Mcp,
    caller: &Caller,
    request: GetPromptRequestParams,
) -> Result<GetPromptResult, ErrorData> {
    let given = request.arguments.unwrap_or_default();
    let id = given
        .get("job_id")
        .and_then(|id| id.as_str())
        .filter(|id| !id.trim().is_empty());
    let text = match (request.name.as_str(), id) {
        (REPORT, None) => report_of_all(mcp, caller).await,
        (REPORT, Some(id)) => report(mcp, caller, id).await,
        (DIAGNOSE, Some(id)) => diagnose(mcp, caller, id).await,
        (DIAGNOSE, None) => Err(Refused::invalid(
            "job_id",
            "is required: the id of the failed job",
        )),
        (name, _) => {
            let says = format!("Unknown prompt: {name}. There are {REPORT} and {DIAGNOSE}.");
            return Err(ErrorData::invalid_params(says, None));
        }
    };
    let text = mcp.naming.text(&text.map_err(Refused::into_error)?);
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(
        Role::User,
        text,
    )]))
}

async fn report_of_all(mcp: &Mcp, caller: &Caller) -> Result<String, Refused> {
    let filter = JobFilter {
        scope: Scope::Mine,
        limit: REPORTED,
        ..JobFilter::default()
    };
    let page = mcp.shared.queue.list(caller, filter).await?;
    let telling = Telling::new(&mcp.shared.site);
    let lines: Vec<_> = page
        .jobs
        .iter()
        .map(|job| format!("- {}", telling.job(job)))
        .collect();
    let jobs = if lines.is_empty() {
        "There are none yet.".to_owned()
    } else {
        lines.join("\n")
    };
    Ok(format!(
        "Tell me in a few sentences how my jobs stand: first what failed and what I can do about it, then what is \
         ready and where it is, then what runs and when it will be done. These are my latest jobs:\n\n{jobs}"
    ))
}

async fn report(mcp: &Mcp, caller: &Caller, id: &str) -> Result<String, Refused> {
    let job = job(mcp, caller, id).await?;
    let says = Telling::new(&mcp.shared.site).job(&job);
    let data = serde_json::to_string_pretty(&JobAnswer::of(job)).unwrap_or_default();
    Ok(format!(
        "Tell me in a few sentences how this job stands, when it will be done or where its result is, and what I do \
         next.\n\n{says}\n\n```json\n{data}\n```"
    ))
}

async fn diagnose(mcp: &Mcp, caller: &Caller, id: &str) -> Result<String, Refused> {
    let job = job(mcp, caller, id).await?;
    let logs = mcp
        .shared
        .queue
        .last_logs(caller, &job.job_id, LINES)
        .await?;
    let past = mcp.shared.queue.history(caller, &job.job_id).await?;
    let says = Telling::new(&mcp.shared.site).job(&job);
    let attempts = past.iter().filter_map(|past| {
        let failure = past.failure.as_ref()?;
        Some(format!(
            "- attempt {}: {} ({})",
            past.attempt, failure.summary, failure.code
        ))
    });
    let attempts: Vec<_> = attempts.collect();
    let before = if attempts.is_empty() {
        String::new()
    } else {
        format!("\n\nEarlier attempts:\n{}", attempts.join("\n"))
    };
    let data = serde_json::to_string_pretty(&job.failure).unwrap_or_default();
    let log = log_text(&logs.lines);
    Ok(format!(
        "Find out why this job failed. Say in plain words what went wrong, whether a retry alone can help, and what I \
         should change first; then offer to do it. Do not retry before I agree.\n\n{says}{before}\n\nFailure:\n\
         ```json\n{data}\n```\n\nThe last log lines:\n```\n{log}```"
    ))
}

async fn job(mcp: &Mcp, caller: &Caller, id: &str) -> Result<Job, Refused> {
    let id = arguments::job_id(id)?;
    let found = mcp.shared.queue.get(caller, &id).await;
    found.map_err(|error| Refused::of_job(error, id.as_str(), None))
}
