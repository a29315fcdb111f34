//! Bad days of the real program: it is killed, its place is taken, its disk is full or locked.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

#[path = "faults/disk.rs"]
mod disk;
#[path = "faults/server.rs"]
mod server;
#[path = "faults/storage.rs"]
mod storage;

use server::{Server, command, database, half_done, refused, until};
use sqlx::Executor;
use std::process::Command;

#[tokio::test]
async fn a_killed_render_goes_on_and_no_acknowledged_job_is_lost() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path());
    let id = server.film(20).await;
    let mut waiting = Vec::new();
    for _ in 0..10 {
        waiting.push(server.film(1).await);
    }
    server.until(&id, half_done).await;
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    drop(server);

    let server = Server::start(data.path());
    for id in &waiting {
        server.get(&format!("/jobs/{id}")).await;
    }
    let job = server.until(&id, |job| job["state"] == "completed").await;
    assert_eq!(job["attempt"], 2);
    let log = server.log(&id).await;
    assert!(log.contains("Going on after frame"), "{log}");
    drop(server);
    let verdict: String = sqlx::query_scalar("pragma integrity_check")
        .fetch_one(&mut database(data.path()).await)
        .await
        .unwrap();
    assert_eq!(verdict, "ok");
}

#[tokio::test]
async fn a_kill_between_a_file_and_its_row_leaves_no_file_behind() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path());
    let id = server.film(1).await;
    // The film is moved into place, but the row cannot say so.
    let mut database = database(data.path()).await;
    let no_ends = "create trigger no_ends before update on jobs when new.state = 'completed'
        begin select raise(abort, 'not now'); end";
    database.execute(no_ends).await.unwrap();
    let films = data.path().join("artifacts/jobs");
    let orphan = films.join(format!("{id}.1.mp4"));
    until(|| orphan.exists()).await;
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    drop(server);
    database.execute("drop trigger no_ends").await.unwrap();

    let server = Server::start(data.path());
    server.until(&id, |job| job["state"] == "completed").await;
    let names: Vec<_> = std::fs::read_dir(&films)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, [format!("{id}.2.mp4").as_str()]);
}

#[tokio::test]
async fn sigterm_hands_back_what_runs_and_ends_well() {
    let data = tempfile::tempdir().unwrap();
    let mut server = Server::start(data.path());
    let id = server.film(20).await;
    server.until(&id, half_done).await;
    server.signal("TERM");
    assert!(server.process.wait().unwrap().success());
    drop(server);

    let server = Server::start(data.path());
    let job = server.until(&id, |job| job["state"] == "completed").await;
    assert_eq!(job["attempt"], 1, "handed back, not lost");
    assert!(server.log(&id).await.contains("Going on after frame"));
}

#[tokio::test]
async fn a_second_process_on_the_same_data_hears_who_holds_it() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path());
    let problem = refused(&mut command(data.path()));
    let holder = format!("process {}", server.process.id());
    assert!(problem.contains(&holder), "{problem}");
}

#[test]
fn wrong_configuration_stops_the_start_with_one_line_that_names_it() {
    let data = tempfile::tempdir().unwrap();
    for (variable, value) in [
        ("JOBTRAY_CONCURRENCY", "many"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("JOBTRAY_DATA_DIR", "/proc/nowhere"),
        ("LEPTOS_SITE_ADDR", "0.0.0.0:0"),
    ] {
        let mut start = Command::new(env!("CARGO_BIN_EXE_jobtray"));
        start.env("JOBTRAY_DATA_DIR", data.path());
        let problem = refused(start.env(variable, value));
        assert_eq!(problem.lines().count(), 1, "{problem}");
        assert!(problem.contains(variable), "{problem}");
    }
    let problem = refused(command(data.path()).args(["--listen", "192.0.2.1:3000"]));
    assert!(problem.contains("loopback"), "{problem}");
}
