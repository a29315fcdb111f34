//! Jobs as tasks of the MCP tasks extension.

use rmcp::model::{CallToolResponse, CancelTaskParams, GetTaskParams, TaskPayload};
use serde_json::json;
use testkit::assistant::{Assistant, Protocol};
use testkit::server::{Server, stranger};

#[tokio::test]
async fn a_task_is_one_attempt_and_never_changes_once_it_has_ended() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::StatelessWithTasks).await;
    let start = json!({ "input": { "sceneId": "s1" } });
    let CallToolResponse::Task(created) =
        assistant.try_call("start_film_job", start).await.unwrap()
    else {
        panic!("no task")
    };
    let task = created.task.task_id;
    let (id, attempt) = task.rsplit_once('.').unwrap();
    assert_eq!(attempt, "1");
    // The job is stored before the client gets its id.
    assert_eq!(server.get(&format!("/api/v1/jobs/{id}")).await.status, 200);
    let get = |task: &str| assistant.get_task(GetTaskParams::new(task));
    let whole = |task: &str| {
        let got = get(task);
        async move { got.await.unwrap().task }
    };
    let payload = |task: &str| {
        let got = whole(task);
        async move { got.await.payload }
    };
    assert_eq!(payload(&task).await, TaskPayload::Working);

    let claim = server.claim_film().await;
    let token = claim["leaseToken"].as_str().unwrap();
    let failed = json!({ "state": "failed", "failure": { "code": "out_of_space", "summary": "Full.", "retryable": true } });
    assert_eq!(server.report(id, token, failed).await.status, 200);
    let ended = whole(&task).await;
    let TaskPayload::Completed { result } = &ended.payload else {
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
    // Texts, times, and the job with its version are all unchanged.
    assert_eq!(whole(&task).await, ended);
    let next = format!("{id}.2");
    assert_eq!(payload(&next).await, TaskPayload::Working);
    // Cancelling the first attempt changes nothing. Cancelling the second ends it.
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
    assert_eq!(whole(&task).await, ended);

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

#[tokio::test]
async fn a_client_without_tasks_gets_the_job_and_cannot_read_tasks() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Stateless).await;
    let start = json!({ "input": { "sceneId": "s1" } });
    let job = assistant.call("start_film_job", start).await;
    assert_eq!(job.data()["state"], "queued");
    let task = format!("{}.1", job.job_id());
    assert!(assistant.get_task(GetTaskParams::new(task)).await.is_err());
}
