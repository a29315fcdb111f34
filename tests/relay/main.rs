//! `jobtray mcp` as a client of the server that holds the data directory: what it does when that server dies,
//! moves, or rejects a message, and when its own client disconnects. All of them are real processes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test may fail"
)]

mod client;

use client::{Client, SESSION, STATELESS, in_time, program};
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testkit::program::{Program, Server};

const JOBTRAY: Program = Program(env!("CARGO_BIN_EXE_jobtray"));

/// A protocol version with sessions, and one in which each request stands alone.
const VERSIONS: [&str; 2] = [SESSION, STATELESS];

/// Less than the time that a relay waits for open requests after its client has gone.
const PROMPTLY: Duration = Duration::from_secs(4);

/// Submits a job that never changes, because nobody reports on it.
async fn submit_job(server: &Server) -> String {
    let job = json!({ "type": "render", "external": true, "name": "Endless", "input": {} });
    let job = server.post("/jobs", job).await;
    job["jobId"].as_str().unwrap().to_owned()
}

/// A data directory, its server, and a client that is connected through a relay.
async fn connected(version: &'static str) -> (TempDir, Server, Client) {
    let data = tempfile::tempdir().unwrap();
    let server = JOBTRAY.start(data.path());
    let client = Client::connect(data.path(), version).await;
    (data, server, client)
}

fn kill(mut server: Server) {
    server.process.kill().unwrap();
    server.process.wait().unwrap();
}

fn assert_unreachable(answer: &Value) {
    let message = answer["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("cannot be reached now"), "{answer}");
}

/// Calls until the server answers, as a client does that is asked to try again.
async fn call_until_answered(client: &mut Client) {
    let answered = async {
        loop {
            let answer = client.call("list_jobs", json!({})).await;
            if answer["result"].is_object() {
                return;
            }
            assert_unreachable(&answer);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    in_time(answered).await;
}

#[tokio::test]
async fn a_call_whose_server_was_killed_gets_an_error_and_later_calls_succeed() {
    for version in VERSIONS {
        let (data, server, mut client) = connected(version).await;
        let wait = client.start_wait(&submit_job(&server).await).await;
        let address = server.socket().to_string();
        kill(server);
        let _server = Server::run(JOBTRAY.serve(data.path()).env("LEPTOS_SITE_ADDR", address));
        assert_unreachable(&client.answer(wait).await);
        call_until_answered(&mut client).await;
        assert!(client.disconnect().await.success());
    }
}

#[tokio::test]
async fn a_call_during_a_restart_gets_an_error_and_later_calls_reach_the_new_server() {
    for version in VERSIONS {
        let (data, server, mut client) = connected(version).await;
        let job = submit_job(&server).await;
        let before = server.socket();
        kill(server);
        assert_unreachable(&client.call("list_jobs", json!({})).await);
        let server = JOBTRAY.start(data.path());
        assert_ne!(server.socket(), before);
        call_until_answered(&mut client).await;
        // For the client it is the same session, in which long requests work too.
        client.start_wait(&job).await;
        assert!(client.disconnect().await.success());
    }
}

#[tokio::test]
async fn a_relay_ends_when_no_server_comes_back() {
    let (_data, server, mut client) = connected(SESSION).await;
    kill(server);
    assert_unreachable(&client.call("list_jobs", json!({})).await);
    assert!(!client.exit_status().await.success());
}

#[tokio::test]
async fn a_message_that_the_server_rejects_gets_an_error() {
    let story = json!({ "input": { "prompt": "x".repeat(1_100_000) } });
    for version in VERSIONS {
        let data = tempfile::tempdir().unwrap();
        let _server = JOBTRAY.start(data.path());
        // As the first message, and after the handshake.
        let mut first = Client::start(data.path(), version);
        let mut later = Client::connect(data.path(), version).await;
        for client in [&mut first, &mut later] {
            let answer = client.call("start_story_job", story.clone()).await;
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
            let message = answer["error"]["message"].as_str().unwrap();
            assert!(message.contains("larger than 1 MiB"), "{message}");
        }
        first.handshake().await;
        for mut client in [first, later] {
            let answer = client.call("list_jobs", json!({})).await;
            assert!(answer["result"].is_object(), "{answer}");
        }
    }
}

#[tokio::test]
async fn a_relay_that_receives_no_message_ends_with_its_client() {
    let data = tempfile::tempdir().unwrap();
    let _server = JOBTRAY.start(data.path());
    for server in [None, Some("http://127.0.0.1:1")] {
        let mut program = tokio::process::Command::from(program(data.path()));
        program.stdin(Stdio::null()).stdout(Stdio::null());
        if let Some(server) = server {
            program.args(["--server", server]);
        }
        let mut process = program.kill_on_drop(true).spawn().unwrap();
        let status = in_time(process.wait()).await.unwrap();
        assert!(status.success(), "{server:?}: {status}");
    }
}

#[tokio::test]
async fn a_relay_ends_with_a_client_that_has_only_initialized() {
    let data = tempfile::tempdir().unwrap();
    let _server = JOBTRAY.start(data.path());
    let mut client = Client::start(data.path(), SESSION);
    client.initialize().await;
    assert!(client.disconnect().await.success());
}

#[tokio::test]
async fn a_relay_does_not_wait_for_a_cancelled_request() {
    for version in VERSIONS {
        let (_data, server, mut client) = connected(version).await;
        let wait = client.start_wait(&submit_job(&server).await).await;
        client
            .notify("notifications/cancelled", json!({ "requestId": wait }))
            .await;
        let disconnected = Instant::now();
        assert!(client.disconnect().await.success());
        assert!(
            disconnected.elapsed() < PROMPTLY,
            "{:?}",
            disconnected.elapsed()
        );
    }
}
