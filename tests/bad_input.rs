//! Bad input is answered with a 4xx problem (RFC 9457) that names the field, and nothing is stored.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

use serde_json::{Value, json};
use testkit::server::{Answer, Server, answer};

fn assert_problem(answer: &Answer, status: u16, field: Option<&str>, what: &str) {
    assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text);
    let kind = answer.header("content-type");
    assert_eq!(kind, Some("application/problem+json"), "{what}");
    let problem = answer.json();
    assert_eq!(problem["status"], status, "{what}");
    for text in ["type", "title", "detail"] {
        let text = problem[text].as_str();
        assert!(
            text.is_some_and(|text| !text.is_empty()),
            "{what}: {problem}"
        );
    }
    if let Some(field) = field {
        assert_eq!(problem["field"], field, "{what}: {problem}");
    }
}

/// A valid film job with some fields changed.
fn film(changes: Value) -> Value {
    let mut body = json!({ "type": "film", "input": { "sceneId": "s1" } });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[tokio::test]
async fn an_invalid_job_is_rejected_with_the_name_of_the_field() {
    let server = Server::start().await;
    let long = "x".repeat(1 << 19);
    for (body, status, field) in [
        (json!({}), 422, "type"),
        (json!({ "input": {} }), 422, "type"),
        (film(json!({ "type": "no_such_kind" })), 422, "type"),
        (film(json!({ "type": "Not A Slug" })), 422, "type"),
        (film(json!({ "type": "" })), 422, "type"),
        (film(json!({ "type": 7 })), 422, "type"),
        (film(json!({ "type": null })), 422, "type"),
        (film(json!({ "kind": "film" })), 422, "kind"),
        (film(json!({ "input": {} })), 422, "input.sceneId"),
        (
            film(json!({ "input": { "sceneId": 7 } })),
            422,
            "input.sceneId",
        ),
        (
            film(json!({ "input": { "sceneId": "a\0b" } })),
            422,
            "input.sceneId",
        ),
        (film(json!({ "input": { "a\0b": 1 } })), 422, "input"),
        (film(json!({ "a\0b": 1 })), 422, "body"),
        (film(json!({ "notify": "sometimes" })), 422, "notify"),
        (film(json!({ "external": "yes" })), 422, "external"),
        (film(json!({ "refs": "scene:1" })), 422, "refs"),
        (film(json!({ "refs": [7] })), 422, "refs[0]"),
        (film(json!({ "refs": ["a\u{7}"] })), 422, "refs[0]"),
        (film(json!({ "name": 7 })), 422, "name"),
        (film(json!({ "name": "" })), 422, "name"),
        (film(json!({ "name": long })), 422, "name"),
        (film(json!({ "name": "a\0b" })), 422, "name"),
        (film(json!({ "name": "a\u{1b}[31mb" })), 422, "name"),
        (film(json!({ "name": "a\u{85}b" })), 422, "name"),
        (film(json!({ "name": "two\nlines" })), 422, "name"),
        (
            film(json!({ "name": "<script>alert(1)</script>" })),
            422,
            "name",
        ),
        (film(json!({ "name": "gpj\u{202e}exe" })), 422, "name"),
        (film(json!({ "name": "a\u{200f}b" })), 422, "name"),
        (film(json!({ "name": "a\u{2067}b" })), 422, "name"),
    ] {
        let what = body.to_string().chars().take(120).collect::<String>();
        let answer = server.send("POST", "/api/v1/jobs", body).await;
        assert_problem(&answer, status, Some(field), &what);
    }
    assert_eq!(server.count().await, 0, "nothing was stored");
}

#[tokio::test]
async fn names_in_any_language_are_kept_unchanged() {
    let server = Server::start().await;
    for name in [
        "X121 — Generating Scene 3",
        "مشهد ثلاثة",
        "סצנה 3",
        "第三幕 🎬",
        "a < b && c > d",
    ] {
        let answer = server
            .send("POST", "/api/v1/jobs", film(json!({ "name": name })))
            .await;
        assert_eq!(answer.status, 202, "{name}: {answer:?}");
        assert_eq!(answer.json()["name"], name);
    }
}

#[tokio::test]
async fn a_body_that_is_not_a_json_object_is_rejected() {
    let server = Server::start().await;
    let post = |kind: &'static str, body: Vec<u8>| {
        answer(
            server
                .request("POST", "/api/v1/jobs")
                .header("Content-Type", kind)
                .body(body),
        )
    };
    let json = "application/json";
    for (kind, body, status) in [
        (json, Vec::new(), 400),
        (json, b"{".to_vec(), 400),
        (json, b"{\"type\": \"film\",}".to_vec(), 400),
        (json, b"[]".to_vec(), 400),
        (json, b"null".to_vec(), 400),
        (json, b"\xff\xfe".to_vec(), 400),
        (json, b"{\"type\":\"\xff\"}".to_vec(), 400),
        (json, vec![b'['; 100_000], 400),
        (json, b"{\"type\":\"film\",\"progress\":NaN}".to_vec(), 400),
        ("text/plain", b"{}".to_vec(), 415),
        (
            "application/x-www-form-urlencoded",
            b"type=film".to_vec(),
            415,
        ),
        ("multipart/form-data", b"{}".to_vec(), 415),
    ] {
        let what = format!(
            "{kind} {:?}",
            String::from_utf8_lossy(&body[..body.len().min(40)])
        );
        let field = (status == 400).then_some("body");
        assert_problem(&post(kind, body).await, status, field, &what);
    }
    let broken = post(json, b"{\n  \"type\": film\n}".to_vec()).await.json();
    let detail = broken["detail"].as_str().unwrap();
    assert!(detail.ends_with("at line 2 column 12"), "{detail}");
    assert_eq!(server.count().await, 0, "nothing was stored");
}

#[tokio::test]
async fn a_body_over_one_mebibyte_is_rejected_whole_or_streamed() {
    let server = Server::start().await;
    let body = film(json!({ "name": "x".repeat(1 << 20) }));
    let whole = server.send("POST", "/api/v1/jobs", body.clone()).await;
    assert_problem(&whole, 413, None, "with a length");
    let parts: Vec<Result<Vec<u8>, std::io::Error>> = body
        .to_string()
        .into_bytes()
        .chunks(60_000)
        .map(|part| Ok(part.to_vec()))
        .collect();
    let parts = reqwest::Body::wrap_stream(futures::stream::iter(parts));
    let streamed = server
        .request("POST", "/api/v1/jobs")
        .header("Content-Type", "application/json");
    assert_problem(&answer(streamed.body(parts)).await, 413, None, "in parts");
    assert_eq!(server.count().await, 0, "nothing was stored");
}

#[tokio::test]
async fn an_invalid_query_is_rejected_with_the_name_of_the_parameter() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Known").await.job_id;
    let logs = format!("/jobs/{job}/logs");
    for (path, query, field) in [
        ("/jobs", "limit=99999999999999999999", "limit"),
        ("/jobs", "limit=201", "limit"),
        ("/jobs", "limit=0", "limit"),
        ("/jobs", "limit=-1", "limit"),
        ("/jobs", "limit=ten", "limit"),
        ("/jobs", "limit=1&limit=2", "limit"),
        ("/jobs", "cursor=nonsense", "cursor"),
        ("/jobs", "cursor=%00", "cursor"),
        ("/jobs", "cursor=1'%20or%201=1--", "cursor"),
        ("/jobs", "state=done", "state"),
        ("/jobs", "state=queued,done", "state"),
        ("/jobs", "scope=everybody", "scope"),
        ("/jobs", "type=No%20Kind", "type"),
        ("/jobs", "ref=a%00b", "ref"),
        ("/summary", "scope=everybody", "scope"),
        ("/characters", "limit=1000000", "limit"),
        ("/characters", "cursor=%27%3B--", "cursor"),
        ("/scenes", "limit=x", "limit"),
        ("/stories", "limit=x", "limit"),
        ("/notebooks", "limit=x", "limit"),
        ("/live", "cursor=x", "cursor"),
        ("/live", "scope=x", "scope"),
        ("/events", "cursor=-1", "cursor"),
        (logs.as_str(), "after=x", "after"),
        (logs.as_str(), "after=-1", "after"),
        (logs.as_str(), "limit=1000000000", "limit"),
    ] {
        let path = format!("/api/v1{path}?{query}");
        let answer = server.get(&path).await;
        assert_problem(&answer, 400, Some(field), &path);
    }
}

#[tokio::test]
async fn an_unknown_parameter_is_rejected_by_name() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Known").await.job_id;
    let logs = format!("/jobs/{job}/logs");
    let paths = [
        "/jobs",
        "/summary",
        "/types",
        "/characters",
        "/scenes",
        "/stories",
        "/notebooks",
        "/artifacts",
        "/live",
        "/events",
        logs.as_str(),
    ];
    for path in paths {
        for query in ["limt=5", "limt=", "limt"] {
            let path = format!("/api/v1{path}?{query}");
            assert_problem(&server.get(&path).await, 422, Some("limt"), &path);
        }
    }
    let long = "x".repeat(5000);
    for (query, field) in [
        ("Limit=5", "Limit"),
        ("a%00=1", "a\\u{0}"),
        ("=1", ""),
        (long.as_str(), &long[..64]),
        ("limit=5&cursor=&state=&lim%69t=&x=1", "x"),
    ] {
        let path = format!("/api/v1/jobs?{query}");
        let field = Some(field).filter(|field| !field.is_empty());
        assert_problem(&server.get(&path).await, 422, field, query);
    }
}

#[tokio::test]
async fn a_wrong_method_or_path_is_answered_with_a_problem() {
    let server = Server::start().await;
    for (method, path) in [
        ("DELETE", "/api/v1/jobs"),
        ("PUT", "/api/v1/jobs"),
        ("POST", "/api/v1/summary"),
        ("GET", "/api/v1/leases"),
        ("GET", "/api/v1/jobs/x/pause"),
        ("TRACE", "/api/v1/jobs"),
    ] {
        let answer = answer(server.request(method, path)).await;
        assert_problem(&answer, 405, None, &format!("{method} {path}"));
        assert!(
            answer
                .header("allow")
                .is_some_and(|allow| !allow.is_empty()),
            "{method} {path}"
        );
    }
    for path in [
        "/api",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v2/jobs",
        "/api/v1/jobs/",
    ] {
        assert_problem(&server.get(path).await, 404, None, path);
    }
}

#[tokio::test]
async fn an_invalid_report_is_rejected_and_changes_nothing() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Reported").await;
    let path = format!("/api/v1/jobs/{}", job.job_id);
    let before = server.get(&path).await.text;
    for (report, field) in [
        (json!({ "progress": 1.5 }), "progress"),
        (json!({ "progress": -0.1 }), "progress"),
        (json!({ "progress": "half" }), "progress"),
        (json!({ "state": "done" }), "state"),
        (json!({ "result": { "href": "/stories" } }), "result"),
        (
            json!({ "failure": { "code": "cold", "summary": "Cold." } }),
            "failure",
        ),
        (json!({ "step": "x" }), "step"),
        (json!({ "currentStep": "a\0b" }), "currentStep"),
        (json!({ "currentStep": "x".repeat(1 << 18) }), "currentStep"),
        (json!({ "log": [{ "stream": "stdout" }] }), "log[0].text"),
        (
            json!({ "log": [{ "stream": "out", "text": "x" }] }),
            "log[0].stream",
        ),
        (
            json!({ "log": [{ "stream": "stdout", "text": "a\0b" }] }),
            "log[0].text",
        ),
        (
            json!({ "log": [{ "stream": "stdout", "text": "x", "at": "today" }] }),
            "log[0].at",
        ),
        (
            json!({ "state": "completed", "result": { "href": "javascript:alert(1)" } }),
            "result.href",
        ),
        (
            json!({ "state": "completed", "result": { "page": "//evil.example" } }),
            "result.page",
        ),
        (
            json!({ "state": "failed", "failure": { "code": "x" } }),
            "failure.summary",
        ),
        (
            json!({ "state": "failed", "failure": { "code": "Not Snake", "summary": "s" } }),
            "failure.code",
        ),
    ] {
        let what = report.to_string().chars().take(120).collect::<String>();
        let answer = server.send("PATCH", &path, report).await;
        assert_problem(&answer, 422, Some(field), &what);
    }
    assert_eq!(server.get(&path).await.text, before);
}

#[tokio::test]
async fn invalid_claims_notify_options_and_seen_lists_are_rejected() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Notified").await;
    let notify = format!("/api/v1/jobs/{}/notify", job.job_id);
    let lease = |types: Value, worker: &str, ttl: Value| json!({ "types": types, "worker": worker, "ttlSeconds": ttl });
    for (method, path, body, field) in [
        (
            "POST",
            "/api/v1/leases",
            lease(json!([]), "w", json!(10)),
            "types",
        ),
        (
            "POST",
            "/api/v1/leases",
            lease(json!(["A b"]), "w", json!(10)),
            "types",
        ),
        (
            "POST",
            "/api/v1/leases",
            lease(json!(["film"]), "", json!(10)),
            "worker",
        ),
        (
            "POST",
            "/api/v1/leases",
            lease(json!(["film"]), "local:1", json!(10)),
            "worker",
        ),
        (
            "POST",
            "/api/v1/leases",
            lease(json!(["film"]), "w", json!(0)),
            "ttlSeconds",
        ),
        (
            "POST",
            "/api/v1/leases",
            lease(json!(["film"]), "w", json!(3601)),
            "ttlSeconds",
        ),
        (
            "POST",
            "/api/v1/leases",
            lease(json!(["film"]), "w", json!(-1)),
            "ttlSeconds",
        ),
        (
            "POST",
            "/api/v1/leases",
            json!({ "types": ["film"], "worker": "w" }),
            "ttlSeconds",
        ),
        (
            "PUT",
            notify.as_str(),
            json!({ "notify": "loudly" }),
            "notify",
        ),
        ("PUT", notify.as_str(), json!({}), "notify"),
        (
            "PUT",
            "/api/v1/jobs/seen",
            json!({ "jobIds": "x" }),
            "jobIds",
        ),
        (
            "PUT",
            "/api/v1/jobs/seen",
            json!({ "jobIds": ["x"] }),
            "jobIds[0]",
        ),
    ] {
        let what = format!("{method} {path} {body}");
        let answer = server.send(method, path, body).await;
        assert_problem(&answer, 422, Some(field), &what);
    }
}

#[tokio::test]
async fn invalid_settings_are_rejected_and_change_nothing() {
    let server = Server::start().await;
    let path = "/api/v1/me/settings";
    let valid = json!({ "language": "fr", "scope": "studio" });
    assert_eq!(server.send("PUT", path, valid.clone()).await.status, 200);
    for (body, field) in [
        (json!({ "language": "tlh" }), "language"),
        (json!({ "language": 7 }), "language"),
        (json!({ "language": "fr\0" }), "language"),
        (json!({ "scope": "everybody" }), "scope"),
        (json!({ "scope": null }), "scope"),
        (json!({ "language": "en", "colour": "red" }), "colour"),
        (json!({ "Language": "en" }), "Language"),
        (json!({ "toastSeconds": 1 }), "toastSeconds"),
        (json!({ "toastSeconds": "5" }), "toastSeconds"),
        (json!({ "failureToastSeconds": 601 }), "failureToastSeconds"),
        (json!({ "volume": 101 }), "volume"),
        (json!({ "volume": -1 }), "volume"),
        (json!({ "successSound": "gong" }), "successSound"),
        (json!({ "kindSounds": { "scene": "gong" } }), "kindSounds"),
        (json!({ "kindSounds": { "<b>": "bell" } }), "kindSounds"),
        (json!({ "minimumSeconds": 3601 }), "minimumSeconds"),
        (json!({ "mutedKinds": "scene" }), "mutedKinds"),
        (json!({ "mutedKinds": ["<b>"] }), "mutedKinds"),
        (json!({ "mutedKinds": vec!["scene"; 33] }), "mutedKinds"),
        (json!({ "mutedUntil": "tomorrow" }), "mutedUntil"),
    ] {
        let what = body.to_string();
        let answer = server.send("PUT", path, body).await;
        assert_problem(&answer, 422, Some(field), &what);
    }
    let foreign = server.request("PUT", path).header("Origin", "null");
    assert_problem(&answer(foreign.json(&json!({}))).await, 403, None, "null");
    let stored = server.get(path).await.json();
    assert_eq!(stored["language"], "fr");
    assert_eq!(stored["scope"], "studio");
}

#[tokio::test]
async fn an_invalid_idempotency_key_is_rejected() {
    let server = Server::start().await;
    for key in [String::new(), "x".repeat(256)] {
        let request = server
            .request("POST", "/api/v1/jobs")
            .header("Idempotency-Key", &key);
        let answer = answer(request.json(&film(json!({})))).await;
        assert_problem(&answer, 400, Some("Idempotency-Key"), &key);
    }
    assert_eq!(server.count().await, 0, "nothing was stored");
}

#[tokio::test]
async fn requests_from_foreign_pages_or_to_foreign_hosts_are_rejected() {
    let server = Server::start().await;
    let ours = format!("http://{}", server.address);
    let port = server.address.port();
    let other_port = format!("http://127.0.0.1:{}", port ^ 1);
    let rebound = format!("evil.example:{port}");
    let localhost = format!("localhost:{port}");
    let https = ours.replace("http:", "https:");
    for (header, value, passes) in [
        ("Origin", ours.as_str(), true),
        ("Origin", "null", false),
        ("Origin", "http://evil.example", false),
        ("Origin", other_port.as_str(), false),
        ("Origin", https.as_str(), false),
        ("Sec-Fetch-Site", "same-origin", true),
        ("Sec-Fetch-Site", "none", true),
        ("Sec-Fetch-Site", "same-site", false),
        ("Sec-Fetch-Site", "cross-site", false),
        ("Host", localhost.as_str(), true),
        ("Host", rebound.as_str(), false),
        ("Host", "localhost", false),
        ("Host", "192.168.1.1:80", false),
    ] {
        for (method, path) in [
            ("POST", "/api/v1/jobs"),
            ("GET", "/api/v1/jobs"),
            ("GET", "/"),
        ] {
            let before = server.count().await;
            let request = server.request(method, path).header(header, value);
            let answer = answer(request.json(&film(json!({})))).await;
            let what = format!("{method} {path} {header}: {value}");
            if passes {
                assert!(answer.status.is_success(), "{what}: {answer:?}");
            } else {
                assert_problem(&answer, 403, None, &what);
                assert_eq!(server.count().await, before, "{what}");
            }
        }
    }
}
