//! Completion of a job's id while a person types it: their jobs that match.

use crate::job::{Job, JobState, Scope};
use crate::mcp::context::McpContext;
use crate::mcp::tools::error::ToolError;
use crate::mcp::{prompts, resources};
use crate::queue::{Caller, JobFilter};
use rmcp::model::{CompleteRequestParams, CompleteResult, CompletionInfo, ErrorData, Reference};

/// Maximum number of jobs that are searched, newest first.
const SEARCHED_JOBS: u32 = 200;

/// The ids of jobs whose id starts with the typed text or whose name contains it, among the latest [`SEARCHED_JOBS`],
/// newest first. Other arguments have no suggestions.
pub async fn complete(
    context: &McpContext,
    caller: &Caller,
    request: CompleteRequestParams,
) -> Result<CompleteResult, ErrorData> {
    let states = match &request.r#ref {
        Reference::Prompt(prompt) => prompts::states_for(&prompt.name),
        Reference::Resource(template) => resources::list::states_for(&template.uri),
        _ => None,
    };
    let Some(states) = states.filter(|_| request.argument.name == "job_id") else {
        return Ok(CompleteResult::default());
    };
    let matching = matching(context, caller, states, &request.argument.value).await?;
    let found = matching.ids.len();
    let mut ids = matching.ids;
    ids.truncate(CompletionInfo::MAX_VALUES);
    let total = u32::try_from(found).ok().filter(|_| matching.is_complete);
    let has_more = !matching.is_complete || found > CompletionInfo::MAX_VALUES;
    let info = CompletionInfo::with_pagination(ids, total, has_more);
    info.map(CompleteResult::new)
        .map_err(|problem| ErrorData::internal_error(problem, None))
}

struct Matching {
    ids: Vec<String>,
    /// Whether every job was searched; if not, older jobs may match too.
    is_complete: bool,
}

async fn matching(
    context: &McpContext,
    caller: &Caller,
    states: &[JobState],
    typed: &str,
) -> Result<Matching, ToolError> {
    let filter = JobFilter {
        scope: Scope::Mine,
        states: states.to_vec(),
        limit: SEARCHED_JOBS,
        ..JobFilter::default()
    };
    let page = context.queue.list(caller, filter).await?;
    let typed = typed.trim().to_lowercase();
    let matches = |job: &&Job| {
        job.job_id.as_str().starts_with(&typed) || job.name.to_lowercase().contains(&typed)
    };
    let ids = page.jobs.iter().filter(matches);
    Ok(Matching {
        ids: ids.map(|job| job.job_id.to_string()).collect(),
        is_complete: page.next_cursor.is_none(),
    })
}
