//! Answers as text for an assistant. In English: the assistant translates to the person's language.

use super::output::poll_after;
use crate::i18n::{Lang, time};
use crate::job::{Action, Job, JobState, LogLine, RequestedState, Stream};
use std::fmt::Write;

/// Renders jobs as text, with links to the pages of this site.
pub struct TextRenderer<'a> {
    site: &'a str,
}

impl<'a> TextRenderer<'a> {
    pub fn new(site: &'a str) -> Self {
        Self { site }
    }

    /// A link that a person can follow: our own links begin with a slash.
    pub fn link(&self, href: &str) -> String {
        if href.starts_with('/') {
            format!("{}{href}", self.site)
        } else {
            href.to_owned()
        }
    }

    /// The state of a job, and what to do next.
    pub fn job(&self, job: &Job) -> String {
        let name = &job.name;
        let mut text = match job.state {
            JobState::Queued => format!("“{name}” waits for its turn."),
            JobState::Running => format!("“{name}” is running: {}.", progress(job)),
            JobState::Paused => format!("“{name}” is paused; resume_job continues it."),
            JobState::Completed => self.completed(job),
            JobState::Failed => failed(job),
            JobState::Cancelled => format!("“{name}” was cancelled; retry_job starts it again."),
        };
        match job.wanted {
            Some(RequestedState::Cancelled) => text.push_str(" It is being cancelled."),
            Some(RequestedState::Paused) => text.push_str(" It is about to pause."),
            None => {}
        }
        if job.stalled {
            text.push_str(" It has reported nothing for a while.");
        }
        if let Some(wait) = poll_after(job) {
            // Writing into a string does not fail.
            let _ = write!(
                text,
                " Call get_job_status again in {} s, or call wait_for_job.",
                wait.as_secs()
            );
        }
        format!("{text} (job_id: {})", job.job_id)
    }

    fn completed(&self, job: &Job) -> String {
        let mut text = format!(
            "“{}” completed after {}.",
            job.name,
            time::span(job.elapsed_seconds)
        );
        let mut next = Vec::new();
        if let Some(action) = &job.next_action {
            let verb = match action.action {
                Action::Read => "read it",
                Action::Listen => "listen to it",
                Action::Watch => "watch it",
                Action::Download => "download it",
                Action::Open | Action::Retry | Action::Fix => "open it",
            };
            next.push(format!(
                "The person can {verb} at {}",
                self.link(&action.href)
            ));
        }
        if job.result.is_some() {
            next.push("get_job_result returns the result".to_owned());
        }
        if !next.is_empty() {
            // Writing into a string does not fail.
            let _ = write!(text, " {}.", next.join("; "));
        }
        text
    }

    /// The jobs that became ready since the last answer.
    pub fn ready_notice(&self, ready: &[Job]) -> String {
        let lines = ready.iter().map(|job| {
            let text = match job.state {
                JobState::Failed => failed(job),
                _ => self.completed(job),
            };
            format!("- {text} (job_id: {})", job.job_id)
        });
        let lines: Vec<_> = lines.collect();
        let intro = "Ready since your last call; the person asked to be notified:";
        format!("{intro}\n{}", lines.join("\n"))
    }
}

/// Log lines as text, each with its time and stream.
pub fn log(lines: &[LogLine]) -> String {
    let mut text = String::new();
    for line in lines {
        let stream = match line.stream {
            Stream::Stdout => "stdout",
            Stream::Stderr => "stderr",
        };
        // Writing into a string does not fail.
        let _ = writeln!(text, "{} {stream} {}", line.at, line.text);
    }
    text
}

fn progress(job: &Job) -> String {
    let mut parts = Vec::new();
    if let Some(progress) = job.progress {
        parts.push(time::percent(Lang::En, progress));
    }
    parts.extend(job.current_step.clone());
    parts.push(match job.eta_seconds {
        Some(left) => format!("about {} left", time::span(left)),
        None => "time left not yet known".to_owned(),
    });
    parts.join(", ")
}

fn failed(job: &Job) -> String {
    let Some(failure) = &job.failure else {
        return format!("“{}” failed.", job.name);
    };
    let retry = if failure.retryable {
        "Retrying can help: call retry_job."
    } else {
        "Retrying without a change will not help."
    };
    format!(
        "“{}” failed: {} What to do: {} {retry}",
        job.name,
        sentence(&failure.summary),
        sentence(&failure.fix)
    )
}

/// A worker's text with a full stop, so that another sentence can follow it.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let end = if text.ends_with(['.', '!', '?', '…']) {
        ""
    } else {
        "."
    };
    format!("{text}{end}")
}
