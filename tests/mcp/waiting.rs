//! Calls that wait for a job, and what became ready meanwhile.

use crate::{failure, report, running, state};
use jobtray::job::{JobId, JobState, Notify};
use jobtray::queue::Report;
use rmcp::model::{CallToolRequestParams, CallToolResponse, ProgressToken, RequestMetaObject};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::assistant::{Assistant, Heard, Speaks};
use testkit::server::{Server, external};

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
        let stating = async {
            // The wait is on once it has announced where the job stands.
            let Heard::Progress(first) = assistant.next_heard().await else {
                panic!("no progress")
            };
            assert_eq!(first.total, Some(1.0));
            // It comes right after the first, and is announced though nothing follows it.
            let half = Report {
                progress: Some(0.5),
                ..Report::default()
            };
            report(&server, &id, half).await;
            let Heard::Progress(next) = assistant.next_heard().await else {
                panic!("no progress")
            };
            assert_eq!(next.progress.to_string(), "0.5");
            report(&server, &id, state(JobState::Completed)).await;
        };
        let (waited, ()) = tokio::join!(assistant.peer().call_tool_once(params), stating);
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
    let announced = assistant.call("list_jobs", json!({})).await;
    assert_eq!(announced.data()["becameReady"][0]["jobId"], other);
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
async fn what_became_ready_is_announced_once_a_session_and_once_to_a_user_without() {
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
        let announced = assistant.call("list_jobs", json!({ "limit": 1 })).await;
        let ready = announced.data()["becameReady"].as_array().unwrap();
        assert_eq!(ready.len(), 1, "{ready:?}");
        assert_eq!(ready[0]["jobId"], id);
        assert!(
            announced
                .words()
                .contains("“Bread” failed: The disk is full."),
            "{}",
            announced.words()
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
    // Nor does a new session hear of what was announced before it began; what nobody was announced of it does.
    let new = Assistant::connect(server.address, Speaks::Session).await;
    let rest = new.call("list_jobs", json!({})).await;
    assert!(rest.data().get("becameReady").is_none());
    let (late, before) = (
        running(&server, "Late").await,
        Assistant::connect(server.address, Speaks::Session).await,
    );
    let promised = json!({ "job_id": late });
    new.call("notify_when_ready", promised).await.data();
    report(&server, &late, failure()).await;
    let after = Assistant::connect(server.address, Speaks::Session).await;
    for assistant in [&after, &before, &one, &other] {
        let announced = assistant.call("list_jobs", json!({})).await;
        assert_eq!(announced.data()["becameReady"][0]["jobId"], late);
    }
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
    let announced = other.call("list_jobs", json!({})).await;
    assert_eq!(announced.data()["becameReady"][0]["jobId"], id);
}

#[tokio::test]
async fn an_answer_that_refuses_tells_what_became_ready_too() {
    let server = Server::start().await;
    let mut assistants = Vec::new();
    for _ in 0..2 {
        assistants.push(Assistant::connect(server.address, Speaks::Session).await);
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
async fn more_became_ready_than_one_answer_tells_and_the_next_tells_the_rest() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Speaks::Session).await;
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
async fn notify_default_announces_nothing() {
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
