//! The built program and the real client of rmcp. A job of each kind is started, followed to its end, and its
//! result is read, over HTTP and over stdio. Some tests kill the program in between.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test may fail"
)]

use rmcp::model::{ReadResourceRequestParams, ResourceContents};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use testkit::assistant::{Assistant, Protocol};
use testkit::program::{Program, Server, database};
use tokio::process::Child;

const JOBTRAY: Program = Program(env!("CARGO_BIN_EXE_jobtray"));
const SCRIPT: &str = "#!/bin/sh\necho \"::progress 0.5 Half of it\"\necho \"done: $1\"\n";

/// The program on a data directory, with a script that jobs can run.
fn program(data: &Path, command: &str) -> Command {
    let scripts = data.join("scripts");
    std::fs::create_dir_all(&scripts).unwrap();
    let script = scripts.join("greet.sh");
    std::fs::write(&script, SCRIPT).unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    let mut program = JOBTRAY.command(command, data);
    program.env("JOBTRAY_SCRIPTS_DIR", scripts).env(
        "JOBTRAY_CRAFT_DIR",
        concat!(env!("CARGO_MANIFEST_DIR"), "/samples/craft"),
    );
    program
}

/// An assistant that starts the program itself.
async fn on_stdio(data: &Path, protocol: Protocol) -> (Assistant, Child) {
    let mut program = tokio::process::Command::from(program(data, "mcp"));
    program.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = program.kill_on_drop(true).spawn().unwrap();
    let (output, input) = (process.stdout.take(), process.stdin.take());
    let transport = (output.unwrap(), input.unwrap());
    (Assistant::over(transport, protocol).await, process)
}

async fn follow(assistant: &Assistant, id: &str) -> Value {
    loop {
        let wait = json!({ "job_id": id, "timeout_seconds": 30 });
        let answer = assistant.call("wait_for_job", wait).await;
        if answer.data()["pollAfterSeconds"].is_null() {
            return answer.data().clone();
        }
    }
}

async fn first_scene(assistant: &Assistant) -> Value {
    let scenes = assistant.call("list_scenes", json!({ "limit": 1 })).await;
    scenes.data()["scenes"][0]["id"].clone()
}

/// An input for each kind. A kind without one fails the test.
async fn input(assistant: &Assistant, kind: &str) -> Value {
    match kind {
        "scene" => json!({
            "sceneId": first_scene(assistant).await, "seconds": 0.5, "fps": 8, "width": 160, "height": 90,
        }),
        "story" => json!({ "prompt": "A lighthouse keeper and a storm", "chapters": 2 }),
        "script" => json!({ "script": "greet.sh", "args": ["$(whoami)"] }),
        "part_tree" | "stage_plan" => json!({ "craft": "Pebble.craft" }),
        other => panic!("no input for {other}"),
    }
}

async fn run_every_kind(assistant: &Assistant) {
    let types = assistant.read_resource(ReadResourceRequestParams::new("jobs://types"));
    let types = types.await.unwrap();
    let ResourceContents::TextResourceContents { text, .. } = &types.contents[0] else {
        panic!("{types:?}")
    };
    let types: Value = serde_json::from_str(text).unwrap();
    let kinds = types["types"].as_array().unwrap();
    assert!(kinds.len() >= 5, "{kinds:?}");
    for kind in kinds {
        let name = kind["type"].as_str().unwrap();
        let start = json!({ "input": input(assistant, name).await });
        let started = assistant.call(kind["tool"].as_str().unwrap(), start).await;
        let id = started.job_id();
        let ended = follow(assistant, id).await;
        assert_eq!(ended["state"], "completed", "{ended}");
        let logs = assistant
            .call("get_job_logs", json!({ "job_id": id }))
            .await;
        assert_ne!(logs.data()["lines"], json!([]), "{name}");
        let result = assistant
            .call("get_job_result", json!({ "job_id": id }))
            .await;
        assert!(result.data()["bytes"].as_u64().unwrap() > 0, "{name}");
        let uri = result.data()["uri"].as_str().unwrap();
        let read = assistant.read_resource(ReadResourceRequestParams::new(uri));
        match &read.await.unwrap().contents[0] {
            ResourceContents::TextResourceContents { text, .. } => {
                assert_ne!(name, "scene");
                assert!(
                    name != "script" || text.contains("done: $(whoami)"),
                    "{text}"
                );
            }
            ResourceContents::BlobResourceContents { .. } => assert_eq!(name, "scene"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn every_kind_runs_over_http() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::run(&mut program(data.path(), "serve"));
    for protocol in [Protocol::Session, Protocol::Stateless] {
        run_every_kind(&Assistant::connect(server.socket(), protocol).await).await;
    }
}

#[tokio::test]
async fn every_kind_runs_over_stdio() {
    for protocol in [Protocol::Session, Protocol::Stateless] {
        let data = tempfile::tempdir().unwrap();
        let (assistant, _program) = on_stdio(data.path(), protocol).await;
        run_every_kind(&assistant).await;
    }
}

/// Starts a film that takes long enough to be interrupted, and waits until it makes progress.
async fn start_film(assistant: &Assistant) -> String {
    let input = json!({
        "sceneId": first_scene(assistant).await, "seconds": 20, "fps": 8, "width": 160, "height": 90,
    });
    let started = assistant
        .call("start_scene_job", json!({ "input": input }))
        .await;
    let id = started.job_id().to_owned();
    loop {
        let status = assistant
            .call("get_job_status", json!({ "job_id": id }))
            .await;
        if status.data()["progress"]
            .as_f64()
            .is_some_and(|progress| progress > 0.1)
        {
            return id;
        }
    }
}

#[tokio::test]
async fn a_job_resumes_after_its_server_was_killed() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::run(&mut program(data.path(), "serve"));
    let assistant = Assistant::connect(server.socket(), Protocol::Session).await;
    let id = start_film(&assistant).await;
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    let server = Server::run(&mut program(data.path(), "serve"));
    let assistant = Assistant::connect(server.socket(), Protocol::Session).await;
    assert_eq!(follow(&assistant, &id).await["state"], "completed");
}

/// Runs a job with `notify: always` to its end, which is not announced yet.
async fn finish_with_notify_always(server: &Server, assistant: &Assistant) -> String {
    let start = json!({ "input": { "script": "greet.sh" }, "notify": "always" });
    let started = assistant.call("start_script_job", start).await;
    let id = started.job_id().to_owned();
    server.until(&id, |job| job["state"] == "completed").await;
    id
}

async fn became_ready(assistant: &Assistant) -> Vec<Value> {
    let answer = assistant.call("list_scenes", json!({})).await;
    let ready = answer.data().get("becameReady").and_then(Value::as_array);
    let ids = ready.into_iter().flatten().map(|job| job["jobId"].clone());
    ids.collect()
}

#[tokio::test]
async fn an_announcement_made_before_a_kill_is_not_repeated_after_it() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::run(&mut program(data.path(), "serve"));
    let assistant = Assistant::connect(server.socket(), Protocol::Stateless).await;
    let received = finish_with_notify_always(&server, &assistant).await;
    assert_eq!(became_ready(&assistant).await, [received]);
    // Waits until the announcement is recorded.
    let mut database = database(data.path()).await;
    let recorded = "select count(*) from announced";
    while sqlx::query_scalar::<_, i64>(recorded)
        .fetch_one(&mut database)
        .await
        .unwrap()
        == 0
    {
        tokio::task::yield_now().await;
    }
    let unannounced = finish_with_notify_always(&server, &assistant).await;
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    let server = Server::run(&mut program(data.path(), "serve"));
    for protocol in [Protocol::Stateless, Protocol::Session] {
        let assistant = Assistant::connect(server.socket(), protocol).await;
        let expected: &[&str] = if protocol == Protocol::Stateless {
            &[&unannounced]
        } else {
            &[]
        };
        assert_eq!(became_ready(&assistant).await, expected, "{protocol:?}");
        assert!(became_ready(&assistant).await.is_empty(), "{protocol:?}");
    }
}

#[tokio::test]
async fn a_job_resumes_after_the_program_of_its_assistant_was_killed() {
    let data = tempfile::tempdir().unwrap();
    let (assistant, mut process) = on_stdio(data.path(), Protocol::Session).await;
    let id = start_film(&assistant).await;
    process.kill().await.unwrap();
    let (assistant, _program) = on_stdio(data.path(), Protocol::Stateless).await;
    assert_eq!(follow(&assistant, &id).await["state"], "completed");
}

#[tokio::test]
async fn a_second_program_is_a_client_of_the_first_and_ends_with_it() {
    let data = tempfile::tempdir().unwrap();
    let (first, mut holder) = on_stdio(data.path(), Protocol::Session).await;
    let (second, mut relay) = on_stdio(data.path(), Protocol::Session).await;
    let story = json!({ "input": { "prompt": "Two who share", "chapters": 1 } });
    let started = second.call("start_story_job", story).await;
    assert_eq!(follow(&first, started.job_id()).await["state"], "completed");
    holder.kill().await.unwrap();
    let error = second.try_call("list_jobs", json!({})).await.unwrap_err();
    assert!(
        error.to_string().contains("cannot be reached now"),
        "{error}"
    );
    // When its client starts it again, it becomes the server itself.
    assert!(!relay.wait().await.unwrap().success());
}
