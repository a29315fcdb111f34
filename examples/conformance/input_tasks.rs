//! Tasks that ask something, or fail by an error of the protocol. No kind of jobtray's does either, so these
//! are kept here, and are no jobs.

use rmcp::model::{
    CallToolResult, ContentBlock, CreateTaskResult, DetailedTask, ErrorData, GetTaskResult,
    InputRequest, InputRequests, InputResponses, JsonObject, Task, TaskPayload, TaskStatus,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// What each task stands at, by its id.
#[derive(Default)]
pub struct Asked(Mutex<HashMap<String, Asking>>);

#[derive(Clone)]
struct Asking {
    since: String,
    pending: InputRequests,
    answers: InputResponses,
    then: Then,
}

/// What becomes of a task that has nothing left to ask.
#[derive(Clone)]
enum Then {
    /// A result that tells what was answered.
    Done,
    Broken,
    Cancelled,
}

impl Asked {
    /// A task that waits for answers to these questions, by their keys.
    pub fn ask(&self, questions: &[(&str, &str)]) -> CreateTaskResult {
        let pending = questions.iter().map(|(key, message)| {
            let key = (*key).to_owned();
            (key, question(message))
        });
        self.keep(pending.collect(), InputResponses::new(), Then::Done)
    }

    /// One that knows all it needs.
    pub fn answered(&self, answers: InputResponses) -> CreateTaskResult {
        self.keep(InputRequests::new(), answers, Then::Done)
    }

    /// One that breaks.
    pub fn broken(&self) -> CreateTaskResult {
        self.keep(InputRequests::new(), InputResponses::new(), Then::Broken)
    }

    fn keep(
        &self,
        pending: InputRequests,
        answers: InputResponses,
        then: Then,
    ) -> CreateTaskResult {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let since = jiff::Timestamp::now().to_string();
        let asking = Asking {
            since,
            pending,
            answers,
            then,
        };
        let task = asking.task(&id, TaskStatus::Working);
        self.tasks().insert(id, asking);
        CreateTaskResult::new(task)
    }

    fn tasks(&self) -> std::sync::MutexGuard<'_, HashMap<String, Asking>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn knows(&self, id: &str) -> bool {
        self.tasks().contains_key(id)
    }

    pub fn get(&self, id: &str) -> Result<GetTaskResult, ErrorData> {
        let asking = self.tasks().get(id).cloned().ok_or_else(unknown)?;
        let payload = match asking.then {
            Then::Cancelled => TaskPayload::Cancelled,
            _ if !asking.pending.is_empty() => TaskPayload::InputRequired {
                input_requests: asking.pending.clone(),
            },
            Then::Done => TaskPayload::Completed {
                result: answered(&asking.answers),
            },
            Then::Broken => TaskPayload::Failed {
                error: object(
                    json!({ "code": -32603, "message": "It broke, as it was asked to." }),
                ),
            },
        };
        let task = asking.task(id, payload.status());
        Ok(GetTaskResult::new(DetailedTask::new(task, payload)))
    }

    /// Takes the answers to what is still asked, and passes over all others.
    pub fn update(&self, id: &str, answers: InputResponses) -> Result<(), ErrorData> {
        let mut tasks = self.tasks();
        let asking = tasks.get_mut(id).ok_or_else(unknown)?;
        for (key, answer) in answers {
            if asking.pending.remove(&key).is_some() {
                asking.answers.insert(key, answer);
            }
        }
        Ok(())
    }

    /// Ends a task that is still asking.
    pub fn cancel(&self, id: &str) -> Result<(), ErrorData> {
        let mut tasks = self.tasks();
        let asking = tasks.get_mut(id).ok_or_else(unknown)?;
        if !asking.pending.is_empty() {
            asking.then = Then::Cancelled;
        }
        Ok(())
    }
}

impl Asking {
    fn task(&self, id: &str, status: TaskStatus) -> Task {
        Task::new(id, status, self.since.clone(), self.since.clone()).with_poll_interval_ms(200)
    }
}

/// A question to the person.
pub fn question(message: &str) -> InputRequest {
    let fields = json!({ "name": { "type": "string" }, "confirm": { "type": "boolean" } });
    let params = json!({
        "mode": "form",
        "message": message,
        "requestedSchema": { "type": "object", "properties": fields },
    });
    serde_json::from_value(json!({ "method": "elicitation/create", "params": params }))
        .expect("a question that the protocol knows")
}

fn answered(answers: &InputResponses) -> JsonObject {
    let said = format!("Done with {}.", json!(answers));
    let result = CallToolResult::success(vec![ContentBlock::text(said)]);
    object(serde_json::to_value(result).expect("a result is JSON"))
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

fn unknown() -> ErrorData {
    ErrorData::invalid_params("There is no such task.", None)
}
