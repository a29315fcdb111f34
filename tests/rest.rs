//! Each row of the contract's REST table, over a real connection.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

use serde_json::{Value, json};
use testkit::server::{Server, answer, stranger};

fn id(job: &Value) -> &str {
    job["jobId"].as_str().unwrap()
}

#[tokio::test]
async fn submitting_returns_202_with_the_job_and_its_location() {
    let server = Server::start().await;
    let body = json!({ "type": "film", "input": { "sceneId": "s1" } });
    let answer = server.send("POST", "/api/v1/jobs", body).await;
    assert_eq!(answer.status, 202);
    let job = answer.json();
    let location = format!("/api/v1/jobs/{}", id(&job));
    assert_eq!(answer.header("location"), Some(location.as_str()));
    assert!(answer.header("retry-after").is_some());
    assert!(id(&job).starts_with("film_"));
    assert_eq!(job["state"], "queued");
    assert_eq!(job["progress"], 0.0);
    assert_eq!(job["currentStep"], "Initializing");
    assert_eq!(job["name"], "Film of s1");
    assert_eq!(job["estimateSeconds"], 10.0);
    assert_eq!(job["refs"], json!(["scene:s1"]));
    assert_eq!(server.get(&location).await.json(), job);
}

#[tokio::test]
async fn one_idempotency_key_creates_one_job() {
    let server = Server::start().await;
    let submit = |scene: &str| {
        answer(
            server
                .request("POST", "/api/v1/jobs")
                .header("Idempotency-Key", "k1")
                .json(&json!({ "type": "film", "input": { "sceneId": scene } })),
        )
    };
    let (first, again, other) = (submit("s1").await, submit("s1").await, submit("s2").await);
    assert_eq!(
        (first.status, again.status),
        (202.try_into().unwrap(), 202.try_into().unwrap())
    );
    assert_eq!(first.text, again.text);
    assert_eq!(other.status, 422);
    assert_eq!(server.count().await, 1);
}

#[tokio::test]
async fn a_list_is_newest_first_and_its_pages_miss_no_job() {
    let server = Server::start().await;
    let mut submitted = Vec::new();
    for _ in 0..7 {
        submitted.push(id(&server.submit_film().await).to_owned());
    }
    submitted.reverse();
    let (mut listed, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = server
            .get(&format!("/api/v1/jobs?limit=3&cursor={cursor}"))
            .await;
        let page = page.json();
        for job in page["jobs"].as_array().unwrap() {
            listed.push(id(job).to_owned());
        }
        match page["nextCursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(listed, submitted);
}

#[tokio::test]
async fn a_list_is_filtered_by_state_kind_and_reference() {
    let server = Server::start().await;
    let film = server.submit_film().await;
    server.external(&server.me, "Render").await;
    server
        .post(&format!("/api/v1/jobs/{}/cancel", id(&film)))
        .await;
    for (query, count) in [
        ("", 2),
        ("?state=cancelled", 1),
        ("?state=queued,cancelled", 2),
        ("?state=queued&state=cancelled", 2),
        ("?state=failed", 0),
        ("?type=film", 1),
        ("?ref=scene:s1", 1),
        ("?ref=scene:s2", 0),
        ("?scope=studio", 2),
    ] {
        let page = server.get(&format!("/api/v1/jobs{query}")).await.json();
        assert_eq!(page["jobs"].as_array().unwrap().len(), count, "{query}");
    }
}

#[tokio::test]
async fn an_unchanged_job_is_answered_with_304() {
    let server = Server::start().await;
    let path = format!("/api/v1/jobs/{}", id(&server.submit_film().await));
    let first = server.get(&path).await;
    let tag = first.header("etag").unwrap();
    assert_eq!(tag, "\"1.1\"");
    assert!(first.header("retry-after").is_some());
    let ask = || {
        answer(
            server
                .request("GET", &path)
                .header("If-None-Match", "\"1.1\""),
        )
    };
    let same = ask().await;
    assert_eq!((same.status.as_u16(), same.text.as_str()), (304, ""));
    server.post(&format!("{path}/cancel")).await;
    let changed = ask().await;
    assert_eq!(changed.status, 200);
    assert!(changed.header("retry-after").is_none(), "it is finished");
}

#[tokio::test]
async fn commands_follow_the_table_of_states() {
    let server = Server::start().await;
    let path = format!("/api/v1/jobs/{}", id(&server.submit_film().await));
    for (action, status, state) in [
        ("retry", 409, "queued"),
        ("pause", 200, "paused"),
        ("resume", 200, "queued"),
        ("cancel", 200, "cancelled"),
        ("pause", 409, "cancelled"),
        ("retry", 200, "queued"),
    ] {
        let answer = server.post(&format!("{path}/{action}")).await;
        assert_eq!(answer.status, status, "{action}: {answer:?}");
        assert_eq!(server.get(&path).await.json()["state"], state, "{action}");
    }
    assert_eq!(server.get(&path).await.json()["attempt"], 2);
}

#[tokio::test]
async fn a_worker_over_http_claims_reports_and_completes() {
    let server = Server::start().await;
    let job = server.submit_film().await;
    let lease = server.claim_film().await;
    assert_eq!(lease["job"]["jobId"], job["jobId"]);
    assert_eq!(lease["input"], json!({ "sceneId": "s1" }));
    assert_eq!(lease["checkpoint"], Value::Null);
    assert!(lease["expiresAt"].is_string());
    let token = lease["leaseToken"].as_str().unwrap();
    let id = id(&job);

    let report = json!({
        "progress": 0.25, "currentStep": "Half of half",
        "log": [{ "stream": "stdout", "text": "one" }, { "stream": "stderr", "text": "\u{1b}[31mtwo" }],
    });
    let answer = server.report(id, token, report).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let running = answer.json();
    assert_eq!(
        (
            &running["state"],
            &running["progress"],
            &running["currentStep"]
        ),
        (&json!("running"), &json!(0.25), &json!("Half of half"))
    );
    let beat = server.report(id, token, json!({})).await.json();
    assert_eq!(
        beat["version"], running["version"],
        "a heartbeat changes no version"
    );

    server.post(&format!("/api/v1/jobs/{id}/pause")).await;
    let requested = server.report(id, token, json!({})).await.json();
    assert_eq!(requested["wanted"], "paused");

    let result =
        json!({ "href": "https://films.example/1.mp4", "mediaType": "video/mp4", "bytes": 5 });
    let done = json!({ "state": "completed", "result": result });
    let done = server.report(id, token, done).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(done.json()["state"], "completed");

    let logs = server.get(&format!("/api/v1/jobs/{id}/logs")).await.json();
    let texts: Vec<_> = logs["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| &l["text"])
        .collect();
    assert_eq!(texts, ["one", "\u{1b}[31mtwo"]);
    let rest = server
        .get(&format!("/api/v1/jobs/{id}/logs?after=1&limit=1"))
        .await
        .json();
    assert_eq!(
        (&rest["lines"][0]["seq"], &rest["next"]),
        (&json!(2), &json!(2))
    );

    let result = server.get(&format!("/api/v1/jobs/{id}/result")).await;
    assert_eq!(result.status, 307);
    assert_eq!(
        result.header("location"),
        Some("https://films.example/1.mp4")
    );
    assert_eq!(
        server
            .post(&format!("/api/v1/jobs/{id}/retry"))
            .await
            .status,
        409
    );
}

#[tokio::test]
async fn reports_without_the_current_lease_token_are_rejected() {
    let server = Server::start().await;
    let path = format!("/api/v1/jobs/{}", id(&server.submit_film().await));
    let lease = server.claim_film().await;
    let job = lease["job"]["jobId"].as_str().unwrap();
    let none = server
        .send("PATCH", &path, json!({ "progress": 0.5 }))
        .await;
    assert_eq!(
        (none.status.as_u16(), &none.json()["code"]),
        (409, &json!("lease_required"))
    );
    let stale = server
        .report(job, "not-the-token", json!({ "progress": 0.5 }))
        .await;
    assert_eq!(
        (stale.status.as_u16(), &stale.json()["code"]),
        (409, &json!("lease_lost"))
    );
    assert_eq!(server.get(&path).await.json()["progress"], Value::Null);
}

#[tokio::test]
async fn a_claim_without_a_matching_job_is_answered_with_204() {
    let server = Server::start().await;
    server.external(&server.me, "Not for workers").await;
    let body = json!({ "types": ["film", "render"], "worker": "w1", "ttlSeconds": 1 });
    let answer = server.send("POST", "/api/v1/leases", body).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
}

#[tokio::test]
async fn the_owner_of_an_external_job_reports_without_a_lease() {
    let server = Server::start().await;
    let body = json!({ "type": "my-tool", "external": true, "name": "Mine", "input": { "any": ["thing"] } });
    let job = server.send("POST", "/api/v1/jobs", body).await.json();
    let path = format!("/api/v1/jobs/{}", id(&job));
    let running = server
        .send("PATCH", &path, json!({ "progress": 0.5 }))
        .await;
    assert_eq!(running.status, 200, "{running:?}");
    let failure = json!({ "code": "my_own_code", "summary": "It broke" });
    let failed = json!({ "state": "failed", "failure": failure });
    let failed = server.send("PATCH", &path, failed).await;
    assert_eq!(failed.status, 200, "{failed:?}");
    let failure = &failed.json()["failure"];
    assert_eq!(failure["code"], "my_own_code");
    assert!(!failure["fix"].as_str().unwrap().is_empty());
    let late = server
        .send("PATCH", &path, json!({ "progress": 0.9 }))
        .await;
    assert_eq!(late.status, 409);
}

#[tokio::test]
async fn the_notify_option_and_the_summary_follow_the_requests() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Bell").await;
    let path = format!("/api/v1/jobs/{}", job.job_id);
    let notify = json!({ "notify": "always" });
    let changed = server.send("PUT", &format!("{path}/notify"), notify).await;
    assert_eq!(changed.json()["notify"], "always");
    assert_eq!(server.get("/api/v1/summary").await.json()["queued"], 1);
    server
        .send("PATCH", &path, json!({ "state": "completed" }))
        .await;
    let ready = server.get("/api/v1/summary?scope=studio").await.json();
    assert_eq!(
        (&ready["queued"], &ready["readyUnseen"]),
        (&json!(0), &json!(1))
    );
    let seen = json!({ "jobIds": [job.job_id] });
    let seen = server.send("PUT", "/api/v1/jobs/seen", seen).await;
    assert_eq!(seen.status, 204);
    assert_eq!(server.get("/api/v1/summary").await.json()["readyUnseen"], 0);
}

#[tokio::test]
async fn unknown_foreign_and_malformed_ids_get_the_same_response() {
    let server = Server::start().await;
    let foreign = server.external(&stranger(), "Secret").await.job_id;
    let unknown = format!("film_{}", "0".repeat(32));
    for (method, tail) in [
        ("GET", ""),
        ("GET", "/logs"),
        ("GET", "/result"),
        ("POST", "/pause"),
        ("POST", "/resume"),
        ("POST", "/cancel"),
        ("POST", "/retry"),
    ] {
        let ask = |id: &str| answer(server.request(method, &format!("/api/v1/jobs/{id}{tail}")));
        let theirs = ask(foreign.as_str()).await;
        assert_eq!(theirs.status, 404, "{method} {tail}");
        for id in [
            unknown.as_str(),
            "nonsense",
            "%00",
            "%ff",
            "..%2f..%2fetc",
            "'--",
        ] {
            let none = ask(id).await;
            assert_eq!(
                (none.status, &none.text),
                (theirs.status, &theirs.text),
                "{id}"
            );
        }
    }
    for (path, body) in [("", json!({})), ("", json!({ "progress": 0.5 }))] {
        let ask = |id: &str| {
            let path = format!("/api/v1/jobs/{id}{path}");
            let body = body.clone();
            let server = &server;
            async move { server.send("PATCH", &path, body).await }
        };
        let (theirs, none) = (ask(foreign.as_str()).await, ask(&unknown).await);
        assert_eq!(theirs.status, 404);
        assert_eq!(theirs.text, none.text);
    }
}

#[tokio::test]
async fn jobs_of_another_studio_are_in_no_list() {
    let server = Server::start().await;
    server.external(&stranger(), "Secret").await;
    assert_eq!(server.count().await, 0);
    assert_eq!(
        server.get("/api/v1/summary?scope=studio").await.json()["queued"],
        0
    );
}

#[tokio::test]
async fn kinds_and_the_objects_that_jobs_refer_to_are_listed() {
    let server = Server::start().await;
    let types = server.get("/api/v1/types").await.json();
    assert_eq!(types["types"][0]["type"], "film");
    assert_eq!(types["types"][0]["available"], true);
    assert_eq!(types["types"][0]["unavailableReason"], Value::Null);
    for (list, empty) in [
        ("characters", false),
        ("scenes", false),
        ("stories", true),
        ("notebooks", true),
        ("artifacts", true),
    ] {
        let page = server.get(&format!("/api/v1/{list}")).await.json();
        let Some(items) = page["items"].as_array() else {
            panic!("{list}: {page}");
        };
        assert_eq!(items.is_empty(), empty, "{list}");
        assert!(
            items
                .iter()
                .all(|item| item["id"].is_string() && item["name"].is_string())
        );
        assert!(page["nextCursor"].is_null(), "{list}");
    }
    let first = server.get("/api/v1/characters?limit=1").await.json();
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = server
        .get(&format!("/api/v1/characters?limit=1&cursor={cursor}"))
        .await
        .json();
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
}

#[tokio::test]
async fn settings_are_replaced_as_a_whole() {
    let server = Server::start().await;
    let path = "/api/v1/me/settings";
    let first = server.get(path).await.json();
    let all = |more: Value| {
        let mut all = json!({
            "language": null, "scope": "mine",
            "toastSeconds": 5, "failureToastSeconds": null, "minimumSeconds": 0, "mutedUntil": null,
            "sound": false, "volume": 60, "successSound": "chime", "failureSound": "alarm", "kindSounds": {},
            "desktop": false, "mutedKinds": [],
        });
        for (name, value) in more.as_object().unwrap() {
            all[name] = value.clone();
        }
        all
    };
    assert_eq!(first, all(json!({})));
    for (body, expected) in [
        (
            json!({ "language": "fr", "scope": "studio" }),
            all(json!({ "language": "fr", "scope": "studio" })),
        ),
        (
            json!({ "language": "en", "sound": true, "kindSounds": { "scene": "bell" } }),
            all(json!({ "language": "en", "sound": true, "kindSounds": { "scene": "bell" } })),
        ),
        (
            json!({ "mutedUntil": "2030-01-01T08:00:00.000Z" }),
            all(json!({ "mutedUntil": "2030-01-01T08:00:00.000Z" })),
        ),
        (json!({}), all(json!({}))),
    ] {
        let answer = server.send("PUT", path, body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json(), expected);
        assert_eq!(server.get(path).await.json(), expected);
    }
}

#[tokio::test]
async fn a_page_is_in_the_chosen_language() {
    let server = Server::start().await;
    let ask = |cookie: &'static str| {
        let request = server.request("GET", "/settings").header("Cookie", cookie);
        answer(request.header("Accept-Language", "fr"))
    };
    for (chosen, cookie, lang) in [
        (Value::Null, "", "fr"),
        (Value::Null, "a=b; lang=en", "en"),
        (json!("en"), "", "en"),
        (json!("fr"), "lang=en", "fr"),
    ] {
        let settings = json!({ "language": chosen });
        server.send("PUT", "/api/v1/me/settings", settings).await;
        let page = ask(cookie).await.text;
        let html = format!("<html lang=\"{lang}\"");
        assert!(page.contains(&html), "{chosen} {cookie:?}: {page}");
    }
}

#[tokio::test]
async fn a_page_shows_the_jobs_of_the_chosen_scope() {
    let server = Server::start().await;
    let colleague = jobtray::queue::Caller {
        user: "colleague".to_owned(),
        ..server.me.clone()
    };
    server.external(&server.me, "Made by me").await;
    server.external(&colleague, "Made by them").await;
    for (scope, theirs) in [("mine", false), ("studio", true), ("mine", false)] {
        let settings = json!({ "scope": scope });
        server.send("PUT", "/api/v1/me/settings", settings).await;
        let page = server.get("/settings").await.text;
        assert!(page.contains("Made by me"), "{scope}");
        assert_eq!(page.contains("Made by them"), theirs, "{scope}");
    }
}

#[tokio::test]
async fn the_commands_address_shows_a_job_as_a_command() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Polled").await;
    let path = format!("/api/v1/jobs/{}", job.job_id);
    server
        .send(
            "PATCH",
            &path,
            json!({ "state": "running", "progress": 0.5 }),
        )
        .await;
    for address in [
        format!("/commands/jobs/{}", job.job_id),
        format!("/commands/jobs/command:{}", job.job_id),
    ] {
        let command = server.get(&address).await.json();
        assert_eq!(command["job_id"], job.job_id.as_str());
        assert_eq!(command["status"], "processing");
        assert_eq!(
            command["progress"],
            json!({ "current": 50, "total": 100, "percentage": 50.0 })
        );
    }
    server.post(&format!("{path}/cancel")).await;
    let command = server
        .get(&format!("/commands/jobs/{}", job.job_id))
        .await
        .json();
    assert_eq!(command["status"], "error");
}

#[tokio::test]
async fn an_artifact_is_served_whole_and_in_ranges() {
    let server = Server::start().await;
    let job = server.submit_film().await;
    let id = id(&job);
    let lease = server.claim_film().await;
    let folder = server.data.path().join("artifacts/jobs");
    std::fs::create_dir_all(&folder).unwrap();
    let file = format!("{id}.1.mp4");
    std::fs::write(folder.join(&file), b"0123456789").unwrap();
    let report = jobtray::queue::Report {
        state: Some(jobtray::job::JobState::Completed),
        result: Some(jobtray::queue::NewResult {
            file: Some(file),
            media_type: "video/mp4".to_owned(),
            bytes: 10,
            download_name: Some("sc\u{e8}ne \"3\".mp4".to_owned()),
            page: None,
            href: None,
            details: None,
        }),
        ..Default::default()
    };
    let by = jobtray::queue::Reporter::Lease(lease["leaseToken"].as_str().unwrap());
    let job_id = jobtray::job::JobId::parse(id).unwrap();
    server.queue.report(by, &job_id, report).await.unwrap();

    let path = format!("/api/v1/jobs/{id}/result");
    let whole = server.get(&path).await;
    assert_eq!(
        (whole.status.as_u16(), whole.text.as_str()),
        (200, "0123456789")
    );
    assert_eq!(whole.header("content-type"), Some("video/mp4"));
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));
    let name = whole.header("content-disposition").unwrap();
    assert!(
        name.contains("filename*=UTF-8''sc%C3%A8ne%20%223%22.mp4"),
        "{name}"
    );
    let part = answer(server.request("GET", &path).header("Range", "bytes=2-4")).await;
    assert_eq!((part.status.as_u16(), part.text.as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    let beyond = answer(server.request("GET", &path).header("Range", "bytes=20-")).await;
    assert_eq!(beyond.status, 416);
}

#[tokio::test]
async fn a_page_allows_only_its_own_scripts() {
    let server = Server::start().await;
    let page = server.get("/").await;
    assert_eq!(page.status, 200, "{page:?}");
    let policy = page.header("content-security-policy").unwrap();
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("'wasm-unsafe-eval'"));
    assert!(
        page.text.contains(&format!("nonce=\"{nonce}\"")),
        "its scripts carry the nonce"
    );
    // A script element with JSON is data and is not executed.
    assert_eq!(
        page.text.matches("<script").count()
            - page
                .text
                .matches("<script type=\"application/json\"")
                .count(),
        page.text.matches(&format!("nonce=\"{nonce}\"")).count()
    );
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    let again = server.get("/").await;
    assert_ne!(again.header("content-security-policy"), Some(policy));
    assert_eq!(server.get("/nothing/here").await.status, 404);
    assert_eq!(server.get("/healthz").await.status, 200);
    assert_eq!(server.get("/readyz").await.status, 200);
}

#[tokio::test]
async fn a_number_is_returned_with_all_its_digits() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Counted").await;
    for progress in [
        1.0 / 301.0,
        0.123_456,
        99.0 / 301.0,
        0.999_999_999_999_999_9,
    ] {
        let body = json!({"state": "running", "progress": progress});
        let path = format!("/api/v1/jobs/{}", job.job_id);
        let reported = server.send("PATCH", &path, body).await.json();
        assert_eq!(reported["progress"], json!(progress));
        let text = server.get(&path).await.text;
        assert!(text.contains(&format!("\"progress\":{progress}")), "{text}");
    }
}

#[tokio::test]
async fn a_list_rejects_a_cursor_that_it_did_not_return() {
    let server = Server::start().await;
    for list in ["characters", "scenes", "stories"] {
        let answer = server.get(&format!("/api/v1/{list}?cursor=zz")).await;
        assert_eq!(answer.status, 400, "{list}: {answer:?}");
        assert_eq!(answer.json()["field"], "cursor", "{list}");
    }
    let empty = server.get("/api/v1/artifacts?notebook=n1").await;
    assert_eq!(empty.status, 200, "{empty:?}");
}

#[tokio::test]
async fn seeing_a_running_job_does_not_mark_its_end_as_seen() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Baked").await;
    let seen = json!({ "jobIds": [job.job_id] });
    let answer = server.send("PUT", "/api/v1/jobs/seen", seen.clone()).await;
    assert_eq!(answer.status, 204);
    let failure = json!({ "state": "failed", "failure": { "code": "cold", "summary": "Cold." } });
    let path = format!("/api/v1/jobs/{}", job.job_id);
    assert_eq!(server.send("PATCH", &path, failure).await.status, 200);
    let unseen = || async { server.get("/api/v1/summary").await.json()["failedUnseen"].clone() };
    assert_eq!(unseen().await, 1);
    server.send("PUT", "/api/v1/jobs/seen", seen).await;
    assert_eq!(unseen().await, 0);
}
