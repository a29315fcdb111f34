//! Calls that wait for a job, and announcements of jobs that became ready meanwhile.

use crate::{failure, report, running, state};
use jobtray::job::{JobId, JobState, Notify};
use jobtray::queue::Report;
use rmcp::model::{CallToolRequestParams, CallToolResponse, ProgressToken, RequestMetaObject};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::assistant::{Assistant, Notification, Protocol};
use testkit::server::{Server, external};

#[tokio::test]
async fn a_wait_reports_progress_and_ends_with_the_job() {
    let server = Server::start().await;
    for protocol in [Protocol::Session, Protocol::Stateless] {
        let assistant = Assistant::connect(server.address, protocol).await;
        let id = running(&server, "Bread").await;
        let mut params = CallToolRequestParams::new("wait_for_job");
        params.arguments = json!({ "job_id": id, "timeout_seconds": 30 })
            .as_object()
            .cloned();
        params.meta = Some(RequestMetaObject::with_progress_token(ProgressToken(
            rmcp::model::NumberOrString::Number(7),
        )));
        let reporting = async {
            // The first notification shows that the wait has started.
            let Notification::Progress(first) = assistant.next_notification().await else {
                panic!("no progress")
            };
            assert_eq!(first.total, Some(1.0));
            // This report comes right after the first notification. It is sent although no report follows it.
            let half = Report {
                progress: Some(0.5),
                ..Report::default()
            };
            report(&server, &id, half).await;
            let Notification::Progress(next) = assistant.next_notification().await else {
                panic!("no progress")
            };
            assert_eq!(next.progress.to_string(), "0.5");
            report(&server, &id, state(JobState::Completed)).await;
        };
        let (waited, ()) = tokio::join!(assistant.peer().call_tool_once(params), reporting);
        let CallToolResponse::Complete(result) = waited.unwrap() else {
            panic!("no result")
        };
        assert_eq!(
            result.structured_content.unwrap()["state"],
            "completed",
            "{protocol:?}"
        );
    }
}

#[tokio::test]
async fn a_client_that_gives_up_a_wait_still_gets_its_announcements() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    let (id, other) = (
        running(&server, "Bread").await,
        running(&server, "Cake").await,
    );
    let arguments = json!({ "job_id": other });
    assistant.call("notify_when_ready", arguments).await.data();
    let mut params = CallToolRequestParams::new("wait_for_job");
    params.arguments = json!({ "job_id": id }).as_object().cloned();
    params.meta = Some(RequestMetaObject::with_progress_token(ProgressToken(
        rmcp::model::NumberOrString::Number(7),
    )));
    let peer = assistant.peer().clone();
    let waiting = tokio::spawn(async move { peer.call_tool_once(params).await });
    let Notification::Progress(_) = assistant.next_notification().await else {
        panic!("the call does not wait")
    };
    report(&server, &other, failure()).await;
    // The client cancels the request, which would wait for 30 s.
    waiting.abort();
    let announced = assistant.call("list_jobs", json!({})).await;
    assert_eq!(announced.data()["becameReady"][0]["jobId"], other);
}

#[tokio::test]
async fn two_hundred_waits_end_with_their_job() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Stateless).await;
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
async fn a_wait_that_times_out_returns_the_current_state() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    let id = running(&server, "Bread").await;
    let wait = json!({ "job_id": id, "timeout_seconds": 0.2 });
    let answer = assistant.call("wait_for_job", wait).await;
    assert_eq!(answer.data()["state"], "running");
    assert!(
        answer.text().contains("or call wait_for_job"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn a_ready_job_is_announced_once_per_session_and_once_to_a_user_without_a_session() {
    let server = Server::start().await;
    let one = Assistant::connect(server.address, Protocol::Session).await;
    let other = Assistant::connect(server.address, Protocol::Session).await;
    let stateless = Assistant::connect(server.address, Protocol::Stateless).await;
    let (id, silent) = (
        running(&server, "Bread").await,
        running(&server, "Toast").await,
    );
    let answer = one.call("notify_when_ready", json!({ "job_id": id })).await;
    assert_eq!(answer.data()["notify"], "always");
    assert!(
        answer.data()["expect"]
            .as_str()
            .unwrap()
            .contains("cannot start a turn")
    );
    let rest = one.call("list_jobs", json!({})).await;
    assert!(rest.data().get("becameReady").is_none());

    report(&server, &id, failure()).await;
    report(&server, &silent, failure()).await;
    for assistant in [&one, &other, &stateless] {
        let announced = assistant.call("list_jobs", json!({ "limit": 1 })).await;
        let ready = announced.data()["becameReady"].as_array().unwrap();
        assert_eq!(ready.len(), 1, "{ready:?}");
        assert_eq!(ready[0]["jobId"], id);
        assert!(
            announced
                .text()
                .contains("“Bread” failed: The disk is full."),
            "{}",
            announced.text()
        );
        let again = assistant.call("list_jobs", json!({})).await;
        assert!(again.data().get("becameReady").is_none());
    }
    // Another client without a session belongs to the same user.
    let later = Assistant::connect(server.address, Protocol::Stateless).await;
    assert!(
        later
            .call("list_jobs", json!({}))
            .await
            .data()
            .get("becameReady")
            .is_none()
    );
    // A new session does not repeat what was announced before it started, but announces what was not.
    let new = Assistant::connect(server.address, Protocol::Session).await;
    let rest = new.call("list_jobs", json!({})).await;
    assert!(rest.data().get("becameReady").is_none());
    let (late, before) = (
        running(&server, "Late").await,
        Assistant::connect(server.address, Protocol::Session).await,
    );
    let arguments = json!({ "job_id": late });
    new.call("notify_when_ready", arguments).await.data();
    report(&server, &late, failure()).await;
    let after = Assistant::connect(server.address, Protocol::Session).await;
    for assistant in [&after, &before, &one, &other] {
        let announced = assistant.call("list_jobs", json!({})).await;
        assert_eq!(announced.data()["becameReady"][0]["jobId"], late);
    }
    // The end of the next attempt is announced again. An answer about the job itself needs no announcement.
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
    let announced = other.call("list_jobs", json!({})).await;
    assert_eq!(announced.data()["becameReady"][0]["jobId"], id);
}

#[tokio::test]
async fn an_error_announces_ready_jobs_too() {
    let server = Server::start().await;
    let mut assistants = Vec::new();
    for _ in 0..2 {
        assistants.push(Assistant::connect(server.address, Protocol::Session).await);
    }
    let mut new = external("Bread");
    new.notify = Notify::Always;
    let job = server.queue.submit(&server.me, new).await.unwrap();
    report(&server, job.job_id.as_str(), failure()).await;
    let calls = [
        ("start_film_job", json!({ "input": {} })),
        ("get_job_logs", json!({ "job_id": "film_0" })),
    ];
    for (assistant, (tool, arguments)) in assistants.iter().zip(calls) {
        for announced in [true, false] {
            let answer = assistant.call(tool, arguments.clone()).await;
            assert!(!answer.error_text().contains("Bread"), "{answer:?}");
            let news = answer.0.content.get(1).map(|block| format!("{block:?}"));
            let news = news.unwrap_or_default();
            assert_eq!(news.contains("“Bread” failed"), announced, "{tool}: {news}");
        }
    }
}

#[tokio::test]
async fn an_answer_announces_at_most_20_ready_jobs_and_the_next_announces_the_rest() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    for number in 0..25 {
        let mut new = external(&format!("Bread {number}"));
        new.notify = Notify::Always;
        let job = server.queue.submit(&server.me, new).await.unwrap();
        report(&server, job.job_id.as_str(), failure()).await;
    }
    let mut announced = BTreeSet::new();
    for expected in [20, 5, 0] {
        let answer = assistant.call("list_scenes", json!({})).await;
        let ready = answer.data().get("becameReady").and_then(Value::as_array);
        let ids = ready
            .into_iter()
            .flatten()
            .map(|one| one["jobId"].to_string());
        let before = announced.len();
        announced.extend(ids);
        assert_eq!(announced.len() - before, expected);
    }
}

#[tokio::test]
async fn only_notify_always_announces_a_job() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
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
