//! The built program, as a process of its own.

use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any wait here takes, so that a test fails instead of hanging.
const DEADLINE: Duration = Duration::from_mins(1);

/// The program on a data directory. It is killed when this is dropped.
pub struct Server {
    pub process: Child,
    address: String,
    http: reqwest::Client,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The path of the program, which only an integration test knows: `Program(env!("CARGO_BIN_EXE_jobtray"))`.
#[derive(Debug, Clone, Copy)]
pub struct Program(pub &'static str);

impl Program {
    /// Runs a command of the program on a data directory.
    pub fn command(self, name: &str, data: &Path) -> Command {
        let mut command = Command::new(self.0);
        command.arg(name);
        configured(command, data)
    }

    pub fn serve(self, data: &Path) -> Command {
        self.command("serve", data)
    }

    pub fn start(self, data: &Path) -> Server {
        Server::run(&mut self.serve(data))
    }
}

impl Server {
    pub fn run(command: &mut Command) -> Self {
        let mut process = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("listening on ")
            .expect("the line with the address");
        Self {
            address: format!("{address}/api/v1"),
            process,
            http: reqwest::Client::new(),
        }
    }

    /// The address it listens on.
    pub fn socket(&self) -> SocketAddr {
        let host = self.address.trim_start_matches("http://");
        host.trim_end_matches("/api/v1").parse().unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        let answer = self.http.get(format!("{}{path}", self.address)).send();
        let answer = answer.await.unwrap().error_for_status().unwrap();
        answer.json().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.try_post(path, &body).await;
        answer.error_for_status().unwrap().json().await.unwrap()
    }

    /// Returns the response whatever its status.
    pub async fn try_post(&self, path: &str, body: &Value) -> reqwest::Response {
        let request = self.http.post(format!("{}{path}", self.address));
        request.json(body).send().await.unwrap()
    }

    /// Submits a small film of `seconds` one-second groups.
    pub async fn film(&self, seconds: u32) -> String {
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

    /// Waits until the job is as expected, and returns it.
    pub async fn until(&self, id: &str, expected: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let job = self.get(&format!("/jobs/{id}")).await;
            if expected(&job) {
                return job;
            }
            assert!(started.elapsed() < DEADLINE, "timed out: {job}");
            assert_ne!(job["state"], "failed", "{job}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub async fn log(&self, id: &str) -> String {
        self.get(&format!("/jobs/{id}/logs")).await.to_string()
    }

    pub fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }
}

pub fn configured(mut command: Command, data: &Path) -> Command {
    command
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("JOBTRAY_DATA_DIR", data)
        .env("JOBTRAY_CONCURRENCY", "1")
        .env("RUST_LOG", "warn")
        .env_remove("DATABASE_URL");
    command
}

/// A connection to the server's database, as another program would open it.
pub async fn database(data: &Path) -> SqliteConnection {
    let url = format!("sqlite:{}", data.join("jobtray.db").display());
    SqliteConnection::connect(&url).await.unwrap()
}

/// Polls until a condition holds.
pub async fn until(condition: impl Fn() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < DEADLINE, "timed out");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

pub fn half_done(job: &Value) -> bool {
    job["progress"].as_f64().is_some_and(|now| now > 0.3) && job["state"] == "running"
}

/// Runs the program, which must fail to start, and returns its standard error.
pub fn startup_error(command: &mut Command) -> String {
    let mut process = command
        .env("RUST_LOG", "off")
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut error = String::new();
    let mut stderr = process.stderr.take().unwrap();
    stderr.read_to_string(&mut error).unwrap();
    assert!(!process.wait().unwrap().success(), "it started");
    error
}
