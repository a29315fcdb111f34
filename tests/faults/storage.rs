//! A full disk, a locked database, a folder that cannot be written to.

use crate::{JOBTRAY, disk};
use serde_json::{Value, json};
use sqlx::Executor;
use testkit::program::{Server, database, half_done, startup_error};

#[tokio::test]
#[ignore = "needs to mount a file system (unshare -rm)"]
async fn a_full_disk_fails_the_film_and_a_retry_renders_it() {
    let (data, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut command = disk::small(data.path());
    // The database is on another disk, so that the failure can be recorded.
    let url = format!("sqlite:{}", elsewhere.path().join("jobtray.db").display());
    let server = Server::run(command.env("DATABASE_URL", url));
    let id = server.film(12).await;
    server
        .until(&id, |job| {
            job["progress"].as_f64().is_some_and(|now| now > 0.1)
        })
        .await;
    let filler = disk::fill(&disk::seen_by(server.process.id(), data.path()));
    let job = server.until(&id, |job| job["finishedAt"].is_string()).await;
    assert_eq!(job["failure"]["code"], "out_of_space", "{job}");
    assert_eq!(job["result"], Value::Null);

    std::fs::remove_file(filler).unwrap();
    server.post(&format!("/jobs/{id}/retry"), json!({})).await;
    server.until(&id, |job| job["state"] == "completed").await;
}

#[tokio::test]
#[ignore = "needs to mount a file system (unshare -rm)"]
async fn a_full_disk_is_reported_and_no_write_is_falsely_acknowledged() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::run(&mut disk::small(data.path()));
    let id = server.film(20).await;
    server.until(&id, half_done).await;
    let folder = disk::seen_by(server.process.id(), data.path());
    let filler = disk::fill(&folder);
    submit_until_rejected(&server).await;
    std::fs::remove_file(filler).unwrap();
    // The film failed for lack of room, unless it was waiting to report its progress.
    let job = server.until(&id, |job| job["finishedAt"].is_string()).await;
    if job["state"] == "failed" {
        assert_eq!(job["failure"]["code"], "out_of_space", "{job}");
        server.post(&format!("/jobs/{id}/retry"), json!({})).await;
    }
    let job = server.until(&id, |job| job["state"] == "completed").await;
    let film =
        std::fs::metadata(folder.join(format!("artifacts/jobs/{id}.{}.mp4", job["attempt"])));
    assert_eq!(job["result"]["bytes"], film.unwrap().len());
    assert_still_works(&server).await;
}

#[tokio::test]
async fn a_file_size_limit_is_reported_as_a_full_disk_and_does_not_kill_the_server() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::run(&mut disk::limited(data.path()));
    submit_until_rejected(&server).await;
    disk::remove_limit(server.process.id());
    assert_still_works(&server).await;
}

#[tokio::test]
async fn a_locked_database_is_reported_and_the_film_continues_once_it_is_unlocked() {
    let data = tempfile::tempdir().unwrap();
    let server = JOBTRAY.start(data.path());
    let id = server.film(20).await;
    server.until(&id, half_done).await;
    let mut other = database(data.path()).await;
    other.execute("begin exclusive").await.unwrap();
    submit_until_rejected(&server).await;
    other.execute("rollback").await.unwrap();
    let job = server.until(&id, |job| job["state"] == "completed").await;
    assert_eq!(job["attempt"], 1);
    assert_still_works(&server).await;
}

#[test]
#[ignore = "needs to mount a file system (unshare -rm)"]
fn a_read_only_folder_stops_the_start() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("lock"), "").unwrap();
    let mut command = disk::read_only(data.path());
    assert_names(&startup_error(&mut command), "JOBTRAY_DATA_DIR");
}

#[test]
fn a_folder_that_cannot_be_created_stops_the_start() {
    let data = tempfile::tempdir().unwrap();
    for (variable, value) in [
        ("JOBTRAY_DATA_DIR", "/dev/null/data"),
        ("DATABASE_URL", "sqlite:/dev/null/jobtray.db"),
    ] {
        assert_names(
            &startup_error(JOBTRAY.serve(data.path()).env(variable, value)),
            variable,
        );
    }
}

#[test]
fn a_file_that_is_not_a_database_stops_the_start_and_stays_unchanged() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("jobtray.db");
    let text = "somebody's own notes\n".repeat(100);
    std::fs::write(&file, &text).unwrap();
    assert_names(
        &startup_error(&mut JOBTRAY.serve(data.path())),
        "DATABASE_URL",
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

fn assert_names(error: &str, variable: &str) {
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains(variable), "{error}");
}

/// Submits long jobs until the store rejects one, and asserts that it has all that it accepted and nothing else.
async fn submit_until_rejected(server: &Server) {
    let input = json!({ "text": "x".repeat(100_000) });
    let job = json!({ "type": "chore", "external": true, "input": input });
    let before = count(server).await;
    for accepted in 0..100 {
        let answer = server.try_post("/jobs", &job).await;
        if answer.status() == 503 {
            assert!(answer.headers().contains_key("retry-after"));
            let kind = answer.headers()["content-type"].to_str().unwrap();
            assert_eq!(kind, "application/problem+json");
            assert_eq!(count(server).await, before + accepted, "reads go on");
            return;
        }
        assert_eq!(answer.status(), 202);
    }
    panic!("no job was rejected");
}

async fn assert_still_works(server: &Server) {
    let before = count(server).await;
    let id = server.film(1).await;
    server.until(&id, |job| job["state"] == "completed").await;
    assert_eq!(count(server).await, before + 1);
}

async fn count(server: &Server) -> usize {
    let page = server.get("/jobs?limit=200").await;
    page["jobs"].as_array().unwrap().len()
}
