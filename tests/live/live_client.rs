//! A client of the live socket. It keeps the jobs that it receives, and checks that every message is valid.

use futures::StreamExt;
use jobtray::job::{Job, JobId, Timestamp};
use jobtray::live::{Cursor, Message};
use std::collections::HashMap;
use std::time::Duration;
use testkit::server::Server;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

/// Longer than any wait here takes, so that a test fails instead of hanging.
const DEADLINE: Duration = Duration::from_secs(10);

pub struct LiveClient {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub epoch: String,
    pub cursor: Cursor,
    pub jobs: HashMap<JobId, Job>,
    /// The number of snapshot messages.
    pub snapshots: u32,
    /// The server's time of each message with changes.
    pub changes: Vec<Timestamp>,
    /// The bytes of all messages, and of the longest one.
    pub bytes: usize,
    pub longest: usize,
    /// The jobs of a snapshot whose last part has not arrived.
    parts: HashMap<JobId, Job>,
    in_snapshot: bool,
}

impl LiveClient {
    pub async fn connect(server: &Server, query: &str) -> Self {
        Self::new(open(server, query).await)
    }

    /// Connects with a small receive buffer, so that the server soon notices when this client does not read.
    pub async fn connect_with_small_window(server: &Server) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = socket.connect(server.address).await.unwrap();
        let url = format!("ws://{}/api/v1/live", server.address);
        let stream = MaybeTlsStream::Plain(stream);
        Self::new(client_async(url, stream).await.unwrap().0)
    }

    fn new(socket: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Self {
        Self {
            socket,
            epoch: String::new(),
            cursor: 0,
            jobs: HashMap::new(),
            snapshots: 0,
            changes: Vec::new(),
            bytes: 0,
            longest: 0,
            parts: HashMap::new(),
            in_snapshot: false,
        }
    }

    /// The query that resumes from the current cursor.
    pub fn query(&self) -> String {
        format!("epoch={}&cursor={}", self.epoch, self.cursor)
    }

    /// Disconnects and connects again with the current cursor.
    pub async fn resume(&mut self, server: &Server) {
        let query = if self.epoch.is_empty() {
            String::new()
        } else {
            self.query()
        };
        self.socket = open(server, &query).await;
        self.in_snapshot = false;
        self.parts.clear();
    }

    /// Reads the next message and applies it.
    pub async fn next(&mut self) -> Message {
        self.next_or_end().await.expect("a message")
    }

    /// Reads and applies the next message, or returns none if the server has disconnected.
    pub async fn next_or_end(&mut self) -> Option<Message> {
        let frame = tokio::time::timeout(DEADLINE, self.socket.next()).await;
        let frame = frame.expect("a message in time");
        let Some(Ok(Frame::Text(text))) = frame else {
            return None;
        };
        self.bytes += text.len();
        self.longest = self.longest.max(text.len());
        let message: Message = serde_json::from_str(&text).unwrap();
        self.apply(message.clone());
        Some(message)
    }

    /// Reads until a condition holds, outside a snapshot.
    pub async fn until(&mut self, condition: impl Fn(&Self) -> bool) {
        while self.in_snapshot || !condition(self) {
            self.next().await;
        }
    }

    fn apply(&mut self, message: Message) {
        match message {
            Message::Snapshot {
                epoch,
                cursor,
                jobs,
                more,
                ..
            } => {
                self.snapshots += 1;
                let parts = jobs.into_iter().map(|job| (job.job_id.clone(), job));
                self.parts.extend(parts);
                self.in_snapshot = more;
                if !more {
                    for (id, job) in &self.parts {
                        let known = self.jobs.get(id);
                        assert!(
                            known.is_none_or(|known| known.version <= job.version),
                            "{id}"
                        );
                    }
                    assert!(epoch != self.epoch || cursor >= self.cursor);
                    self.jobs = std::mem::take(&mut self.parts);
                    self.epoch = epoch;
                    self.cursor = cursor;
                }
            }
            Message::Changes {
                cursor,
                jobs,
                server_time,
            } => {
                self.changes.push(server_time);
                assert!(!self.in_snapshot, "changes inside a snapshot");
                assert!(cursor > self.cursor, "{cursor} after {}", self.cursor);
                self.cursor = cursor;
                for job in jobs {
                    let known = self.jobs.insert(job.job_id.clone(), job.clone());
                    assert!(
                        known.is_none_or(|known| known.version < job.version),
                        "sent twice: {} {}",
                        job.job_id,
                        job.version
                    );
                }
            }
            Message::Alive { cursor, .. } => {
                assert!(cursor >= self.cursor);
                self.cursor = cursor;
            }
            Message::Seen { .. } | Message::Settings { .. } => {}
        }
    }
}

async fn open(server: &Server, query: &str) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let url = format!("ws://{}/api/v1/live?{query}", server.address);
    connect_async(url).await.unwrap().0
}
