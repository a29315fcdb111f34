//! What each tool does. All of them return at once, but for the one that waits.

use super::answer::{
    Answer, JobAnswer, JobsAnswer, LogsAnswer, Ready, ResultAnswer, SceneAnswer, ScenesAnswer,
    result_link,
};
use super::arguments::{self, Follow, Lines, List, Of, Page};
use super::assistant::Assistant;
use super::refusal::Refused;
use super::telling::Telling;
use super::tool::Tool;
use super::{content, wait};
use crate::job::{Job, JobId, JobState, Notify};
use crate::queue::{Caller, JobFilter, QueueError};
use crate::studio::StudioError;
use crate::words::{Lang, time};
use rmcp::model::{CallToolResult, JsonObject};
use rmcp::service::{RequestContext, RoleServer};

/// Log lines that come with a status.
const STATUS_LINES: u32 = 20;
const USUAL_LINES: u32 = 200;
const USUAL_JOBS: u32 = 20;
/// Jobs of one answer: each is about a kilobyte, and an assistant reads them all.
const MOST_JOBS: u32 = 100;

/// Calls a tool. What it refuses is an answer too: the assistant has to read why.
pub async fn call(
    assistant: &Assistant,
    caller: &Caller,
    context: &RequestContext<RoleServer>,
    tool: Tool,
    arguments: JsonObject,
) -> CallToolResult {
    let calling = Calling {
        assistant,
        caller,
        context,
        tool,
        telling: Telling::new(&assistant.mcp.shared.site),
    };
    match calling.call(arguments).await {
        Ok((job, answer)) => finish(assistant, caller, context, job.as_ref(), answer).await,
        Err(refused) => refused.into_result(),
    }
}

/// Adds what became ready meanwhile, of other jobs than the one that the answer is about.
pub async fn finish(
    assistant: &Assistant,
    caller: &Caller,
    context: &RequestContext<RoleServer>,
    about: Option<&Job>,
    answer: Answer,
) -> CallToolResult {
    let shared = &assistant.mcp.shared;
    if context.ct.is_cancelled() {
        // Nobody reads this answer: what became ready is left for the next one.
        return answer.into_result();
    }
    let listener = assistant.listener(caller, context);
    let ready = shared.news.since(caller, listener, about).await;
    let telling = Telling::new(&shared.site);
    answer.with_news(&telling, &ready).into_result()
}

/// One call on its way.
struct Calling<'a> {
    assistant: &'a Assistant,
    caller: &'a Caller,
    context: &'a RequestContext<RoleServer>,
    tool: Tool,
    telling: Telling<'a>,
}

/// The job that an answer is about, where it is one, and the answer.
type Answered = (Option<Job>, Answer);

impl Calling<'_> {
    async fn call(&self, arguments: JsonObject) -> Result<Answered, Refused> {
        match self.tool {
            Tool::List => Ok((None, self.list(arguments::read(arguments)?).await?)),
            Tool::Scenes => Ok((None, self.scenes(arguments::read(arguments)?).await?)),
            Tool::Logs => self.logs(arguments::read(arguments)?).await,
            Tool::Wait => {
                let follow: Follow = arguments::read(arguments)?;
                let id = arguments::job_id(&follow.job_id)?;
                let seconds = follow.timeout_seconds.unwrap_or(arguments::LONGEST_WAIT);
                if !(0.0..=arguments::LONGEST_WAIT).contains(&seconds) {
                    return Err(Refused::invalid("timeout_seconds", "expected 0 to 30"));
                }
                let mcp = &self.assistant.mcp.shared;
                let waited = wait::wait(&mcp.follower, self.caller, &id, seconds, self.context);
                Ok(self.about(waited.await.map_err(|error| self.refused(error, &id))?))
            }
            Tool::Status
            | Tool::Result
            | Tool::Notify
            | Tool::Cancel
            | Tool::Pause
            | Tool::Resume
            | Tool::Retry => {
                let of: Of = arguments::read(arguments)?;
                self.on(&arguments::job_id(&of.job_id)?).await
            }
        }
    }

    async fn on(&self, id: &JobId) -> Result<Answered, Refused> {
        let (queue, caller) = (&self.assistant.mcp.shared.queue, self.caller);
        let done = match self.tool {
            Tool::Cancel => queue.cancel(caller, id).await,
            Tool::Pause => queue.pause(caller, id).await,
            Tool::Resume => queue.resume(caller, id).await,
            Tool::Retry => queue.retry(caller, id).await,
            Tool::Notify => queue.set_notify(caller, id, Notify::Always).await,
            _ => queue.get(caller, id).await,
        };
        let job = done.map_err(|error| self.refused(error, id))?;
        match self.tool {
            Tool::Status => self.status(job).await,
            Tool::Result => self.result(job).await,
            Tool::Notify => Ok(self.promise(job)),
            _ => Ok(self.about(job)),
        }
    }

    fn refused(&self, error: QueueError, id: &JobId) -> Refused {
        Refused::of_job(error, id.as_str(), Some(self.tool))
    }

    fn about(&self, job: Job) -> Answered {
        let answer = Answer::job(&self.telling, &JobAnswer::of(job.clone()));
        (Some(job), answer)
    }

    async fn status(&self, job: Job) -> Result<Answered, Refused> {
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

    /// What this client can expect after a wish to hear of the end.
    fn promise(&self, job: Job) -> Answered {
        let mut answer = JobAnswer::of(job.clone());
        let expect = match answer.poll_after_seconds {
            None => "It has ended already: tell the person now.".to_owned(),
            Some(seconds) => {
                let pushes = "The page shows a toast when it ends, and plays a sound or a desktop notification where \
                    the person switched these on.";
                let subscribed = format!(
                    "A client that subscribes to resources hears of each change of job://{}.",
                    job.job_id
                );
                format!(
                    "Recorded: the person will hear of the end of “{}”. {pushes} This server cannot start a turn of \
                     this conversation: ask get_job_status again in {seconds} s, or call wait_for_job; and the next \
                     answer of any tool here tells if it became ready meanwhile. {subscribed}",
                    job.name
                )
            }
        };
        answer.expect = Some(expect.clone());
        let mut said = Answer::job(&self.telling, &answer);
        said.words = format!("{expect}\n{}", said.words);
        (Some(job), said)
    }

    async fn list(&self, list: List) -> Result<Answer, Refused> {
        let limit = within(list.limit)?;
        let filter = JobFilter {
            scope: list.scope.unwrap_or_default(),
            states: list
                .state
                .map(arguments::OneOrMore::list)
                .unwrap_or_default(),
            kind: list.kind,
            reference: list.reference,
            cursor: list.cursor,
            limit,
        };
        let page = self
            .assistant
            .mcp
            .shared
            .queue
            .list(self.caller, filter)
            .await?;
        let words = if page.jobs.is_empty() {
            "There are no such jobs.".to_owned()
        } else {
            let lines = page.jobs.iter().map(|job| format!("- {}", line(job)));
            lines.collect::<Vec<_>>().join("\n")
        };
        let data = JobsAnswer {
            jobs: page.jobs,
            next_cursor: page.next_cursor,
        };
        Ok(Answer::new(words, &data))
    }

    async fn scenes(&self, page: Page) -> Result<Answer, Refused> {
        let limit = within(page.limit)?;
        let studio = &self.assistant.mcp.shared.studio;
        let cursor = page.cursor.as_deref();
        let found = (studio.scenes(self.caller, None, cursor, limit).await).map_err(of_studio)?;
        let scenes = found.items.into_iter().map(|scene| SceneAnswer {
            id: scene.id,
            name: scene.title,
            number: scene.number,
            character: scene.character_name,
            description: scene.description,
            seconds: scene.seconds,
        });
        let data = ScenesAnswer {
            scenes: scenes.collect(),
            next_cursor: found.next_cursor,
        };
        let lines = data.scenes.iter().map(|scene| {
            let (character, number) = (&scene.character, scene.number);
            format!(
                "- {character}, scene {number}: {} ({})",
                scene.name, scene.id
            )
        });
        let lines: Vec<_> = lines.collect();
        let words = if lines.is_empty() {
            "There are no scenes.".to_owned()
        } else {
            lines.join("\n")
        };
        Ok(Answer::new(words, &data))
    }

    async fn logs(&self, lines: Lines) -> Result<Answered, Refused> {
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

    async fn result(&self, job: Job) -> Result<Answered, Refused> {
        if job.state != JobState::Completed {
            let says = format!("There is no result. {}", self.telling.job(&job));
            return Err(Refused::new("no_result", says));
        }
        let text = content::short_text(&self.assistant.mcp, self.caller, &job).await?;
        let page = (job.next_action.as_ref())
            .map_or_else(|| format!("/jobs/{}", job.job_id), |next| next.href.clone());
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

/// How many of a list are wanted.
fn within(limit: Option<u32>) -> Result<u32, Refused> {
    let limit = limit.unwrap_or(USUAL_JOBS);
    if (1..=MOST_JOBS).contains(&limit) {
        return Ok(limit);
    }
    Err(Refused::invalid(
        "limit",
        format!("expected 1 to {MOST_JOBS}"),
    ))
}

fn of_studio(error: StudioError) -> Refused {
    match error {
        StudioError::Invalid { field, problem } => Refused::invalid(&field, problem),
        StudioError::NotFound => Refused::invalid("cursor", "is not one that we gave"),
        StudioError::Store(error) => QueueError::from(error).into(),
    }
}

/// A job in a list.
fn line(job: &Job) -> String {
    let ready = Ready::of(job);
    let far = match (job.state, job.progress) {
        (JobState::Running, Some(progress)) => format!(", {}", time::percent(Lang::En, progress)),
        _ => String::new(),
    };
    format!(
        "“{}”: {}{far} ({}; next: {})",
        job.name,
        job.state.as_str(),
        job.job_id,
        ready.tool
    )
}
