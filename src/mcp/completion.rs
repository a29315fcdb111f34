//! What a client offers while a person types the id of a job: those of their jobs that fit.

use super::refusal::Refused;
use super::{Mcp, prompt, resource};
use crate::job::{Job, JobState, Scope};
use crate::queue::{Caller, JobFilter};
use rmcp::model::{CompleteRequestParams, CompleteResult, CompletionInfo, ErrorData, Reference};

/// Jobs that are looked through, newest first.
const LOOKED_THROUGH: u32 = 200;

/// Ids of jobs that begin with what was typed, or whose names hold it, newest first, among the latest 200
/// ([`LOOKED_THROUGH`]). For anything else that may be asked about there is nothing to offer.
pub async fn complete(
    mcp: &Mcp,
    caller: &Caller,
    request: CompleteRequestParams,
) -> Result<CompleteResult, ErrorData> {
    let states = match &request.r#ref {
        Reference::Prompt(prompt) => prompt::jobs_of(&prompt.name),
        Reference::Resource(template) => resource::jobs_of(&template.uri),
        _ => None,
    };
    let Some(states) = states.filter(|_| request.argument.name == "job_id") else {
        return Ok(CompleteResult::default());
    };
    let fitting = fitting(mcp, caller, states, &request.argument.value).await;
    let (mut ids, is_all) = fitting.map_err(Refused::into_error)?;
    let found = ids.len();
    ids.truncate(CompletionInfo::MAX_VALUES);
    let total = u32::try_from(found).ok().filter(|_| is_all);
    let has_more = !is_all || found > CompletionInfo::MAX_VALUES;
    let info = CompletionInfo::with_pagination(ids, total, has_more);
    info.map(CompleteResult::new)
        .map_err(|problem| ErrorData::internal_error(problem, None))
}

/// The ids, and whether there are no older jobs that may fit too.
async fn fitting(
    mcp: &Mcp,
    caller: &Caller,
    states: &[JobState],
    typed: &str,
) -> Result<(Vec<String>, bool), Refused> {
    let filter = JobFilter {
        scope: Scope::Mine,
        states: states.to_vec(),
        limit: LOOKED_THROUGH,
        ..JobFilter::default()
    };
    let page = mcp.shared.queue.list(caller, filter).await?;
    let typed = typed.trim().to_lowercase();
    let fits = |job: &&Job| {
        job.job_id.as_str().starts_with(&typed) || job.name.to_lowercase().contains(&typed)
    };
    let ids = page.jobs.iter().filter(fits);
    let ids = ids.map(|job| job.job_id.to_string()).collect();
    Ok((ids, page.next_cursor.is_none()))
}
