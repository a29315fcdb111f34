//! A client that starts `jobtray mcp` and writes down each message itself.

use crate::JOBTRAY;
use serde_json::{Value, json};
use std::future::Future;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::time::timeout;

/// Longer than a relay has patience, and shorter than a call may take.
const DEADLINE: Duration = Duration::from_secs(20);

pub const SESSION: &str = "2025-11-25";
pub const TODAY: &str = "2026-07-28";

/// The program, with nobody who speaks to it.
pub fn program(data: &Path) -> Command {
    JOBTRAY.command("mcp", data)
}

/// What comes within `DEADLINE`.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    timeout(DEADLINE, what).await.expect("it never comes")
}

pub struct Client {
    process: Child,
    version: &'static str,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    asked: u64,
}

impl Client {
    /// One that has said nothing yet.
    pub fn start(data: &Path, version: &'static str) -> Self {
        let mut program = tokio::process::Command::from(program(data));
        program.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = program.kill_on_drop(true).spawn().unwrap();
        Self {
            version,
            input: process.stdin.take().unwrap(),
            output: BufReader::new(process.stdout.take().unwrap()).lines(),
            process,
            asked: 0,
        }
    }

    /// One that has greeted, in the way of its version.
    pub async fn greeted(data: &Path, version: &'static str) -> Self {
        let mut client = Self::start(data, version);
        client.greet().await;
        client
    }

    pub async fn greet(&mut self) {
        if self.version == TODAY {
            let found = self.request("server/discover", json!({})).await;
            assert!(found["result"].is_object(), "{found}");
            return;
        }
        let begun = self.initialize().await;
        assert!(begun["result"].is_object(), "{begun}");
        self.notify("notifications/initialized", json!({})).await;
    }

    pub async fn initialize(&mut self) -> Value {
        let name = json!({ "name": "test", "version": "1" });
        let hello =
            json!({ "protocolVersion": self.version, "capabilities": {}, "clientInfo": name });
        self.request("initialize", hello).await
    }

    /// Asks, and does not wait.
    pub async fn ask(&mut self, method: &str, mut params: Value) -> u64 {
        if self.version == TODAY {
            let client = json!({ "name": "test", "version": "1" });
            params["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!(TODAY);
            params["_meta"]["io.modelcontextprotocol/clientInfo"] = client;
            params["_meta"]["io.modelcontextprotocol/clientCapabilities"] = json!({});
        }
        self.asked += 1;
        let id = self.asked;
        self.say(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
            .await;
        id
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.say(json!({ "jsonrpc": "2.0", "method": method, "params": params }))
            .await;
    }

    async fn say(&mut self, message: Value) {
        let line = format!("{message}\n");
        self.input.write_all(line.as_bytes()).await.unwrap();
    }

    /// The next message that is as expected; those before it are left out.
    pub async fn next(&mut self, expected: impl Fn(&Value) -> bool) -> Value {
        let next = async {
            loop {
                let line = self.output.next_line().await.unwrap();
                let message = serde_json::from_str(&line.expect("the relay ended")).unwrap();
                if expected(&message) {
                    return message;
                }
            }
        };
        soon(next).await
    }

    pub async fn answer(&mut self, id: u64) -> Value {
        self.next(|message| message["id"] == id).await
    }

    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    pub async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        self.request("tools/call", params).await
    }

    /// A call that waits for a job that does not end, once the server is known to be at it.
    pub async fn wait(&mut self, job: &str) -> u64 {
        let arguments = json!({ "job_id": job, "timeout_seconds": 30 });
        let id = self
            .ask(
                "tools/call",
                json!({ "name": "wait_for_job", "arguments": arguments, "_meta": { "progressToken": "wait" } }),
            )
            .await;
        self.next(|message| message["method"] == "notifications/progress")
            .await;
        id
    }

    /// Says no more; what it ends with.
    pub async fn leave(self) -> ExitStatus {
        let Self {
            mut process, input, ..
        } = self;
        drop(input);
        soon(process.wait()).await.unwrap()
    }

    /// What it ends with when nobody tells it to.
    pub async fn ended(&mut self) -> ExitStatus {
        soon(self.process.wait()).await.unwrap()
    }
}
