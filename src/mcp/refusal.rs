//! Why a tool did not do it, in words that an assistant can act on. Nothing was changed.

use super::tool::Tool;
use crate::i18n::Lang;
use crate::job::{Job, JobState};
use crate::queue::QueueError;
use crate::routes::IDEMPOTENCY_KEY;
use crate::validation::FieldError;
use rmcp::model::{CallToolResult, ContentBlock, ErrorData, MetaObject};
use serde_json::json;

/// Characters of a person's text that are said back.
const LONGEST_ECHO: usize = 60;

/// A refusal: a code for programs, the field where one is wrong, and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    code: &'static str,
    field: Option<String>,
    says: String,
    /// The job of which it says how it ended, which needs no mention among what became ready.
    about: Option<Box<Job>>,
}

impl Refused {
    pub fn new(code: &'static str, says: impl Into<String>) -> Self {
        Self {
            code,
            field: None,
            says: says.into(),
            about: None,
        }
    }

    /// The same of a job that it tells of.
    pub fn about(self, job: Job) -> Self {
        let about = Some(Box::new(job));
        Self { about, ..self }
    }

    pub fn job(&self) -> Option<&Job> {
        self.about.as_deref()
    }

    /// An argument of no use.
    pub fn invalid(field: &str, problem: impl std::fmt::Display) -> Self {
        let problem = problem.to_string();
        // Some are sentences already.
        let problem = problem.trim_end_matches('.');
        let says = if field.is_empty() {
            format!("The arguments are wrong: {problem}. Nothing was changed.")
        } else {
            format!("{field}: {problem}. Nothing was changed.")
        };
        Self {
            field: (!field.is_empty()).then(|| field.to_owned()),
            ..Self::new("invalid_input", says)
        }
    }

    /// The same for what does not exist and for what belongs to somebody else.
    pub fn no_such_job(id: &str) -> Self {
        let id: String = id
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_ECHO)
            .collect();
        let says = format!(
            "There is no job {id:?}. A job_id comes from a start_…_job tool; list_jobs shows the jobs that there are."
        );
        Self {
            field: Some("job_id".to_owned()),
            ..Self::new("not_found", says)
        }
    }

    /// What the queue refused of a job.
    pub fn of_job(error: QueueError, id: &str, tool: Option<Tool>) -> Self {
        match error {
            QueueError::NotFound => Self::no_such_job(id),
            QueueError::Conflict(state) => Self::new("state_conflict", conflict(state, tool)),
            other => other.into(),
        }
    }

    /// As the answer of a tool, which the assistant reads, with what became ready meanwhile.
    pub fn into_result(self, news: Option<String>) -> CallToolResult {
        let mut meta = MetaObject::default();
        let problem = json!({ "code": self.code, "field": self.field, "detail": self.says });
        meta.insert("jobtray/problem".to_owned(), problem);
        let says = [Some(self.says), news].into_iter().flatten();
        let mut result = CallToolResult::error(says.map(ContentBlock::text).collect());
        result.meta = Some(meta);
        result
    }

    /// As an error of the protocol, for what is no tool.
    pub fn into_error(self) -> ErrorData {
        let data = json!({ "code": self.code, "field": self.field });
        match self.code {
            "not_found" => ErrorData::resource_not_found(self.says, Some(data)),
            "unavailable" => ErrorData::internal_error(self.says, Some(data)),
            _ => ErrorData::invalid_params(self.says, Some(data)),
        }
    }
}

impl From<FieldError> for Refused {
    fn from(error: FieldError) -> Self {
        Self::invalid(&error.field, error.rule.in_language(Lang::En))
    }
}

impl From<QueueError> for Refused {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::Invalid(error) if error.field == IDEMPOTENCY_KEY => {
                error.renamed("idempotency_key").into()
            }
            QueueError::Invalid(error) => error.into(),
            QueueError::NotFound => Self::no_such_job(""),
            QueueError::Conflict(state) => Self::new("state_conflict", conflict(state, None)),
            QueueError::KeyReused => Self::invalid(
                "idempotency_key",
                "was used with another input; take a new key for new work",
            ),
            QueueError::KeyInFlight => Self::new(
                "idempotency_key_in_flight",
                "A call with this idempotency_key is still being answered. Call again in a second.",
            ),
            QueueError::LeaseRequired | QueueError::LeaseLost => {
                Self::new("lease", error.to_string())
            }
            QueueError::Unavailable(cause) => {
                tracing::warn!(%cause, "the store cannot answer");
                Self::new(
                    "unavailable",
                    "The store cannot answer now; nothing was changed. Call again in a few seconds.",
                )
            }
        }
    }
}

fn conflict(state: JobState, tool: Option<Tool>) -> String {
    let what = match tool {
        Some(Tool::Pause) => "paused",
        Some(Tool::Resume) => "resumed",
        Some(Tool::Cancel) => "cancelled",
        Some(Tool::Retry) => "retried",
        _ => "changed that way",
    };
    let next = match (tool, state) {
        (Some(Tool::Retry), JobState::Completed) => " Start a new job to make another.",
        (Some(Tool::Retry), _) => {
            " Only a failed or cancelled job can; cancel_job ends one that is active."
        }
        (_, JobState::Failed | JobState::Cancelled) => " retry_job starts it again.",
        (_, JobState::Completed) => " get_job_result reads what it made.",
        _ => " get_job_status tells where it stands.",
    };
    format!("This job is {} and cannot be {what}.{next}", state.as_str())
}
