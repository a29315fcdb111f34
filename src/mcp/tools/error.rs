//! Why a call failed, as a text that an assistant can act on. Nothing was changed.

use crate::i18n::Lang;
use crate::job::{Job, JobState};
use crate::mcp::render::tool::Tool;
use crate::queue::QueueError;
use crate::routes::IDEMPOTENCY_KEY;
use crate::validation::FieldError;
use rmcp::model::{CallToolResult, ContentBlock, ErrorData, MetaObject};
use serde_json::json;

/// Maximum length of a client's text that an error quotes, in characters.
const ECHO_LENGTH: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolErrorCode {
    InvalidInput,
    NotFound,
    NoResult,
    StateConflict,
    Lease,
    Unavailable,
}

impl ToolErrorCode {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::NotFound => "not_found",
            Self::NoResult => "no_result",
            Self::StateConflict => "state_conflict",
            Self::Lease => "lease",
            Self::Unavailable => "unavailable",
        }
    }
}

/// A code for programs, the invalid field if there is one, and a message.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolError {
    code: ToolErrorCode,
    field: Option<String>,
    message: String,
    /// The job whose end the message reports: it needs no ready notice.
    about: Option<Box<Job>>,
}

impl ToolError {
    pub fn new(code: ToolErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            field: None,
            message: message.into(),
            about: None,
        }
    }

    #[must_use]
    pub fn about(self, job: Job) -> Self {
        let about = Some(Box::new(job));
        Self { about, ..self }
    }

    pub fn job(&self) -> Option<&Job> {
        self.about.as_deref()
    }

    /// An invalid argument. `problem` follows the name of the field; it has no full stop.
    pub fn invalid(field: &str, problem: &str) -> Self {
        let message = if field.is_empty() {
            format!("The arguments are invalid: {problem}. Nothing was changed.")
        } else {
            format!("{field}: {problem}. Nothing was changed.")
        };
        Self {
            field: (!field.is_empty()).then(|| field.to_owned()),
            ..Self::new(ToolErrorCode::InvalidInput, message)
        }
    }

    /// The same for a job that does not exist and for one that belongs to somebody else.
    pub fn no_such_job(id: &str) -> Self {
        let id: String = id
            .chars()
            .filter(|c| !c.is_control())
            .take(ECHO_LENGTH)
            .collect();
        let message = format!(
            "There is no job {id:?}. A start_…_job tool returns the job_id; list_jobs shows the jobs that exist."
        );
        Self {
            field: Some("job_id".to_owned()),
            ..Self::new(ToolErrorCode::NotFound, message)
        }
    }

    /// An error of the queue about a job, from a call of `tool`.
    pub fn of_job(error: QueueError, id: &str, tool: Option<Tool>) -> Self {
        match error {
            QueueError::NotFound => Self::no_such_job(id),
            QueueError::Conflict(state) => Self::conflict(state, tool),
            other => other.into(),
        }
    }

    fn conflict(state: JobState, tool: Option<Tool>) -> Self {
        let participle = match tool {
            Some(Tool::Pause) => "paused",
            Some(Tool::Resume) => "resumed",
            Some(Tool::Cancel) => "cancelled",
            Some(Tool::Retry) => "retried",
            _ => "changed that way",
        };
        let next = match (tool, state) {
            (Some(Tool::Retry), JobState::Completed) => "Start a new job instead.",
            (Some(Tool::Retry), _) => {
                "Only a failed or cancelled job can; cancel_job ends an active one."
            }
            (_, JobState::Failed | JobState::Cancelled) => "retry_job starts it again.",
            (_, JobState::Completed) => "get_job_result returns its result.",
            _ => "get_job_status returns its current state.",
        };
        let state = state.as_str();
        Self::new(
            ToolErrorCode::StateConflict,
            format!("This job is {state} and cannot be {participle}. {next}"),
        )
    }

    /// As the answer of a tool, which the assistant reads, with the ready notice.
    pub fn into_result(self, ready_notice: Option<String>) -> CallToolResult {
        let problem =
            json!({ "code": self.code.as_str(), "field": self.field, "detail": self.message });
        let mut meta = MetaObject::default();
        meta.insert("jobtray/problem".to_owned(), problem);
        let texts = [Some(self.message), ready_notice].into_iter().flatten();
        let mut result = CallToolResult::error(texts.map(ContentBlock::text).collect());
        result.meta = Some(meta);
        result
    }
}

/// As an error of the protocol, for requests other than tool calls.
impl From<ToolError> for ErrorData {
    fn from(error: ToolError) -> Self {
        let data = Some(json!({ "code": error.code.as_str(), "field": error.field }));
        match error.code {
            ToolErrorCode::NotFound => Self::resource_not_found(error.message, data),
            ToolErrorCode::Unavailable => Self::internal_error(error.message, data),
            _ => Self::invalid_params(error.message, data),
        }
    }
}

impl From<FieldError> for ToolError {
    fn from(error: FieldError) -> Self {
        let problem = error.rule.in_language(Lang::En);
        // A kind's own reason may end with a full stop.
        Self::invalid(&error.field, problem.trim_end_matches('.'))
    }
}

impl From<QueueError> for ToolError {
    fn from(error: QueueError) -> Self {
        match error {
            QueueError::Invalid(error) if error.field == IDEMPOTENCY_KEY => {
                error.renamed("idempotency_key").into()
            }
            QueueError::Invalid(error) => error.into(),
            QueueError::NotFound => Self::no_such_job(""),
            QueueError::Conflict(state) => Self::conflict(state, None),
            QueueError::KeyReused => Self::invalid(
                "idempotency_key",
                "was used with another input; use a new key for a new job",
            ),
            QueueError::LeaseRequired | QueueError::LeaseLost => {
                Self::new(ToolErrorCode::Lease, error.to_string())
            }
            QueueError::Unavailable(cause) => {
                tracing::warn!(%cause, "the store is unavailable");
                Self::new(
                    ToolErrorCode::Unavailable,
                    "The store is unavailable; nothing was changed. Call again in a few seconds.",
                )
            }
        }
    }
}
