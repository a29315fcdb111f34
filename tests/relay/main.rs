//! `jobtray mcp` as a client of the server that holds the data directory: what it does when that one dies,
//! refuses or moves, and when its own client goes. Real processes throughout.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test may fail"
)]

mod client;

use client::{Client, SESSION, TODAY, program, soon};
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testkit::program::{Program, Server};

const JOBTRAY: Program = Program(env!("CARGO_BIN_EXE_jobtray"));

/// Both ways to speak: with a session, and each request by itself.
const VERSIONS: [&str; 2] = [SESSION, TODAY];

/// Less than what is open may hold up a relay whose client has gone.
const PROMPTLY: Duration = Duration::from_secs(4);

/// A job that stays as it is: nobody reports on it.
async fn a_job(server: &Server) -> String {
    let job = json!({ "type": "render", "external": true, "name": "Endless", "input": {} });
    let job = server.post("/jobs", job).await;
    job["jobId"].as_str().unwrap().to_owned()
}

/// A data directory, its server, and a client that has greeted it through a relay.
async fn connected(version: &'static str) -> (TempDir, Server, Client) {
    let data = tempfile::tempdir().unwrap();
    let server = JOBTRAY.start(data.path());
    let client = Client::greeted(data.path(), version).await;
    (data, server, client)
}

fn kill(mut server: Server) {
    server.process.kill().unwrap();
    server.process.wait().unwrap();
}

fn assert_unreachable(answer: &Value) {
    let says = answer["error"]["message"].as_str().unwrap_or_default();
    assert!(says.contains("cannot be reached now"), "{answer}");
}

/// Calls until the server answers, as a person would who is told to try again.
async fn call_again(client: &mut Client) {
    let again = async {
        loop {
            let answer = client.call("list_jobs", json!({})).await;
            if answer["result"].is_object() {
                return;
            }
            assert_unreachable(&answer);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    soon(again).await;
}

#[tokio::test]
async fn a_call_whose_server_was_killed_is_answered_and_the_next_ones_too() {
    for version in VERSIONS {
        let (data, server, mut client) = connected(version).await;
        let waits = client.wait(&a_job(&server).await).await;
        let address = server.socket().to_string();
        kill(server);
        let _server = Server::run(JOBTRAY.serve(data.path()).env("LEPTOS_SITE_ADDR", address));
        assert_unreachable(&client.answer(waits).await);
        call_again(&mut client).await;
        assert!(client.leave().await.success());
    }
}

#[tokio::test]
async fn a_call_in_the_gap_of_a_restart_is_answered_and_the_next_ones_go_to_the_new_server() {
    for version in VERSIONS {
        let (data, server, mut client) = connected(version).await;
        let job = a_job(&server).await;
        let before = server.socket();
        kill(server);
        assert_unreachable(&client.call("list_jobs", json!({})).await);
        let server = JOBTRAY.start(data.path());
        assert_ne!(server.socket(), before);
        call_again(&mut client).await;
        // It is the same session for the client, whose requests may be long ones.
        client.wait(&job).await;
        assert!(client.leave().await.success());
    }
}

#[tokio::test]
async fn a_relay_ends_when_no_server_comes_back() {
    let (_data, server, mut client) = connected(SESSION).await;
    kill(server);
    assert_unreachable(&client.call("list_jobs", json!({})).await);
    assert!(!client.ended().await.success());
}

#[tokio::test]
async fn a_message_that_the_server_refuses_is_reported_to_the_client() {
    let story = json!({ "input": { "prompt": "x".repeat(1_100_000) } });
    for version in VERSIONS {
        let data = tempfile::tempdir().unwrap();
        let _server = JOBTRAY.start(data.path());
        // As the very first message, and in the middle.
        let mut first = Client::start(data.path(), version);
        let mut later = Client::greeted(data.path(), version).await;
        for client in [&mut first, &mut later] {
            let answer = client.call("start_story_job", story.clone()).await;
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
            let says = answer["error"]["message"].as_str().unwrap();
            assert!(says.contains("larger than 1 MiB"), "{says}");
        }
        first.greet().await;
        for mut client in [first, later] {
            let answer = client.call("list_jobs", json!({})).await;
            assert!(answer["result"].is_object(), "{answer}");
        }
    }
}

#[tokio::test]
async fn a_relay_that_hears_nothing_ends_with_its_client() {
    let data = tempfile::tempdir().unwrap();
    let _server = JOBTRAY.start(data.path());
    for server in [None, Some("http://127.0.0.1:1")] {
        let mut program = tokio::process::Command::from(program(data.path()));
        program.stdin(Stdio::null()).stdout(Stdio::null());
        if let Some(server) = server {
            program.args(["--server", server]);
        }
        let mut process = program.kill_on_drop(true).spawn().unwrap();
        let ended = soon(process.wait()).await.unwrap();
        assert!(ended.success(), "{server:?}: {ended}");
    }
}

#[tokio::test]
async fn a_relay_ends_with_a_client_that_has_only_said_hello() {
    let data = tempfile::tempdir().unwrap();
    let _server = JOBTRAY.start(data.path());
    let mut client = Client::start(data.path(), SESSION);
    client.initialize().await;
    assert!(client.leave().await.success());
}

#[tokio::test]
async fn a_relay_does_not_wait_for_what_its_client_has_cancelled() {
    for version in VERSIONS {
        let (_data, server, mut client) = connected(version).await;
        let waits = client.wait(&a_job(&server).await).await;
        client
            .notify("notifications/cancelled", json!({ "requestId": waits }))
            .await;
        let left = Instant::now();
        assert!(client.leave().await.success());
        assert!(left.elapsed() < PROMPTLY, "{:?}", left.elapsed());
    }
}
