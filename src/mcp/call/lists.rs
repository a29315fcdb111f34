//! Lists, a page at a time: jobs, and the scenes that jobs are made of.

use super::Calling;
use crate::i18n::{Lang, time};
use crate::job::{Job, JobState};
use crate::mcp::answer::{Answer, JobsAnswer, Ready, SceneAnswer, ScenesAnswer};
use crate::mcp::arguments::{List, Page, States};
use crate::mcp::refusal::Refused;
use crate::queue::{JobFilter, QueueError};
use crate::studio::StudioError;

const USUAL_JOBS: u32 = 20;
/// Jobs of one answer: each is about a kilobyte, and an assistant reads them all.
const MOST_JOBS: u32 = 100;

impl Calling<'_> {
    pub(super) async fn list(&self, list: List) -> Result<Answer, Refused> {
        let limit = within(list.limit)?;
        let filter = JobFilter {
            scope: list.scope.unwrap_or_default(),
            states: list.state.map(States::list).unwrap_or_default(),
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

    pub(super) async fn scenes(&self, page: Page) -> Result<Answer, Refused> {
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
        StudioError::Invalid(error) => error.into(),
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
