//! What each tool does. All of them return at once, but for the one that waits.

mod lists;
mod reading;

use super::answer::{Answer, JobAnswer};
use super::arguments::{self, Follow, Of};
use super::assistant::Assistant;
use super::refusal::Refused;
use super::telling::Telling;
use super::tool::Tool;
use super::wait;
use crate::job::{Job, JobId, Notify};
use crate::queue::{Caller, QueueError};
use rmcp::model::{CallToolResult, JsonObject};
use rmcp::service::{RequestContext, RoleServer};

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
        Err(refused) => refuse(assistant, caller, context, refused).await,
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
    let ready = ready(assistant, caller, context, about).await;
    let telling = Telling::new(&assistant.mcp.shared.site);
    answer.with_news(&telling, &ready).into_result()
}

/// Says why it was not done, and what became ready meanwhile.
pub async fn refuse(
    assistant: &Assistant,
    caller: &Caller,
    context: &RequestContext<RoleServer>,
    refused: Refused,
) -> CallToolResult {
    let news = news(assistant, caller, context, refused.job()).await;
    refused.into_result(news)
}

/// What became ready meanwhile, in words.
pub async fn news(
    assistant: &Assistant,
    caller: &Caller,
    context: &RequestContext<RoleServer>,
    about: Option<&Job>,
) -> Option<String> {
    let ready = ready(assistant, caller, context, about).await;
    let telling = Telling::new(&assistant.mcp.shared.site);
    (!ready.is_empty()).then(|| telling.news(&ready))
}

async fn ready(
    assistant: &Assistant,
    caller: &Caller,
    context: &RequestContext<RoleServer>,
    about: Option<&Job>,
) -> Vec<Job> {
    if context.ct.is_cancelled() {
        // Nobody reads this answer: what became ready is left for the next one.
        return Vec::new();
    }
    let listener = assistant.listener(context);
    let news = &assistant.mcp.shared.news;
    news.since(caller, &listener, about).await
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
}
