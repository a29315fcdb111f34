//! Answers in words, such as an assistant reads aloud. In English: the assistant speaks the person's language.

use super::answer::poll_after_seconds;
use crate::i18n::{Lang, time};
use crate::job::{Action, Job, JobState, RequestedState};

/// Says where things stand, with links to the pages of this site.
pub struct Telling<'a> {
    site: &'a str,
}

impl<'a> Telling<'a> {
    pub fn new(site: &'a str) -> Self {
        Self { site }
    }

    /// A link that a person can follow: ours begin with a slash.
    pub fn link(&self, href: &str) -> String {
        if href.starts_with('/') {
            format!("{}{href}", self.site)
        } else {
            href.to_owned()
        }
    }

    /// Where a job stands and what to do next.
    pub fn job(&self, job: &Job) -> String {
        let name = &job.name;
        let mut says = match job.state {
            JobState::Queued => format!("“{name}” waits for its turn."),
            JobState::Running => format!("“{name}” is running: {}.", how_far(job)),
            JobState::Paused => format!("“{name}” is paused; resume_job lets it go on."),
            JobState::Completed => self.completed(job),
            JobState::Failed => failed(job),
            JobState::Cancelled => format!("“{name}” was cancelled; retry_job starts it again."),
        };
        match job.wanted {
            Some(RequestedState::Cancelled) => says.push_str(" It is being cancelled."),
            Some(RequestedState::Paused) => says.push_str(" It is about to pause."),
            None => {}
        }
        if job.stalled {
            says.push_str(" Nothing was heard of it for a while.");
        }
        if let Some(seconds) = poll_after_seconds(job) {
            let again = format!(" Ask get_job_status again in {seconds} s, or call wait_for_job.");
            says.push_str(&again);
        }
        format!("{says} (job_id: {})", job.job_id)
    }

    fn completed(&self, job: &Job) -> String {
        let took = time::span(job.elapsed_seconds);
        let mut says = format!("“{}” is done, after {took}.", job.name);
        let page = job.next_action.as_ref().map(|next| {
            let verb = match next.action {
                Action::Read => "read it",
                Action::Listen => "listen to it",
                Action::Watch => "watch it",
                Action::Download => "download it",
                Action::Open | Action::Retry | Action::Fix => "open it",
            };
            format!(" The person can {verb} at {}", self.link(&next.href))
        });
        says.push_str(&page.unwrap_or_default());
        says.push_str(match job.result {
            Some(_) => "; get_job_result reads what it made.",
            None => ".",
        });
        says
    }

    /// What became ready since an assistant was last told.
    pub fn news(&self, ready: &[Job]) -> String {
        let lines = ready.iter().map(|job| {
            let says = match job.state {
                JobState::Failed => failed(job),
                _ => self.completed(job),
            };
            format!("- {says} (job_id: {})", job.job_id)
        });
        let lines: Vec<_> = lines.collect();
        let says = "Ready since you were last told, as the person asked to hear:";
        format!("{says}\n{}", lines.join("\n"))
    }
}

fn how_far(job: &Job) -> String {
    let mut parts = Vec::new();
    if let Some(progress) = job.progress {
        parts.push(time::percent(Lang::En, progress));
    }
    parts.extend(job.current_step.clone());
    parts.push(match job.eta_seconds {
        Some(left) => format!("about {} left", time::span(left)),
        None => "how long it takes is not known yet".to_owned(),
    });
    parts.join(", ")
}

fn failed(job: &Job) -> String {
    let Some(failure) = &job.failure else {
        return format!("“{}” failed.", job.name);
    };
    let retry = if failure.retryable {
        "A retry can help: retry_job."
    } else {
        "A retry without a change will not help."
    };
    let (name, summary, fix) = (&job.name, &failure.summary, &failure.fix);
    let (summary, fix) = (sentence(summary), sentence(fix));
    format!("“{name}” failed: {summary} What to do: {fix} {retry}")
}

/// What others wrote, so that another sentence can follow it.
fn sentence(said: &str) -> String {
    let said = said.trim_end();
    let end = if said.ends_with(['.', '!', '?', '…']) {
        ""
    } else {
        "."
    };
    format!("{said}{end}")
}
