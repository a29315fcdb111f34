//! The real program, as a process of its own.

use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything here takes, so that what never comes fails the test.
const DEADLINE: Duration = Duration::from_mins(1);

/// The real program on a data directory, killed with the test.
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

/// Where cargo put the program, which only an integration test knows: `Program(env!("CARGO_BIN_EXE_jobtray"))`.
#[derive(Debug, Clone, Copy)]
pub struct Program(pub &'static str);

impl Program {
    /// A command of the program, on a data directory.
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
        let address = line.trim().strip_prefix("listening on ").expect("the line");
        Self {
            address: format!("{address}/api/v1"),
            process,
            http: reqwest::Client::new(),
        }
    }

    /// Where it listens.
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

    /// Whatever it answers.
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

    /// The job as soon as it is as expected.
    pub async fn until(&self, id: &str, expected: impl Fn(&Value) -> bool) -> Value {
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

/// Another program's connection to the server's database.
pub async fn database(data: &Path) -> SqliteConnection {
    let url = format!("sqlite:{}", data.join("jobtray.db").display());
    SqliteConnection::connect(&url).await.unwrap()
}

/// Waits until something holds that nobody tells of.
pub async fn until(holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < DEADLINE, "it never holds");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

pub fn half_done(job: &Value) -> bool {
    job["progress"].as_f64().is_some_and(|now| now > 0.3) && job["state"] == "running"
}

/// What a start that must fail says.
pub fn refused(command: &mut Command) -> String {
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
