//! The tools by name.
//!
//! Each tool has a plain name with underscores, which every client accepts, and a dotted one. Both can always be
//! called; texts use the plain names, see [`ListedNames`](super::listed_names::ListedNames).

use crate::job::Job;

/// The tools that do not depend on the kinds of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Status,
    List,
    Wait,
    Logs,
    Result,
    Notify,
    Cancel,
    Pause,
    Resume,
    Retry,
    Scenes,
}

impl Tool {
    pub const ALL: [Self; 11] = [
        Self::Status,
        Self::List,
        Self::Wait,
        Self::Logs,
        Self::Result,
        Self::Notify,
        Self::Cancel,
        Self::Pause,
        Self::Resume,
        Self::Retry,
        Self::Scenes,
    ];

    /// The plain name.
    pub const fn name(self) -> &'static str {
        self.names().0
    }

    pub const fn dotted_name(self) -> &'static str {
        self.names().1
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Status => ("get_job_status", "jobs.getStatus"),
            Self::List => ("list_jobs", "jobs.list"),
            Self::Wait => ("wait_for_job", "jobs.wait"),
            Self::Logs => ("get_job_logs", "jobs.getLogs"),
            Self::Result => ("get_job_result", "jobs.getResult"),
            Self::Notify => ("notify_when_ready", "jobs.notifyWhenReady"),
            Self::Cancel => ("cancel_job", "jobs.cancel"),
            Self::Pause => ("pause_job", "jobs.pause"),
            Self::Resume => ("resume_job", "jobs.resume"),
            Self::Retry => ("retry_job", "jobs.retry"),
            Self::Scenes => ("list_scenes", "studio.listScenes"),
        }
    }
}

/// The plain name of the tool that starts jobs of a kind, such as `start_scene_job`.
pub fn start_tool(kind: &str) -> String {
    format!("start_{}_job", kind.replace('-', "_"))
}

/// The dotted name of the same tool, such as `jobs.startScene`.
pub fn dotted_start_tool(kind: &str) -> String {
    let words = kind.split(['_', '-']).map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    format!("jobs.start{}", words.collect::<String>())
}

/// The plain name of the tool to call next for a job, with its `job_id`.
pub fn next_tool(job: &Job) -> &str {
    match &job.next_action {
        Some(next) => &next.tool,
        None => Tool::Status.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Tool, dotted_start_tool, start_tool};
    use crate::job::Action;
    use crate::routes;

    #[test]
    fn a_kind_has_a_plain_and_a_dotted_start_tool() {
        for (kind, plain, dotted) in [
            ("scene", "start_scene_job", "jobs.startScene"),
            ("part_tree", "start_part_tree_job", "jobs.startPartTree"),
            ("my-kind", "start_my_kind_job", "jobs.startMyKind"),
        ] {
            assert_eq!(start_tool(kind), plain);
            assert_eq!(dotted_start_tool(kind), dotted);
        }
    }

    #[test]
    fn every_next_action_names_a_tool_that_is_listed() {
        for action in [
            Action::Open,
            Action::Read,
            Action::Listen,
            Action::Watch,
            Action::Download,
            Action::Retry,
            Action::Fix,
        ] {
            let name = routes::tool_for(action);
            assert!(Tool::ALL.iter().any(|tool| tool.name() == name), "{name}");
        }
    }
}
