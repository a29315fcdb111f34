//! What is read of one job: how it stands, its log, its result.

use super::{Answered, Calling};
use crate::job::{Job, JobState};
use crate::mcp::answer::{Answer, JobAnswer, LogsAnswer, ResultAnswer, result_link};
use crate::mcp::arguments::{self, Lines};
use crate::mcp::content;
use crate::mcp::refusal::Refused;
use crate::routes::job_page;

/// Log lines that come with a status.
const STATUS_LINES: u32 = 20;
const USUAL_LINES: u32 = 200;

impl Calling<'_> {
    pub(super) async fn status(&self, job: Job) -> Result<Answered, Refused> {
        let queue = &self.assistant.mcp.shared.queue;
        let logs = queue
            .last_logs(self.caller, &job.job_id, STATUS_LINES)
            .await?;
        let answer = JobAnswer {
            logs_next: Some(logs.next),
            logs: Some(logs.lines),
            ..JobAnswer::of(job.clone())
        };
        Ok((Some(job), Answer::job(&self.telling, &answer)))
    }

    pub(super) async fn logs(&self, lines: Lines) -> Result<Answered, Refused> {
        let id = arguments::job_id(&lines.job_id)?;
        let queue = &self.assistant.mcp.shared.queue;
        let (after, limit) = (lines.after.unwrap_or(0), lines.limit.unwrap_or(USUAL_LINES));
        let refused = |error| self.refused(error, &id);
        let job = queue.get(self.caller, &id).await.map_err(refused)?;
        let page = queue
            .logs(self.caller, &id, after, limit)
            .await
            .map_err(refused)?;
        let mut words = content::log_text(&page.lines);
        if words.is_empty() {
            words = format!("“{}” has no log lines after {after}.", job.name);
        }
        let data = LogsAnswer {
            lines: page.lines,
            next: page.next,
            state: job.state,
        };
        Ok((Some(job), Answer::new(words, &data)))
    }

    pub(super) async fn result(&self, job: Job) -> Result<Answered, Refused> {
        if job.state != JobState::Completed {
            let says = format!("There is no result. {}", self.telling.job(&job));
            return Err(Refused::new("no_result", says).about(job));
        }
        let text = content::short_text(&self.assistant.mcp, self.caller, &job).await?;
        let page = (job.next_action.as_ref())
            .map_or_else(|| job_page(&job.job_id), |next| next.href.clone());
        let truncated = text.as_ref().is_some_and(|text| text.goes_on);
        let data = ResultAnswer {
            job_id: job.job_id.clone(),
            name: job.name.clone(),
            media_type: job.result.as_ref().map(|result| result.media_type.clone()),
            bytes: job.result.as_ref().map(|result| result.bytes),
            uri: job.result.as_ref().map(|result| result.uri.clone()),
            href: job
                .result
                .as_ref()
                .map(|result| self.telling.link(&result.href)),
            page: self.telling.link(&page),
            text: text.map(|text| text.text),
            truncated,
        };
        let mut words = self.telling.job(&job);
        if let Some(text) = &data.text {
            words = format!("{words}\n\n{text}");
            if truncated {
                words.push_str("\n\n(It goes on; the resource has all of it.)");
            }
        }
        let mut answer = Answer::new(words, &data);
        answer.links.extend(result_link(&job));
        Ok((Some(job), answer))
    }
}
