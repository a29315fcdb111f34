//! The door for assistants, through the real client of rmcp and over real connections.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    dead_code,
    reason = "a test stops where something is not as it must be, and each uses a part of the server"
)]

#[path = "mcp/assistant.rs"]
mod assistant;
#[path = "web/server.rs"]
mod server;

use assistant::{Assistant, Heard, Speaks};
use jobtray::job::{Failure, FailureCode, JobId, JobState, Notify, Stream};
use jobtray::queue::{NewLogLine, NewResult, Report, Reporter};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CancelTaskParams, ClientRequest,
    GetPromptRequestParams, GetTaskParams, ProgressToken, ReadResourceRequestParams,
    RequestMetaObject, ResourceContents, SubscribeRequestParams, SubscriptionFilter, TaskPayload,
};
use serde_json::{Value, json};
use server::{Server, external, stranger};
use std::collections::BTreeSet;
use std::time::Duration;

async fn report(server: &Server, id: &str, report: Report) {
    let id = JobId::parse(id).unwrap();
    let reporter = Reporter::Owner(&server.me);
    server.queue.report(reporter, &id, report).await.unwrap();
}

fn state(state: JobState) -> Report {
    Report {
        state: Some(state),
        ..Report::default()
    }
}

fn failure() -> Report {
    Report {
        failure: Some(Failure::of(FailureCode::OutOfSpace, "The disk is full.")),
        ..state(JobState::Failed)
    }
}

/// A job that we report on ourselves.
async fn job(server: &Server, name: &str) -> String {
    let job = server.external(&server.me, name).await;
    job.job_id.to_string()
}

async fn running(server: &Server, name: &str) -> String {
    let id = job(server, name).await;
    report(server, &id, state(JobState::Running)).await;
    id
}

#[tokio::test]
async fn tools_are_listed_with_schemas_and_hints_under_names_that_every_client_takes() {
    let server = Server::start().await;
    for speaks in [Speaks::Session, Speaks::Today] {
        let assistant = Assistant::connect(server.address, speaks).await;
        let tools = assistant.list_all_tools().await.unwrap();
        let names: BTreeSet<_> = tools.iter().map(|tool| tool.name.to_string()).collect();
        let expected = [
            "cancel_job",
            "get_job_logs",
            "get_job_result",
            "get_job_status",
            "list_jobs",
            "list_scenes",
            "notify_when_ready",
            "pause_job",
            "resume_job",
            "retry_job",
            "start_film_job",
            "start_part_tree_job",
            "start_stage_plan_job",
            "wait_for_job",
        ];
        assert_eq!(names, expected.map(str::to_owned).into());
        for tool in tools {
            let name = &tool.name;
            assert!(
                name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
                "{name}"
            );
            assert!(tool.description.as_ref().unwrap().len() > 80, "{name}");
            assert_eq!(tool.input_schema["type"], "object", "{name}");
            assert_eq!(tool.input_schema["additionalProperties"], false, "{name}");
            assert_eq!(
                tool.output_schema.as_ref().unwrap()["type"],
                "object",
                "{name}"
            );
            let hints = tool.annotations.unwrap();
            let reads =
                name.starts_with("get_") || name.starts_with("list_") || *name == "wait_for_job";
            let begins = name.starts_with("start_") || *name == "retry_job";
            assert_eq!(hints.read_only_hint, Some(reads), "{name}");
            assert_eq!(
                hints.destructive_hint,
                Some(*name == "cancel_job"),
                "{name}"
            );
            assert_eq!(hints.idempotent_hint, Some(!begins), "{name}");
        }
    }
}

#[tokio::test]
async fn a_kind_is_started_by_its_own_tool_and_its_input_is_its_own() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let tools = assistant.list_all_tools().await.unwrap();
    let start = tools
        .iter()
        .find(|tool| tool.name == "start_film_job")
        .unwrap();
    assert_eq!(
        start.input_schema["properties"]["input"]["required"],
        json!(["sceneId"])
    );
    assert_eq!(start.input_schema["required"], json!(["input"]));

    let arguments = json!({ "input": { "sceneId": "s1" }, "name": "Dawn", "notify": "always", "idempotency_key": "k" });
    let started = assistant.call("start_film_job", arguments.clone()).await;
    assert_eq!(started.data()["state"], "queued");
    assert_eq!(started.data()["name"], "Dawn");
    assert_eq!(started.data()["notify"], "always");
    assert_eq!(started.data()["estimateSeconds"], 10.0);
    assert!(
        started.words().contains("“Dawn” waits for its turn"),
        "{}",
        started.words()
    );
    let again = assistant.call("start_film_job", arguments).await;
    assert_eq!(again.job_id(), started.job_id());
    assert_eq!(server.count().await, 1);

    let stored = server
        .get(&format!("/api/v1/jobs/{}", started.job_id()))
        .await
        .json();
    for (field, value) in stored.as_object().unwrap() {
        assert_eq!(&started.data()[field], value, "{field}");
    }
}

#[tokio::test]
async fn a_job_is_followed_from_its_start_to_its_result() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    let lines = (1..=25).map(|number| NewLogLine {
        stream: if number % 2 == 0 {
            Stream::Stderr
        } else {
            Stream::Stdout
        },
        text: format!("line {number}"),
        at: None,
    });
    let half = Report {
        progress: Some(0.5),
        step: Some("Kneading".to_owned()),
        log: lines.collect(),
        ..Report::default()
    };
    report(&server, &id, half).await;
    let of = json!({ "job_id": id });

    let status = assistant.call("get_job_status", of.clone()).await;
    assert_eq!(status.data()["progress"], 0.5);
    assert_eq!(status.data()["logs"].as_array().unwrap().len(), 20);
    assert_eq!(status.data()["logs"][0]["text"], "line 6");
    assert_eq!(status.data()["logsNext"], 25);
    assert!(status.data()["pollAfterSeconds"].as_u64().unwrap() >= 1);
    assert!(
        status
            .words()
            .starts_with("“Bread” is running: 50%, Kneading"),
        "{}",
        status.words()
    );

    let logs = assistant
        .call(
            "get_job_logs",
            json!({ "job_id": id, "after": 3, "limit": 2 }),
        )
        .await;
    assert_eq!(logs.data()["lines"][1]["text"], "line 5");
    assert_eq!(logs.data()["next"], 5);
    assert!(logs.words().contains("stderr line 4"), "{}", logs.words());
    let early = assistant.call("get_job_result", of.clone()).await;
    assert!(
        early.refusal().contains("is running"),
        "{}",
        early.refusal()
    );

    std::fs::create_dir_all(server.data.path().join("artifacts/jobs")).unwrap();
    std::fs::write(
        server.data.path().join("artifacts/jobs/bread.md"),
        "# Bread\n",
    )
    .unwrap();
    let done = Report {
        result: Some(NewResult {
            file: Some("bread.md".to_owned()),
            media_type: "text/markdown".to_owned(),
            bytes: 8,
            download_name: None,
            page: None,
            href: None,
        }),
        ..state(JobState::Completed)
    };
    report(&server, &id, done).await;
    let status = assistant.call("get_job_status", of.clone()).await;
    assert_eq!(status.data()["pollAfterSeconds"], Value::Null);
    assert_eq!(
        status.data()["resultResource"],
        format!("job://{id}/result")
    );
    assert_eq!(status.link(), Some(format!("job://{id}/result").as_str()));
    let result = assistant.call("get_job_result", of).await;
    assert_eq!(result.data()["text"], "# Bread\n");
    assert_eq!(result.data()["truncated"], false);
    let site = format!("http://{}/", server.address);
    assert!(result.data()["page"].as_str().unwrap().starts_with(&site));
    assert!(result.words().ends_with("# Bread\n"), "{}", result.words());

    let read =
        assistant.read_resource(ReadResourceRequestParams::new(format!("job://{id}/result")));
    let contents = read.await.unwrap().contents;
    let expected = ResourceContents::text("# Bread\n", format!("job://{id}/result"));
    assert_eq!(contents, [expected.with_mime_type("text/markdown")]);
}

#[tokio::test]
async fn structured_answers_keep_to_the_schemas_that_were_promised() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    let ready = running(&server, "Cake").await;
    assistant
        .call("notify_when_ready", json!({ "job_id": ready }))
        .await;
    report(&server, &ready, failure()).await;
    let tools = assistant.list_all_tools().await.unwrap();
    let mut news = 0;
    for (tool, arguments) in [
        ("list_jobs", json!({})),
        ("list_scenes", json!({ "limit": 3 })),
        ("get_job_status", json!({ "job_id": id })),
        (
            "wait_for_job",
            json!({ "job_id": id, "timeout_seconds": 0 }),
        ),
        ("get_job_logs", json!({ "job_id": id })),
        ("notify_when_ready", json!({ "job_id": id })),
        ("pause_job", json!({ "job_id": id })),
        ("resume_job", json!({ "job_id": id })),
        ("cancel_job", json!({ "job_id": id })),
        ("retry_job", json!({ "job_id": id })),
        ("start_film_job", json!({ "input": { "sceneId": "s1" } })),
    ] {
        let described = tools.iter().find(|one| one.name == tool).unwrap();
        let schema = Value::Object(described.output_schema.as_deref().unwrap().clone());
        let answer = assistant.call(tool, arguments).await;
        news += usize::from(answer.data().get("becameReady").is_some());
        let validator = jsonschema::validator_for(&schema).unwrap();
        let wrong: Vec<_> = validator
            .iter_errors(answer.data())
            .map(|error| error.to_string())
            .collect();
        assert!(wrong.is_empty(), "{tool}: {wrong:?}");
    }
    assert_eq!(news, 1);
}

#[tokio::test]
async fn waiting_ends_with_the_job_and_tells_how_far_it_is() {
    let server = Server::start().await;
    for speaks in [Speaks::Session, Speaks::Today] {
        let assistant = Assistant::connect(server.address, speaks).await;
        let id = running(&server, "Bread").await;
        let mut params = CallToolRequestParams::new("wait_for_job");
        params.arguments = json!({ "job_id": id, "timeout_seconds": 30 })
            .as_object()
            .cloned();
        params.meta = Some(RequestMetaObject::with_progress_token(ProgressToken(
            rmcp::model::NumberOrString::Number(7),
        )));
        let telling = async {
            // The wait is on once it has told where the job stands.
            let Heard::Progress(first) = assistant.next_heard().await else {
                panic!("no progress")
            };
            assert_eq!(first.total, Some(1.0));
            report(&server, &id, state(JobState::Completed)).await;
        };
        let (waited, ()) = tokio::join!(assistant.peer().call_tool_once(params), telling);
        let CallToolResponse::Complete(result) = waited.unwrap() else {
            panic!("no result")
        };
        assert_eq!(
            result.structured_content.unwrap()["state"],
            "completed",
            "{speaks:?}"
        );
    }
}

#[tokio::test]
async fn a_client_that_leaves_a_wait_takes_no_news_with_it() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let (id, other) = (
        running(&server, "Bread").await,
        running(&server, "Cake").await,
    );
    let promised = json!({ "job_id": other });
    assistant.call("notify_when_ready", promised).await.data();
    let mut params = CallToolRequestParams::new("wait_for_job");
    params.arguments = json!({ "job_id": id }).as_object().cloned();
    params.meta = Some(RequestMetaObject::with_progress_token(ProgressToken(
        rmcp::model::NumberOrString::Number(7),
    )));
    let peer = assistant.peer().clone();
    let waiting = tokio::spawn(async move { peer.call_tool_once(params).await });
    let Heard::Progress(_) = assistant.next_heard().await else {
        panic!("it does not wait")
    };
    report(&server, &other, failure()).await;
    // Given up: the client says so to the server, which would wait for half a minute.
    waiting.abort();
    let told = assistant.call("list_jobs", json!({})).await;
    assert_eq!(told.data()["becameReady"][0]["jobId"], other);
}

#[tokio::test]
async fn two_hundred_who_wait_are_woken_by_one_end() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Today).await;
    let id = running(&server, "Bread").await;
    let waiting = (0..200).map(|_| assistant.call("wait_for_job", json!({ "job_id": id })));
    let ending = async { report(&server, &id, state(JobState::Completed)).await };
    let (answers, ()) = tokio::join!(futures::future::join_all(waiting), ending);
    assert!(
        answers
            .iter()
            .all(|answer| answer.data()["state"] == "completed")
    );
}

#[tokio::test]
async fn a_wait_without_an_end_comes_back_with_the_state_as_it_is() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    let wait = json!({ "job_id": id, "timeout_seconds": 0.2 });
    let answer = assistant.call("wait_for_job", wait).await;
    assert_eq!(answer.data()["state"], "running");
    assert!(
        answer.words().contains("or call wait_for_job"),
        "{}",
        answer.words()
    );
}

#[tokio::test]
async fn actions_do_what_they_say_and_say_what_they_cannot_do() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    let of = json!({ "job_id": id });
    for (tool, leads_to) in [
        ("pause_job", "paused"),
        ("resume_job", "queued"),
        ("cancel_job", "cancelled"),
        ("retry_job", "queued"),
    ] {
        let answer = assistant.call(tool, of.clone()).await;
        assert_eq!(answer.data()["state"], leads_to, "{tool}");
    }
    report(&server, &id, state(JobState::Completed)).await;
    for (tool, says) in [
        (
            "retry_job",
            "This job is completed and cannot be retried. Start a new job",
        ),
        (
            "cancel_job",
            "This job is completed and cannot be cancelled. get_job_result reads",
        ),
        ("pause_job", "This job is completed and cannot be paused."),
    ] {
        let answer = assistant.call(tool, of.clone()).await;
        assert!(
            answer.refusal().starts_with(says),
            "{tool}: {}",
            answer.refusal()
        );
    }
}

#[tokio::test]
async fn what_became_ready_is_told_once_a_session_and_once_to_a_user_without() {
    let server = Server::start().await;
    let one = Assistant::connect(server.address, Speaks::Session).await;
    let other = Assistant::connect(server.address, Speaks::Session).await;
    let today = Assistant::connect(server.address, Speaks::Today).await;
    let (id, silent) = (
        running(&server, "Bread").await,
        running(&server, "Toast").await,
    );
    let promised = one.call("notify_when_ready", json!({ "job_id": id })).await;
    assert_eq!(promised.data()["notify"], "always");
    assert!(
        promised.data()["expect"]
            .as_str()
            .unwrap()
            .contains("cannot start a turn")
    );
    let rest = one.call("list_jobs", json!({})).await;
    assert!(rest.data().get("becameReady").is_none());

    report(&server, &id, failure()).await;
    report(&server, &silent, failure()).await;
    for assistant in [&one, &other, &today] {
        let told = assistant.call("list_jobs", json!({ "limit": 1 })).await;
        let ready = told.data()["becameReady"].as_array().unwrap();
        assert_eq!(ready.len(), 1, "{ready:?}");
        assert_eq!(ready[0]["jobId"], id);
        assert!(
            told.words().contains("“Bread” failed: The disk is full."),
            "{}",
            told.words()
        );
        let again = assistant.call("list_jobs", json!({})).await;
        assert!(again.data().get("becameReady").is_none());
    }
    // Another client without a session is the same user.
    let later = Assistant::connect(server.address, Speaks::Today).await;
    assert!(
        later
            .call("list_jobs", json!({}))
            .await
            .data()
            .get("becameReady")
            .is_none()
    );
    // The next attempt's end is news again; the answer about the job itself is no news of it.
    server
        .queue
        .retry(&server.me, &JobId::parse(&id).unwrap())
        .await
        .unwrap();
    report(&server, &id, failure()).await;
    let status = one.call("get_job_status", json!({ "job_id": id })).await;
    assert!(status.data().get("becameReady").is_none());
    assert!(
        one.call("list_jobs", json!({}))
            .await
            .data()
            .get("becameReady")
            .is_none()
    );
    let told = other.call("list_jobs", json!({})).await;
    assert_eq!(told.data()["becameReady"][0]["jobId"], id);
}

#[tokio::test]
async fn a_client_that_knows_tasks_follows_an_attempt_which_never_changes_once_it_ended() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Tasks).await;
    let start = json!({ "input": { "sceneId": "s1" } });
    let CallToolResponse::Task(created) =
        assistant.try_call("start_film_job", start).await.unwrap()
    else {
        panic!("no task")
    };
    let task = created.task.task_id;
    let (id, attempt) = task.rsplit_once('.').unwrap();
    assert_eq!(attempt, "1");
    // It is on the disk before its id is given away.
    assert_eq!(server.get(&format!("/api/v1/jobs/{id}")).await.status, 200);
    let get = |task: &str| assistant.get_task(GetTaskParams::new(task));
    let payload = |task: &str| {
        let got = get(task);
        async move { got.await.unwrap().task.payload }
    };
    assert_eq!(payload(&task).await, TaskPayload::Working);

    let claim = server.claim_film().await;
    let token = claim["leaseToken"].as_str().unwrap();
    let failed = json!({ "state": "failed", "failure": { "code": "out_of_space", "summary": "Full.", "retryable": true } });
    assert_eq!(server.report(id, token, failed).await.status, 200);
    let ended = payload(&task).await;
    let TaskPayload::Completed { result } = &ended else {
        panic!("{ended:?}")
    };
    assert_eq!(result["isError"], true);
    assert_eq!(
        result["structuredContent"]["failure"]["code"],
        "out_of_space"
    );

    assert_eq!(
        server
            .post(&format!("/api/v1/jobs/{id}/retry"))
            .await
            .status,
        200
    );
    assert_eq!(ended_as(payload(&task).await), ended_as(ended.clone()));
    let next = format!("{id}.2");
    assert_eq!(payload(&next).await, TaskPayload::Working);
    // Cancelling the first changes nothing; cancelling the second ends it.
    assistant
        .peer()
        .cancel_task(CancelTaskParams::new(&task))
        .await
        .unwrap();
    assert_eq!(payload(&next).await, TaskPayload::Working);
    assistant
        .peer()
        .cancel_task(CancelTaskParams::new(&next))
        .await
        .unwrap();
    assert_eq!(payload(&next).await, TaskPayload::Cancelled);
    assert_eq!(ended_as(payload(&task).await), ended_as(ended));

    let foreign = server.external(&stranger(), "Secret").await.job_id;
    for unknown in [
        format!("{foreign}.1"),
        format!("{id}.3"),
        format!("{id}.0"),
        format!("{id}.01"),
        format!("{id}.+1"),
        id.to_owned(),
        String::new(),
        format!("{id}.1.1"),
    ] {
        let error = get(&unknown).await.unwrap_err().to_string();
        assert!(
            error.contains("There is no such task."),
            "{unknown}: {error}"
        );
    }
}

/// What a person is told of how an attempt ended.
fn ended_as(payload: TaskPayload) -> (Value, Value, Value, Value) {
    let TaskPayload::Completed { result } = payload else {
        panic!("{payload:?}")
    };
    let job = &result["structuredContent"];
    let field = |name: &str| job[name].clone();
    assert_eq!(result["isError"], true);
    (
        field("state"),
        field("failure"),
        field("finishedAt"),
        field("attempt"),
    )
}

#[tokio::test]
async fn more_became_ready_than_one_answer_tells_and_the_next_tells_the_rest() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    for number in 0..25 {
        let mut new = external(&format!("Bread {number}"));
        new.notify = Notify::Always;
        let job = server.queue.submit(&server.me, new).await.unwrap();
        report(&server, job.job_id.as_str(), failure()).await;
    }
    let mut told = BTreeSet::new();
    for expected in [20, 5, 0] {
        let answer = assistant.call("list_scenes", json!({})).await;
        let ready = answer.data().get("becameReady").and_then(Value::as_array);
        let ids = ready
            .into_iter()
            .flatten()
            .map(|one| one["jobId"].to_string());
        let before = told.len();
        told.extend(ids);
        assert_eq!(told.len() - before, expected);
    }
}

#[tokio::test]
async fn a_client_without_tasks_gets_the_job_and_may_not_ask_for_tasks() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Today).await;
    let start = json!({ "input": { "sceneId": "s1" } });
    let job = assistant.call("start_film_job", start).await;
    assert_eq!(job.data()["state"], "queued");
    let task = format!("{}.1", job.job_id());
    assert!(assistant.get_task(GetTaskParams::new(task)).await.is_err());
}

#[tokio::test]
async fn dotted_names_and_the_old_one_are_answered() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let start = json!({ "input": { "sceneId": "s1" } });
    let id = assistant
        .call("jobs.startFilm", start)
        .await
        .job_id()
        .to_owned();
    for tool in [
        "jobs.getStatus",
        "jobs.wait",
        "jobs.getLogs",
        "jobs.notifyWhenReady",
        "jobs.pause",
        "jobs.resume",
        "jobs.cancel",
        "jobs.retry",
    ] {
        let mut arguments = json!({ "job_id": id });
        if tool == "jobs.wait" {
            arguments["timeout_seconds"] = 0.into();
        }
        assistant.call(tool, arguments).await.data();
    }
    assistant.call("jobs.list", json!({})).await.data();
    assistant
        .call("jobs.getResult", json!({ "job_id": id }))
        .await
        .refusal();
    let unknown = assistant
        .try_call("jobs.explode", json!({}))
        .await
        .unwrap_err();
    assert!(
        unknown.to_string().contains("Unknown tool: jobs.explode"),
        "{unknown}"
    );
}

#[tokio::test]
async fn bad_arguments_are_named_and_change_nothing() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = job(&server, "Bread").await;
    let long = "x".repeat(300);
    for (tool, arguments, says) in [
        ("get_job_status", json!({}), "missing field `job_id`"),
        ("get_job_status", json!({ "job_id": 7 }), "job_id: "),
        ("get_job_status", json!({ "job_id": id, "more": 1 }), "more"),
        (
            "get_job_status",
            json!({ "job_id": "nonsense" }),
            "There is no job \"nonsense\"",
        ),
        (
            "get_job_status",
            json!({ "job_id": format!("film_{}", "0".repeat(32)) }),
            "list_jobs shows the jobs",
        ),
        (
            "wait_for_job",
            json!({ "job_id": id, "timeout_seconds": 31 }),
            "timeout_seconds: expected 0 to 30",
        ),
        (
            "wait_for_job",
            json!({ "job_id": id, "timeout_seconds": -1 }),
            "timeout_seconds: ",
        ),
        (
            "wait_for_job",
            json!({ "job_id": id, "timeout_seconds": "soon" }),
            "timeout_seconds: ",
        ),
        (
            "get_job_logs",
            json!({ "job_id": id, "limit": 1001 }),
            "limit: expected 1 to 1000",
        ),
        (
            "get_job_logs",
            json!({ "job_id": id, "after": -1 }),
            "after: ",
        ),
        ("list_scenes", json!({ "cursor": "../x" }), "cursor: "),
        (
            "list_jobs",
            json!({ "limit": 0 }),
            "limit: expected 1 to 100",
        ),
        ("list_jobs", json!({ "state": "exploded" }), "state: "),
        ("list_jobs", json!({ "cursor": "x" }), "cursor: "),
        ("start_film_job", json!({}), "input.sceneId: is required"),
        (
            "start_film_job",
            json!({ "input": "s1" }),
            "input: expected an object",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "s1" }, "name": long }),
            "name: 200 characters at most",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "s1" }, "notify": "loudly" }),
            "notify: ",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "s1" }, "idempotency_key": "" }),
            "idempotency_key: expected 1 to 255",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "x".repeat(1 << 20) } }),
            "body",
        ),
    ] {
        let said = match assistant.try_call(tool, arguments.clone()).await {
            Ok(CallToolResponse::Complete(result)) => {
                assistant::Answer(result).refusal().to_owned()
            }
            Ok(other) => panic!("{other:?}"),
            Err(error) => error.to_string().to_lowercase(),
        };
        assert!(
            said.contains(says) || says == "body",
            "{tool} {says}: {said}"
        );
    }
    assert_eq!(server.count().await, 1);
    assert_eq!(
        server
            .queue
            .get(&server.me, &JobId::parse(&id).unwrap())
            .await
            .unwrap()
            .version,
        1
    );
}

#[tokio::test]
async fn what_belongs_to_another_studio_does_not_exist() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let theirs = server.external(&stranger(), "Secret").await;
    let id = theirs.job_id.to_string();
    let unknown = format!("film_{}", "0".repeat(32));
    for tool in [
        "get_job_status",
        "wait_for_job",
        "get_job_logs",
        "get_job_result",
        "notify_when_ready",
        "cancel_job",
        "pause_job",
        "resume_job",
        "retry_job",
    ] {
        let of_theirs = assistant
            .call(tool, json!({ "job_id": id }))
            .await
            .refusal()
            .replace(&id, "ID");
        let of_none = assistant
            .call(tool, json!({ "job_id": unknown }))
            .await
            .refusal()
            .replace(&unknown, "ID");
        assert_eq!(of_theirs, of_none, "{tool}");
    }
    for part in ["", "/result", "/logs"] {
        let uri = format!("job://{id}{part}");
        let read = assistant
            .read_resource(ReadResourceRequestParams::new(&uri))
            .await;
        assert!(
            read.unwrap_err().to_string().contains("There is no job"),
            "{uri}"
        );
        let subscribed = assistant
            .peer()
            .send_request(ClientRequest::SubscribeRequest(rmcp::model::Request::new(
                SubscribeRequestParams::new(uri),
            )));
        assert!(subscribed.await.is_err());
    }
    assert_eq!(
        server.queue.get(&stranger(), &theirs.job_id).await.unwrap(),
        theirs
    );
}

#[tokio::test]
#[expect(deprecated, reason = "clients with a session still subscribe this way")]
async fn resources_teach_list_and_tell_of_changes() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    let listed = assistant.list_all_resources().await.unwrap();
    let uris: Vec<_> = listed
        .iter()
        .map(|resource| resource.uri.as_str())
        .collect();
    assert_eq!(
        uris,
        ["jobs://playbook", "jobs://types", &format!("job://{id}")]
    );
    assert_eq!(
        assistant.list_all_resource_templates().await.unwrap().len(),
        3
    );
    let text = |uri: String| {
        let read = assistant.read_resource(ReadResourceRequestParams::new(uri));
        async move {
            match read.await.unwrap().contents.remove(0) {
                ResourceContents::TextResourceContents { text, .. } => text,
                other => panic!("{other:?}"),
            }
        }
    };
    assert!(
        text("jobs://playbook".to_owned())
            .await
            .contains("start → poll → read")
    );
    let types: Value = serde_json::from_str(&text("jobs://types".to_owned()).await).unwrap();
    assert_eq!(types["types"][0]["tool"], "start_film_job");
    let job: Value = serde_json::from_str(&text(format!("job://{id}")).await).unwrap();
    assert_eq!(job["state"], "running");
    assert_eq!(text(format!("job://{id}/logs")).await, "");
    for uri in [
        "job://nonsense",
        "jobs://",
        "file:///etc/passwd",
        "job://../../x",
    ] {
        assert!(
            assistant
                .read_resource(ReadResourceRequestParams::new(uri))
                .await
                .is_err(),
            "{uri}"
        );
    }

    let uri = format!("job://{id}");
    assistant
        .subscribe(SubscribeRequestParams::new(&uri))
        .await
        .unwrap();
    report(&server, &id, state(JobState::Completed)).await;
    let Heard::Updated(updated) = assistant.next_heard().await else {
        panic!("nothing updated")
    };
    assert_eq!(updated, uri);
}

#[tokio::test]
async fn a_client_of_today_listens_to_the_jobs_that_it_names() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Today).await;
    let id = running(&server, "Bread").await;
    let uri = format!("job://{id}/result");
    let wanted = SubscriptionFilter::builder()
        .resource_subscription(&uri)
        .resource_subscription("jobs://types");
    let mut subscription = assistant.peer().listen(wanted.build()).await.unwrap();
    // A report is no result yet.
    report(
        &server,
        &id,
        Report {
            progress: Some(0.4),
            ..Report::default()
        },
    )
    .await;
    let done = Report {
        result: Some(NewResult {
            file: None,
            media_type: "text/html".to_owned(),
            bytes: 0,
            download_name: None,
            page: None,
            href: Some("https://example.org/bread".to_owned()),
        }),
        ..state(JobState::Completed)
    };
    report(&server, &id, done).await;
    let heard = tokio::time::timeout(Duration::from_secs(20), subscription.next())
        .await
        .unwrap();
    let heard = serde_json::to_value(heard.unwrap().unwrap()).unwrap();
    assert_eq!(heard["params"]["uri"], uri, "{heard}");
    let read = assistant
        .read_resource(ReadResourceRequestParams::new(uri))
        .await
        .unwrap();
    let ResourceContents::TextResourceContents { text, .. } = &read.contents[0] else {
        panic!("{read:?}")
    };
    assert!(text.starts_with("https://example.org/bread"), "{text}");
}

#[tokio::test]
async fn prompts_hold_what_an_assistant_needs_to_answer() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let id = running(&server, "Bread").await;
    report(&server, &id, failure()).await;
    let prompt = |name: &str, arguments: Value| {
        let mut params = GetPromptRequestParams::new(name.to_owned());
        params.arguments = arguments.as_object().cloned();
        let got = assistant.get_prompt(params);
        async move { serde_json::to_string(&got.await.unwrap().messages).unwrap() }
    };
    assert_eq!(assistant.list_all_prompts().await.unwrap().len(), 2);
    for said in [
        prompt("job_report", json!({})).await,
        prompt("job_report", json!({ "job_id": id })).await,
        prompt("diagnose_failed_job", json!({ "job_id": id })).await,
    ] {
        assert!(said.contains("“Bread” failed: The disk is full."), "{said}");
        assert!(said.contains(&id), "{said}");
    }
    let mut params = GetPromptRequestParams::new("diagnose_failed_job");
    params.arguments = None;
    let error = assistant.get_prompt(params).await.unwrap_err().to_string();
    assert!(error.contains("job_id: is required"), "{error}");
}

#[tokio::test]
async fn a_page_of_another_site_is_refused_at_this_door_too() {
    let server = Server::start().await;
    let hello = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "c", "version": "1" } } });
    for (header, value, status) in [
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("host", "evil.example", 403),
        ("sec-fetch-site", "cross-site", 403),
        ("x-nothing", "special", 200),
    ] {
        let request = server
            .request("POST", "/mcp")
            .header(header, value)
            .json(&hello);
        let request = request.header("accept", "application/json, text/event-stream");
        // The answer to a greeting is a stream that stays open: its status is enough.
        assert_eq!(
            request.send().await.unwrap().status(),
            status,
            "{header}: {value}"
        );
    }
}

#[tokio::test]
async fn two_hundred_calls_at_once_are_all_answered() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let starts = (0..200).map(|number| {
        assistant.call(
            "start_film_job",
            json!({ "input": { "sceneId": format!("s{number}") } }),
        )
    });
    let answers = futures::future::join_all(starts).await;
    let ids: BTreeSet<_> = answers
        .iter()
        .map(|answer| answer.job_id().to_owned())
        .collect();
    assert_eq!(ids.len(), 200);
    assert_eq!(server.count().await, 200);
}

#[tokio::test]
async fn notify_default_is_no_wish() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
    let mut new = external("Bread");
    new.notify = Notify::Failures;
    let id = server
        .queue
        .submit(&server.me, new)
        .await
        .unwrap()
        .job_id
        .to_string();
    report(&server, &id, failure()).await;
    assert!(
        assistant
            .call("list_jobs", json!({}))
            .await
            .data()
            .get("becameReady")
            .is_none()
    );
}
