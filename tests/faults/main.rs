//! The built program under faults: it is killed, its data directory is in use, its disk is full, its database locked.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

mod disk;
mod storage;

use serde_json::json;
use sqlx::Executor;
use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use testkit::program::{Program, Server, database, half_done, startup_error, until};

const JOBTRAY: Program = Program(env!("CARGO_BIN_EXE_jobtray"));

#[tokio::test]
async fn a_killed_render_resumes_and_no_acknowledged_job_is_lost() {
    let data = tempfile::tempdir().unwrap();
    let mut server = JOBTRAY.start(data.path());
    let id = server.film(20).await;
    let mut queued = Vec::new();
    for _ in 0..10 {
        queued.push(server.film(1).await);
    }
    server.until(&id, half_done).await;
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    drop(server);

    let server = JOBTRAY.start(data.path());
    for id in &queued {
        server.get(&format!("/jobs/{id}")).await;
    }
    let job = server.until(&id, |job| job["state"] == "completed").await;
    assert_eq!(job["attempt"], 2);
    let log = server.log(&id).await;
    assert!(log.contains("Resuming after frame"), "{log}");
    drop(server);
    let integrity: String = sqlx::query_scalar("pragma integrity_check")
        .fetch_one(&mut database(data.path()).await)
        .await
        .unwrap();
    assert_eq!(integrity, "ok");
}

#[tokio::test]
async fn a_kill_before_the_result_is_recorded_leaves_no_orphan_file() {
    let data = tempfile::tempdir().unwrap();
    let mut server = JOBTRAY.start(data.path());
    let id = server.film(1).await;
    // The film is moved into place, but the result cannot be recorded.
    let mut database = database(data.path()).await;
    let block_completion =
        "create trigger block_completion before update on jobs when new.state = 'completed'
        begin select raise(abort, 'not now'); end";
    database.execute(block_completion).await.unwrap();
    let films = data.path().join("artifacts/jobs");
    let orphan = films.join(format!("{id}.1.mp4"));
    until(|| orphan.exists()).await;
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    drop(server);
    database
        .execute("drop trigger block_completion")
        .await
        .unwrap();

    let server = JOBTRAY.start(data.path());
    server.until(&id, |job| job["state"] == "completed").await;
    let names = || -> BTreeSet<_> {
        let entries = std::fs::read_dir(&films).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    };
    let expected = [format!("{id}.2.mp4"), format!("{id}.mp4")].map(Into::into);
    until(|| names() == expected.clone().into()).await;
}

#[tokio::test]
async fn sigterm_hands_running_jobs_back_and_the_exit_status_is_0() {
    let data = tempfile::tempdir().unwrap();
    let mut server = JOBTRAY.start(data.path());
    let id = server.film(20).await;
    server.until(&id, half_done).await;
    server.signal("TERM");
    assert!(server.process.wait().unwrap().success());
    drop(server);

    let server = JOBTRAY.start(data.path());
    let job = server.until(&id, |job| job["state"] == "completed").await;
    assert_eq!(job["attempt"], 1, "handed back, not lost");
    assert!(server.log(&id).await.contains("Resuming after frame"));
}

#[tokio::test]
async fn a_killed_servers_scripts_end_with_it_and_run_again_on_the_next_server() {
    let data = tempfile::tempdir().unwrap();
    let scripts = tempfile::tempdir().unwrap();
    let script = scripts.path().join("long.sh");
    // Starts a hidden process that ignores SIGTERM. Both write their process ids.
    let text = "#!/usr/bin/env bash
        trap '' TERM HUP
        (setsid bash -c 'trap \"\" TERM HUP; echo $$ >> \"$1\"; while [ -e \"$1\" ]; do sleep 1; done' x \"$1\" &) &
        echo $$ >> \"$1\"
        while [ -e \"$1\" ] && [ ! -e \"$1.end\" ]; do sleep 0.01; done";
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    let signal_file = data.path().join("signal");
    let process_ids = || -> Vec<String> {
        let ids = std::fs::read_to_string(&signal_file).unwrap_or_default();
        ids.lines().map(str::to_owned).collect()
    };
    let start = || {
        let mut server = JOBTRAY.serve(data.path());
        Server::run(server.env("JOBTRAY_SCRIPTS_DIR", scripts.path()))
    };

    let mut server = start();
    let input = json!({ "script": "long.sh", "args": [signal_file] });
    let job = server
        .post("/jobs", json!({ "type": "script", "input": input }))
        .await;
    let id = job["jobId"].as_str().unwrap();
    until(|| process_ids().len() == 2).await;
    server.process.kill().unwrap();
    server.process.wait().unwrap();
    drop(server);
    let is_alive = |process: &String| {
        let status = std::fs::read_to_string(format!("/proc/{process}/stat"));
        status.is_ok_and(|status| !status.contains(") Z "))
    };
    let left = process_ids();
    until(|| !left.iter().any(is_alive)).await;

    let server = start();
    until(|| process_ids().len() == 4).await;
    std::fs::write(data.path().join("signal.end"), "").unwrap();
    let job = server.until(id, |job| job["state"] == "completed").await;
    assert_eq!(job["attempt"], 2);
    let log = server.log(id).await;
    assert!(log.contains("starts again from its beginning"), "{log}");
}

#[tokio::test]
async fn the_environment_sets_the_limits_of_scripts() {
    let data = tempfile::tempdir().unwrap();
    let scripts = tempfile::tempdir().unwrap();
    let script = scripts.path().join("much.sh");
    std::fs::write(&script, "#!/bin/sh\nhead -c 1100000 /dev/zero\n").unwrap();
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o755)).unwrap();
    for (mebibytes, state) in [("1", "failed"), ("2", "completed")] {
        let mut start = JOBTRAY.serve(data.path());
        start.env("JOBTRAY_SCRIPTS_DIR", scripts.path());
        let server = Server::run(start.env("JOBTRAY_SCRIPT_OUTPUT_MIB", mebibytes));
        let new = json!({ "type": "script", "input": { "script": "much.sh" } });
        let id = server.post("/jobs", new).await["jobId"].clone();
        let is_finished = |job: &serde_json::Value| !job["finishedAt"].is_null();
        let job = server.until(id.as_str().unwrap(), is_finished).await;
        assert_eq!(job["state"], state, "{job}");
    }
}

#[tokio::test]
async fn scripts_are_off_without_a_scripts_folder() {
    let data = tempfile::tempdir().unwrap();
    let scripts = tempfile::tempdir().unwrap();
    for (folder, available) in [(None, false), (Some(scripts.path()), true)] {
        let mut start = JOBTRAY.serve(data.path());
        start.env_remove("JOBTRAY_SCRIPTS_DIR");
        let server = Server::run(start.envs(folder.map(|path| ("JOBTRAY_SCRIPTS_DIR", path))));
        let types = server.get("/types").await;
        let types = types["types"].as_array().unwrap();
        let script = types.iter().find(|kind| kind["type"] == "script").unwrap();
        assert_eq!(script["available"], available);
        let reason = script["unavailableReason"].as_str().unwrap_or_default();
        assert_eq!(
            reason.contains("JOBTRAY_SCRIPTS_DIR"),
            !available,
            "{reason}"
        );
        let new = json!({ "type": "script", "input": { "script": "backup.sh" } });
        let answer = server.try_post("/jobs", &new).await;
        assert_eq!(answer.status(), 422);
        let body = answer.text().await.unwrap();
        let field = if available { "input.script" } else { "type" };
        assert!(body.contains(&format!("\"{field}\"")), "{body}");
    }
}

#[tokio::test]
async fn a_second_process_on_the_same_data_directory_names_its_holder() {
    let data = tempfile::tempdir().unwrap();
    let server = JOBTRAY.start(data.path());
    let error = startup_error(&mut JOBTRAY.serve(data.path()));
    let holder = format!("process {}", server.process.id());
    assert!(error.contains(&holder), "{error}");
}

#[test]
fn invalid_configuration_stops_the_start_with_one_line_that_names_the_variable() {
    let data = tempfile::tempdir().unwrap();
    for (variable, value) in [
        ("JOBTRAY_CONCURRENCY", "many"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("JOBTRAY_DATA_DIR", "/proc/nowhere"),
        ("LEPTOS_SITE_ADDR", "0.0.0.0:0"),
        ("JOBTRAY_SCRIPTS_DIR", "/proc/nowhere"),
        ("JOBTRAY_SCRIPTS_DIR", JOBTRAY.0),
        ("JOBTRAY_SCRIPT_SECONDS", "0"),
        ("JOBTRAY_SCRIPT_CPU_SECONDS", "soon"),
        ("JOBTRAY_SCRIPT_MEMORY_MIB", "-1"),
        ("JOBTRAY_SCRIPT_OUTPUT_MIB", "1025"),
    ] {
        let mut start = Command::new(JOBTRAY.0);
        start.env("JOBTRAY_DATA_DIR", data.path());
        let error = startup_error(start.env(variable, value));
        assert_eq!(error.lines().count(), 1, "{error}");
        assert!(error.contains(variable), "{error}");
    }
    let error = startup_error(
        JOBTRAY
            .serve(data.path())
            .args(["--listen", "192.0.2.1:3000"]),
    );
    assert!(error.contains("loopback"), "{error}");
}
