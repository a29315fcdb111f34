//! The URIs of resources: `job://ID`, `job://ID/result`, `job://ID/logs`, and the two texts for assistants.

use crate::job::JobId;

/// How to use the tools well, for assistants.
pub const PLAYBOOK: &str = "jobs://playbook";
/// The kinds of job that can be started.
pub const TYPES: &str = "jobs://types";

/// URI templates of the parts of a job.
pub const JOB_TEMPLATE: &str = "job://{job_id}";
pub const RESULT_TEMPLATE: &str = "job://{job_id}/result";
pub const LOGS_TEMPLATE: &str = "job://{job_id}/logs";

/// The part of a job that a URI names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobPart {
    Job,
    Result,
    Logs,
}

pub fn job_uri(id: &JobId) -> String {
    format!("job://{id}")
}

/// The job and the part of it that a URI names.
pub fn parse_job_uri(uri: &str) -> Option<(JobId, JobPart)> {
    let rest = uri.strip_prefix("job://")?;
    let (id, part) = match rest.split_once('/') {
        None => (rest, JobPart::Job),
        Some((id, "result")) => (id, JobPart::Result),
        Some((id, "logs")) => (id, JobPart::Logs),
        Some(_) => return None,
    };
    Some((JobId::parse(id).ok()?, part))
}

#[cfg(test)]
mod tests {
    use super::{JobPart, parse_job_uri};

    #[test]
    fn only_the_uri_of_a_job_or_of_a_part_of_it_is_parsed() {
        let id = format!("part_tree_{}", "0123456789abcdef".repeat(2));
        for (uri, part) in [
            (format!("job://{id}"), Some(JobPart::Job)),
            (format!("job://{id}/result"), Some(JobPart::Result)),
            (format!("job://{id}/logs"), Some(JobPart::Logs)),
            (format!("job://{id}/"), None),
            (format!("job://{id}/result/"), None),
            (format!("job://{id}/../other"), None),
            ("job://".to_owned(), None),
            ("jobs://playbook".to_owned(), None),
            (format!("http://{id}"), None),
        ] {
            assert_eq!(parse_job_uri(&uri).map(|(_, part)| part), part, "{uri}");
        }
    }
}
