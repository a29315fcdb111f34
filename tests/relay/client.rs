//! A client that starts `jobtray mcp` and exchanges raw messages with it.

use crate::JOBTRAY;
use serde_json::{Value, json};
use std::future::Future;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::time::timeout;

/// Longer than a relay looks for a new server, and shorter than a request may take.
const DEADLINE: Duration = Duration::from_secs(20);

pub const SESSION: &str = "2025-11-25";
pub const STATELESS: &str = "2026-07-28";

/// `jobtray mcp` on a data directory.
pub fn program(data: &Path) -> Command {
    JOBTRAY.command("mcp", data)
}

/// Waits for at most `DEADLINE`.
pub async fn in_time<T>(future: impl Future<Output = T>) -> T {
    timeout(DEADLINE, future).await.expect("timed out")
}

pub struct Client {
    process: Child,
    version: &'static str,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    requests: u64,
}

impl Client {
    /// Starts a client that has sent nothing yet.
    pub fn start(data: &Path, version: &'static str) -> Self {
        let mut program = tokio::process::Command::from(program(data));
        program.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = program.kill_on_drop(true).spawn().unwrap();
        Self {
            version,
            input: process.stdin.take().unwrap(),
            output: BufReader::new(process.stdout.take().unwrap()).lines(),
            process,
            requests: 0,
        }
    }

    /// Starts a client and performs the handshake of its version.
    pub async fn connect(data: &Path, version: &'static str) -> Self {
        let mut client = Self::start(data, version);
        client.handshake().await;
        client
    }

    pub async fn handshake(&mut self) {
        if self.version == STATELESS {
            let discovered = self.request("server/discover", json!({})).await;
            assert!(discovered["result"].is_object(), "{discovered}");
            return;
        }
        let initialized = self.initialize().await;
        assert!(initialized["result"].is_object(), "{initialized}");
        self.notify("notifications/initialized", json!({})).await;
    }

    pub async fn initialize(&mut self) -> Value {
        let name = json!({ "name": "test", "version": "1" });
        let params =
            json!({ "protocolVersion": self.version, "capabilities": {}, "clientInfo": name });
        self.request("initialize", params).await
    }

    /// Sends a request and returns its id, without waiting for the answer.
    pub async fn send_request(&mut self, method: &str, mut params: Value) -> u64 {
        if self.version == STATELESS {
            let client = json!({ "name": "test", "version": "1" });
            params["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!(STATELESS);
            params["_meta"]["io.modelcontextprotocol/clientInfo"] = client;
            params["_meta"]["io.modelcontextprotocol/clientCapabilities"] = json!({});
        }
        self.requests += 1;
        let id = self.requests;
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))
            .await;
        id
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }))
            .await;
    }

    async fn send(&mut self, message: Value) {
        let line = format!("{message}\n");
        self.input.write_all(line.as_bytes()).await.unwrap();
    }

    /// Reads messages until one is as expected.
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
        in_time(next).await
    }

    pub async fn answer(&mut self, id: u64) -> Value {
        self.next(|message| message["id"] == id).await
    }

    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.send_request(method, params).await;
        self.answer(id).await
    }

    pub async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let params = json!({ "name": tool, "arguments": arguments });
        self.request("tools/call", params).await
    }

    /// Starts a call that waits for a job, and returns once the server is working on it.
    pub async fn start_wait(&mut self, job: &str) -> u64 {
        let arguments = json!({ "job_id": job, "timeout_seconds": 30 });
        let id = self
            .send_request(
                "tools/call",
                json!({ "name": "wait_for_job", "arguments": arguments, "_meta": { "progressToken": "wait" } }),
            )
            .await;
        self.next(|message| message["method"] == "notifications/progress")
            .await;
        id
    }

    /// Closes the relay's standard input, and waits for its exit status.
    pub async fn disconnect(self) -> ExitStatus {
        let Self {
            mut process, input, ..
        } = self;
        drop(input);
        in_time(process.wait()).await.unwrap()
    }

    /// Waits for the exit status of a relay that ends by itself.
    pub async fn exit_status(&mut self) -> ExitStatus {
        in_time(self.process.wait()).await.unwrap()
    }
}
