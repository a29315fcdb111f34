//! A client of the live socket that keeps what it was told, and is strict about it.

use futures::StreamExt;
use jobtray::job::{Job, JobId};
use jobtray::live::{Cursor, Message};
use std::collections::HashMap;
use std::time::Duration;
use testkit::server::Server;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

/// Longer than anything here may take.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Watch {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub epoch: String,
    pub cursor: Cursor,
    pub jobs: HashMap<JobId, Job>,
    /// Messages of each type so far, the bytes of all and of the longest.
    pub snapshots: u32,
    pub changes: u32,
    pub bytes: usize,
    pub longest: usize,
    /// Parts of a snapshot that is not whole yet.
    parts: HashMap<JobId, Job>,
    inside: bool,
}

impl Watch {
    pub async fn connect(server: &Server, query: &str) -> Self {
        Self::over(open(server, query).await)
    }

    /// One whose machine buffers little, so that not reading is felt soon.
    pub async fn connect_with_small_window(server: &Server) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        let stream = socket.connect(server.address).await.unwrap();
        let url = format!("ws://{}/api/v1/live", server.address);
        let stream = MaybeTlsStream::Plain(stream);
        Self::over(client_async(url, stream).await.unwrap().0)
    }

    fn over(socket: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Self {
        Self {
            socket,
            epoch: String::new(),
            cursor: 0,
            jobs: HashMap::new(),
            snapshots: 0,
            changes: 0,
            bytes: 0,
            longest: 0,
            parts: HashMap::new(),
            inside: false,
        }
    }

    /// Where it stands, as a query.
    pub fn place(&self) -> String {
        format!("epoch={}&cursor={}", self.epoch, self.cursor)
    }

    /// Hangs up and comes back with what it has.
    pub async fn resume(&mut self, server: &Server) {
        let place = if self.epoch.is_empty() {
            String::new()
        } else {
            self.place()
        };
        self.socket = open(server, &place).await;
        self.inside = false;
        self.parts.clear();
    }

    /// The next message, taken into account.
    pub async fn next(&mut self) -> Message {
        self.next_or_end().await.expect("a message")
    }

    /// The next message, or none when the server let go.
    pub async fn next_or_end(&mut self) -> Option<Message> {
        let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await;
        let frame = frame.expect("a message in time");
        let Some(Ok(Frame::Text(text))) = frame else {
            return None;
        };
        self.bytes += text.len();
        self.longest = self.longest.max(text.len());
        let message: Message = serde_json::from_str(&text).unwrap();
        self.take(message.clone());
        Some(message)
    }

    /// Reads until something holds.
    pub async fn until(&mut self, _: &Server, holds: impl Fn(&Self) -> bool) {
        while self.inside || !holds(self) {
            self.next().await;
        }
    }

    fn take(&mut self, message: Message) {
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
                self.inside = more;
                if !more {
                    for (id, job) in &self.parts {
                        let had = self.jobs.get(id);
                        assert!(had.is_none_or(|had| had.version <= job.version), "{id}");
                    }
                    assert!(epoch != self.epoch || cursor >= self.cursor);
                    self.jobs = std::mem::take(&mut self.parts);
                    self.epoch = epoch;
                    self.cursor = cursor;
                }
            }
            Message::Changes { cursor, jobs, .. } => {
                self.changes += 1;
                assert!(!self.inside, "changes inside a snapshot");
                assert!(cursor > self.cursor, "{cursor} after {}", self.cursor);
                self.cursor = cursor;
                for job in jobs {
                    let had = self.jobs.insert(job.job_id.clone(), job.clone());
                    assert!(
                        had.is_none_or(|had| had.version < job.version),
                        "told twice: {} {}",
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
