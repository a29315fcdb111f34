//! The pages of vessels: the craft folder, the form, and the results.

use super::field_error;
use jobtray::job::{JobId, JobState};
use jobtray::queue::{Caller, ClaimRequest, NewJob, NewResult, Report, Reporter};
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::Duration;
use testkit::server::{Answer, Server, answer, stranger};

/// Submits a job that reads a vessel.
async fn submit(server: &Server, kind: &str, input: Value) -> Answer {
    let job = json!({"type": kind, "input": input});
    server.send("POST", "/api/v1/jobs", job).await
}

/// Runs a job and returns the page of its result.
async fn page(server: &Server, kind: &str, input: Value) -> Answer {
    let submitted = submit(server, kind, input).await;
    assert_eq!(submitted.status, 202, "{submitted:?}");
    let id = submitted.json()["jobId"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/jobs/{id}");
    let done = async {
        while server.get(&path).await.json()["state"] != "completed" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), done)
        .await
        .unwrap();
    server.get(&format!("/vessels/{id}")).await
}

/// Completes a job with this file as its artifact.
async fn completed(server: &Server, owner: &Caller, file: &str) -> JobId {
    let input = json!({"craft": "Skipping Stone.craft"});
    let job = (server
        .queue
        .submit(owner, NewJob::new("part_tree", input))
        .await)
        .unwrap();
    let claim = ClaimRequest {
        studio: Some(owner.studio.clone()),
        kinds: vec!["part_tree".to_owned()],
        worker: "w1".to_owned(),
        ttl_seconds: 60,
    };
    let claim = server.queue.claim(claim).await.unwrap().unwrap();
    let report = Report {
        state: Some(JobState::Completed),
        result: Some(NewResult {
            file: Some(file.to_owned()),
            media_type: "application/json".to_owned(),
            bytes: 2,
            download_name: None,
            page: None,
            href: None,
            details: None,
        }),
        ..Default::default()
    };
    let by = Reporter::Lease(&claim.lease_token);
    (server.queue.report(by, &job.job_id, report).await).unwrap();
    job.job_id
}

fn form(server: &Server, fields: &[(&str, &str)]) -> RequestBuilder {
    let blank = ["make", "craft", "text", "vessel", "nonce"].map(|name| {
        let given = fields.iter().find(|(field, _)| *field == name);
        (name, given.map_or("", |(_, value)| value))
    });
    server.request("POST", "/forms/read_vessel").form(&blank)
}

#[tokio::test]
async fn the_form_lists_the_craft_folder_and_selects_the_file_of_the_query() {
    let server = Server::start().await;
    let page = server.get("/vessels").await.text;
    assert!(page.contains("Skipping Stone.craft"), "{page}");
    assert!(
        page.contains("/vessels?craft=Skipping%20Stone%2Ecraft"),
        "{page}"
    );
    let page = server
        .get("/vessels?craft=Skipping%20Stone.craft")
        .await
        .text;
    let mut selected = page
        .split("<option")
        .filter(|option| option.contains("selected"));
    let is_stone = |option: &str| option.contains("Skipping Stone.craft");
    assert!(selected.any(is_stone), "{page}");
}

#[tokio::test]
async fn a_stage_plan_has_a_diagram_and_a_table_in_both_languages() {
    let server = Server::start().await;
    let worker = server.work();
    let plan = page(&server, "stage_plan", json!({"craft": "Heron.craft"})).await;
    assert_eq!(plan.status, 200, "{plan:?}");
    for expected in [
        "Stage plan of Heron",
        "role=\"img\"",
        "data-certainty=\"unknown\"",
        "≥\u{a0}4.63",
        "heron.WarpTank",
        "/schemas/stage_plan.json",
    ] {
        assert!(plan.text.contains(expected), "{expected}: {}", plan.text);
    }
    // The content security policy of pages forbids inline styles.
    assert!(!plan.text.contains("style=\""), "{}", plan.text);
    let input = json!({"craft": "harbour.sfs", "vessel": "Reed"});
    let tree = page(&server, "part_tree", input).await;
    assert!(tree.text.contains("Part tree of Reed"), "{}", tree.text);
    let list = server.get("/vessels").await.text;
    assert!(list.contains("Part tree of Reed") && list.contains("Stage plan of Heron"));
    let french = server
        .request("GET", "/vessels")
        .header("accept-language", "fr");
    let french = answer(french).await.text;
    assert!(french.contains("Arbre des pièces : Reed"), "{french}");
    worker.shutdown().await;
}

#[tokio::test]
async fn the_tree_of_a_vessel_with_five_thousand_parts_is_folded() {
    let server = Server::start().await;
    let worker = server.work();
    let mut text = "ship = Whale\nPART{part=mk1pod.v2_0\n".to_owned();
    for part in 1..5000 {
        writeln!(text, "link=fuelTank_{part}").unwrap();
    }
    text.push('}');
    for part in 1..5000 {
        write!(text, "PART{{part=fuelTank_{part}}}").unwrap();
    }
    let tree = page(&server, "part_tree", json!({"text": text})).await;
    assert!(tree.text.contains("more parts"), "{}", tree.text);
    assert!(tree.text.len() < 200_000, "{}", tree.text.len());
    worker.shutdown().await;
}

#[tokio::test]
async fn the_page_of_a_result_that_is_not_ready_shows_its_job() {
    let server = Server::start().await;
    let job = submit(&server, "part_tree", json!({"craft": "Pebble.craft"})).await;
    let id = job.json()["jobId"].as_str().unwrap().to_owned();
    let page = server.get(&format!("/vessels/{id}")).await;
    assert!(page.text.contains("Not ready yet"), "{}", page.text);
    let film = server.submit_film().await;
    for id in [film["jobId"].as_str().unwrap(), "part_tree_1", "x"] {
        assert_eq!(
            server.get(&format!("/vessels/{id}")).await.status,
            404,
            "{id}"
        );
    }
}

#[tokio::test]
async fn an_invalid_form_is_explained_in_the_readers_language() {
    let server = Server::start().await;
    for (fields, field, expected) in [
        (
            &[("make", "rocket"), ("craft", "Pebble.craft")][..],
            "make",
            "must be",
        ),
        (&[("make", "part_tree")], "craft", "is missing"),
        (
            &[("make", "part_tree"), ("craft", "gone.craft")],
            "craft",
            "no such file",
        ),
        (
            &[("make", "part_tree"), ("craft", "../x.craft")],
            "craft",
            "must be the name",
        ),
        (
            &[
                ("make", "part_tree"),
                ("craft", "Pebble.craft"),
                ("text", "x"),
            ],
            "text",
            "not both",
        ),
        (
            &[("make", "stage_plan"), ("craft", "harbour.sfs")],
            "vessel",
            "Pebble in orbit, Reed",
        ),
    ] {
        let rejected = answer(form(&server, fields)).await;
        assert_eq!(rejected.status, 422, "{rejected:?}");
        let error = field_error(&rejected);
        assert_eq!(error.field, field, "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
    let fields = [("make", "stage_plan"), ("craft", "harbour.sfs")];
    let sent = form(&server, &fields).header("accept", "text/html");
    let back = answer(sent.header("referer", server.url("/vessels"))).await;
    let to = back.header("location").unwrap();
    let to = to.trim_start_matches(&server.url("")).to_owned();
    let page = server.request("GET", &to).header("accept-language", "fr");
    let page = answer(page).await.text;
    let error =
        "La sauvegarde contient plusieurs vaisseaux. Nommez-en un\u{a0}: Pebble in orbit, Reed";
    assert!(page.contains(error), "{page}");
    let jobs = server.get("/api/v1/jobs").await.json();
    assert_eq!(jobs["jobs"], json!([]));
}

#[tokio::test]
async fn a_rest_error_names_the_field_and_the_schemas_are_published() {
    let server = Server::start().await;
    let rejected = submit(&server, "part_tree", json!({"craft": "harbour.sfs"})).await;
    assert_eq!(rejected.status, 422, "{rejected:?}");
    assert_eq!(rejected.json()["field"], "input.vessel");
    for kind in ["part_tree", "stage_plan"] {
        let schema = server.get(&format!("/schemas/{kind}.json")).await;
        assert_eq!(
            schema.header("content-type"),
            Some("application/schema+json")
        );
        assert_eq!(schema.json()["$id"], format!("/schemas/{kind}.json"));
        let tag = schema.header("etag").unwrap();
        let again = server.request("GET", &format!("/schemas/{kind}.json"));
        let again = answer(again.header("if-none-match", tag)).await;
        assert_eq!(again.status, 304);
    }
    assert_eq!(server.get("/schemas/scene.json").await.status, 404);
}

#[tokio::test]
async fn only_artifacts_of_the_callers_studio_are_served() {
    let server = Server::start().await;
    let worker = server.work();
    page(&server, "part_tree", json!({"craft": "Pebble.craft"})).await;
    worker.shutdown().await;
    let jobs = server.get("/api/v1/jobs").await.json();
    let href = jobs["jobs"][0]["result"]["href"].as_str().unwrap();
    let tree = server.get(href).await.text;
    for place in ["artifacts/jobs/tree.json", "secret.json"] {
        std::fs::write(server.data.path().join(place), &tree).unwrap();
    }
    for (owner, file, status) in [
        (&server.me, "tree.json", 200),
        (&server.me, "../../secret.json", 404),
        (&stranger(), "tree.json", 404),
    ] {
        let id = completed(&server, owner, file).await;
        for path in [
            format!("/vessels/{id}"),
            format!("/api/v1/jobs/{id}/result"),
        ] {
            let answer = server.get(&path).await;
            assert_eq!(answer.status, status, "{file}: {answer:?}");
        }
    }
}
