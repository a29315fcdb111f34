//! Bad arguments, users of other studios, and many calls at once.

use crate::job;
use jobtray::job::JobId;
use rmcp::model::{
    CallToolResponse, ClientRequest, ReadResourceRequestParams, SubscribeRequestParams,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::assistant::{Answer, Assistant, Protocol};
use testkit::server::{Server, answer, stranger};

#[tokio::test]
async fn bad_arguments_are_named_and_nothing_changes() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
    let id = job(&server, "Bread").await;
    let long = "x".repeat(300);
    for (tool, arguments, expected) in [
        ("get_job_status", json!({}), "job_id: is required"),
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
            "timeout_seconds: must be from 0 to 30",
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
            "limit: must be from 1 to 1000",
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
            "limit: must be from 1 to 100",
        ),
        ("list_jobs", json!({ "state": "exploded" }), "state: "),
        ("list_jobs", json!({ "cursor": "x" }), "cursor: "),
        ("start_film_job", json!({}), "input.sceneId: is required"),
        (
            "start_film_job",
            json!({ "input": "s1" }),
            "input: must be an object",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "s1" }, "name": long }),
            "name: must have at most 200 characters",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "s1" }, "notify": "loudly" }),
            "notify: ",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "s1" }, "idempotency_key": "" }),
            "idempotency_key: must not be empty",
        ),
        (
            "start_film_job",
            json!({ "input": { "sceneId": "x".repeat(1 << 20) } }),
            "413",
        ),
    ] {
        let error = match assistant.try_call(tool, arguments.clone()).await {
            Ok(CallToolResponse::Complete(result)) => Answer(result).error_text().to_owned(),
            Ok(other) => panic!("{other:?}"),
            Err(error) => error.to_string().to_lowercase(),
        };
        assert!(error.contains(expected), "{tool} {expected}: {error}");
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
async fn params_of_a_wrong_type_are_named_and_an_unknown_method_is_reported() {
    let server = Server::start().await;
    let error_of = async |method: &str, params: Value| {
        let meta = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {
                "extensions": { "io.modelcontextprotocol/tasks": {} } },
        });
        let mut params = params;
        params["_meta"] = meta;
        let name = ["name", "uri", "taskId"].map(|field| params[field].as_str().unwrap_or(""));
        let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
        let request = server.request("POST", "/mcp").json(&body);
        let request = request.header("Accept", "application/json, text/event-stream");
        let request = request.header("MCP-Protocol-Version", "2026-07-28");
        let request = request.header("Mcp-Method", method);
        let answer = answer(request.header("Mcp-Name", name.concat())).await;
        // The answer is plain JSON or an event of a stream.
        let text = answer.text.trim_start_matches("data: ").trim();
        let message: Value = serde_json::from_str(text).unwrap();
        let error = &message["error"];
        (error["code"].clone(), error["message"].to_string())
    };
    for (method, params, expected) in [
        (
            "tools/call",
            json!({ "name": "list_jobs", "arguments": [] }),
            "arguments, an object",
        ),
        (
            "tasks/update",
            json!({ "taskId": "film_0.1" }),
            "inputResponses, an object",
        ),
        (
            "completion/complete",
            json!({ "ref": { "type": "ref/job" }, "argument": { "name": "job_id", "value": "" } }),
            "ref/prompt or ref/resource",
        ),
    ] {
        let (code, message) = error_of(method, params).await;
        assert_eq!(code, -32602, "{method}: {message}");
        assert!(message.contains(expected), "{method}: {message}");
    }
    let (code, message) = error_of("jobs/explode", json!({})).await;
    assert_eq!(code, -32601, "{message}");
}

#[tokio::test]
async fn jobs_of_another_studio_do_not_exist() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
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
        let foreign = assistant
            .call(tool, json!({ "job_id": id }))
            .await
            .error_text()
            .replace(&id, "ID");
        let missing = assistant
            .call(tool, json!({ "job_id": unknown }))
            .await
            .error_text()
            .replace(&unknown, "ID");
        assert_eq!(foreign, missing, "{tool}");
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
async fn requests_from_pages_of_another_site_are_rejected() {
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
        // The answer to initialize is a stream that stays open, so only its status is read.
        assert_eq!(
            request.send().await.unwrap().status(),
            status,
            "{header}: {value}"
        );
    }
}

#[tokio::test]
async fn two_hundred_concurrent_calls_are_all_answered() {
    let server = Server::start().await;
    let assistant = Assistant::connect(server.address, Protocol::Session).await;
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
