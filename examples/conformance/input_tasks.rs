//! Tasks that ask for input, or that fail with a protocol error. No kind of jobtray does either, so these tasks are
//! not jobs and are kept here.

use rmcp::model::{
    CallToolResult, ContentBlock, CreateTaskResult, DetailedTask, ErrorData, GetTaskResult,
    InputRequest, InputRequests, InputResponses, JsonObject, Task, TaskPayload, TaskStatus,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The tasks by their ids.
#[derive(Default)]
pub struct InputTasks(Mutex<HashMap<String, InputTask>>);

#[derive(Clone)]
struct InputTask {
    since: String,
    pending: InputRequests,
    answers: InputResponses,
    outcome: Outcome,
}

/// How a task ends once it has all its answers.
#[derive(Clone)]
enum Outcome {
    /// With a result that contains the answers.
    Done,
    Failed,
    Cancelled,
}

impl InputTasks {
    /// Creates a task that waits for answers to these questions, by their keys.
    pub fn ask(&self, questions: &[(&str, &str)]) -> CreateTaskResult {
        let pending = questions.iter().map(|(key, message)| {
            let key = (*key).to_owned();
            (key, question(message))
        });
        self.insert(pending.collect(), InputResponses::new(), Outcome::Done)
    }

    /// Creates a task that has all its answers.
    pub fn answered(&self, answers: InputResponses) -> CreateTaskResult {
        self.insert(InputRequests::new(), answers, Outcome::Done)
    }

    /// Creates a task that fails.
    pub fn failed(&self) -> CreateTaskResult {
        self.insert(InputRequests::new(), InputResponses::new(), Outcome::Failed)
    }

    fn insert(
        &self,
        pending: InputRequests,
        answers: InputResponses,
        outcome: Outcome,
    ) -> CreateTaskResult {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let since = jiff::Timestamp::now().to_string();
        let input_task = InputTask {
            since,
            pending,
            answers,
            outcome,
        };
        let task = input_task.task(&id, TaskStatus::Working);
        self.tasks().insert(id, input_task);
        CreateTaskResult::new(task)
    }

    fn tasks(&self) -> std::sync::MutexGuard<'_, HashMap<String, InputTask>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn knows(&self, id: &str) -> bool {
        self.tasks().contains_key(id)
    }

    pub fn get(&self, id: &str) -> Result<GetTaskResult, ErrorData> {
        let input_task = self.tasks().get(id).cloned().ok_or_else(unknown)?;
        let payload = match input_task.outcome {
            Outcome::Cancelled => TaskPayload::Cancelled,
            _ if !input_task.pending.is_empty() => TaskPayload::InputRequired {
                input_requests: input_task.pending.clone(),
            },
            Outcome::Done => TaskPayload::Completed {
                result: answered(&input_task.answers),
            },
            Outcome::Failed => TaskPayload::Failed {
                error: object(
                    json!({ "code": -32603, "message": "It broke, as it was asked to." }),
                ),
            },
        };
        let task = input_task.task(id, payload.status());
        Ok(GetTaskResult::new(DetailedTask::new(task, payload)))
    }

    /// Stores the answers to pending questions, and ignores all others.
    pub fn update(&self, id: &str, answers: InputResponses) -> Result<(), ErrorData> {
        let mut tasks = self.tasks();
        let task = tasks.get_mut(id).ok_or_else(unknown)?;
        for (key, answer) in answers {
            if task.pending.remove(&key).is_some() {
                task.answers.insert(key, answer);
            }
        }
        Ok(())
    }

    /// Cancels a task that still waits for answers.
    pub fn cancel(&self, id: &str) -> Result<(), ErrorData> {
        let mut tasks = self.tasks();
        let task = tasks.get_mut(id).ok_or_else(unknown)?;
        if !task.pending.is_empty() {
            task.outcome = Outcome::Cancelled;
        }
        Ok(())
    }
}

impl InputTask {
    fn task(&self, id: &str, status: TaskStatus) -> Task {
        Task::new(id, status, self.since.clone(), self.since.clone()).with_poll_interval_ms(200)
    }
}

/// A question to the user.
pub fn question(message: &str) -> InputRequest {
    let fields = json!({ "name": { "type": "string" }, "confirm": { "type": "boolean" } });
    let params = json!({
        "mode": "form",
        "message": message,
        "requestedSchema": { "type": "object", "properties": fields },
    });
    serde_json::from_value(json!({ "method": "elicitation/create", "params": params }))
        .expect("a valid elicitation request")
}

fn answered(answers: &InputResponses) -> JsonObject {
    let text = format!("Done with {}.", json!(answers));
    let result = CallToolResult::success(vec![ContentBlock::text(text)]);
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
