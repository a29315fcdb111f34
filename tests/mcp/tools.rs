//! The list of tools, and what their calls return.

use crate::{failure, report, running, state};
use jobtray::job::{JobState, Stream};
use jobtray::queue::{NewLogLine, NewResult, Report};
use rmcp::model::{ReadResourceRequestParams, ResourceContents};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::assistant::{Assistant, Protocol};
use testkit::server::Server;

#[tokio::test]
async fn tools_have_schemas_hints_and_names_that_every_client_accepts() {
    let server = Server::start().await;
    for protocol in [Protocol::Session, Protocol::Stateless] {
        let assistant = Assistant::connect(server.address, protocol).await;
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
            "start_story_job",
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
            let starts = name.starts_with("start_") || *name == "retry_job";
            assert_eq!(hints.read_only_hint, Some(reads), "{name}");
            assert_eq!(
                hints.destructive_hint,
                Some(*name == "cancel_job"),
                "{name}"
            );
            assert_eq!(hints.idempotent_hint, Some(!starts), "{name}");
        }
    }
}

#[tokio::test]
async fn each_kind_has_a_start_tool_with_the_schema_of_its_input() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
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
        started.text().contains("“Dawn” waits for its turn"),
        "{}",
        started.text()
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
async fn a_job_can_be_followed_from_its_start_to_its_result() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
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
            .text()
            .starts_with("“Bread” is running: 50%, Kneading"),
        "{}",
        status.text()
    );

    let logs = assistant
        .call(
            "get_job_logs",
            json!({ "job_id": id, "after": 3, "limit": 2 }),
        )
        .await;
    assert_eq!(logs.data()["lines"][1]["text"], "line 5");
    assert_eq!(logs.data()["next"], 5);
    assert!(logs.text().contains("stderr line 4"), "{}", logs.text());
    let early = assistant.call("get_job_result", of.clone()).await;
    assert!(
        early.error_text().contains("is running"),
        "{}",
        early.error_text()
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
            details: None,
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
    assert!(result.text().ends_with("# Bread\n"), "{}", result.text());

    let read =
        assistant.read_resource(ReadResourceRequestParams::new(format!("job://{id}/result")));
    let contents = read.await.unwrap().contents;
    let expected = ResourceContents::text("# Bread\n", format!("job://{id}/result"));
    assert_eq!(contents, [expected.with_mime_type("text/markdown")]);
}

#[tokio::test]
async fn structured_answers_are_valid_by_the_output_schemas() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    let id = running(&server, "Bread").await;
    let ready = running(&server, "Cake").await;
    assistant
        .call("notify_when_ready", json!({ "job_id": ready }))
        .await;
    report(&server, &ready, failure()).await;
    let tools = assistant.list_all_tools().await.unwrap();
    let mut announcements = 0;
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
        announcements += usize::from(answer.data().get("becameReady").is_some());
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(answer.data())
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{tool}: {errors:?}");
    }
    assert_eq!(announcements, 1);
}

#[tokio::test]
async fn commands_change_the_state_or_explain_why_they_cannot() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    let id = running(&server, "Bread").await;
    let of = json!({ "job_id": id });
    for (tool, state) in [
        ("pause_job", "paused"),
        ("resume_job", "queued"),
        ("cancel_job", "cancelled"),
        ("retry_job", "queued"),
    ] {
        let answer = assistant.call(tool, of.clone()).await;
        assert_eq!(answer.data()["state"], state, "{tool}");
    }
    report(&server, &id, state(JobState::Completed)).await;
    for (tool, expected) in [
        (
            "retry_job",
            "This job is completed and cannot be retried. Start a new job",
        ),
        (
            "cancel_job",
            "This job is completed and cannot be cancelled. get_job_result returns",
        ),
        ("pause_job", "This job is completed and cannot be paused."),
    ] {
        let answer = assistant.call(tool, of.clone()).await;
        assert!(
            answer.error_text().starts_with(expected),
            "{tool}: {}",
            answer.error_text()
        );
    }
}

#[tokio::test]
async fn tools_can_be_called_by_their_dotted_names() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
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
        .error_text();
    let unknown = assistant
        .try_call("jobs.explode", json!({}))
        .await
        .unwrap_err();
    assert!(
        unknown.to_string().contains("Unknown tool: jobs.explode"),
        "{unknown}"
    );
}
