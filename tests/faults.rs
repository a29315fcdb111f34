//! Bad days of the real program: it is killed while it works, and its place is taken.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail"
)]

use serde_json::{Value, json};
use sqlx::{Connection, Executor, SqliteConnection};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything here takes, so that what never comes fails the test.
const DEADLINE: Duration = Duration::from_mins(1);

/// The real program on a data directory, killed with the test.
struct Server {
    process: Child,
    address: String,
    http: reqwest::Client,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut process = command(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.trim().strip_prefix("listening on ").expect("the line");
        Self {
            address: format!("{address}/api/v1"),
            process,
            http: reqwest::Client::new(),
        }
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.address)).send();
        let answer = answer.await.unwrap().error_for_status().unwrap();
        answer.json().await.unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.address));
        let answer = request.json(&body).send().await.unwrap();
        answer.error_for_status().unwrap().json().await.unwrap()
    }

    /// Submits a small film of `seconds` one-second groups.
    async fn film(&self, seconds: u32) -> String {
        let scenes = self.get("/scenes").await;
        let input = json!({
            "sceneId": scenes["items"][0]["id"],
            "seconds": seconds, "fps": 8, "width": 160, "height": 90, "seed": 1,
        });
        let job = self
            .post("/jobs", json!({ "type": "scene", "input": input }))
            .await;
        job["jobId"].as_str().unwrap().to_owned()
    }

    /// The job as soon as it is as expected.
    async fn until(&self, id: &str, expected: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let job = self.get(&format!("/jobs/{id}")).await;
            if expected(&job) {
                return job;
            }
            assert!(started.elapsed() < DEADLINE, "never came: {job}");
            assert_ne!(job["state"], "failed", "{job}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn log(&self, id: &str) -> String {
        self.get(&format!("/jobs/{id}/logs")).await.to_string()
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }
}

fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jobtray"));
    command
        .arg("serve")
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("JOBTRAY_DATA_DIR", data)
        .env("JOBTRAY_CONCURRENCY", "1")
        .env("RUST_LOG", "warn")
        .env_remove("DATABASE_URL");
    command
}

/// Another program's connection to the server's database.
async fn database(data: &Path) -> SqliteConnection {
    let url = format!("sqlite:{}", data.join("jobtray.db").display());
    SqliteConnection::connect(&url).await.unwrap()
}

/// Waits until something holds that nobody tells of.
async fn until(holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < DEADLINE, "it never holds");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn half_done(job: &Value) -> bool {
    job["progress"].as_f64().is_some_and(|now| now > 0.3) && job["state"] == "running"
}

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

/// What a start that must fail says.
fn refused(command: &mut Command) -> String {
    let mut process = command
        .env("RUST_LOG", "off")
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut errors = process.stderr.take().unwrap();
    errors.read_to_string(&mut said).unwrap();
    assert!(!process.wait().unwrap().success(), "it started");
    said
}
