//! Measures the server's memory per live socket: `cargo bench --bench sockets`.
//!
//! The server runs in this process with 100 active jobs. A child process holds the clients' ends, so that this
//! process's memory is the server's alone. Prints one line for the README.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark may fail")]

use futures::StreamExt;
use jobtray::queue::{Report, Reporter};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use testkit::server::Server;

const SOCKETS: usize = 2000;
const JOBS: usize = 100;
/// The file in which Linux reports this process's memory.
const STATUS: &str = "/proc/self/status";
/// The variable that holds the server's address, for the child.
const ADDRESS: &str = "JOBTRAY_BENCH_ADDRESS";

#[tokio::main]
async fn main() {
    match std::env::var(ADDRESS) {
        Ok(address) => hold_sockets(&address).await,
        Err(_) => measure().await,
    }
}

async fn measure() {
    let server = Server::start().await;
    let mut jobs = Vec::new();
    for number in 0..JOBS {
        jobs.push(
            server
                .external(&server.me, &format!("Job {number}"))
                .await
                .job_id,
        );
    }
    server.get("/").await;
    let before = resident_kib();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .env(ADDRESS, server.address.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || tokio::task::block_in_place(|| lines.next().unwrap().unwrap());
    assert_eq!(line(), "connected");
    let connected = resident_kib();

    let start = Instant::now();
    for id in &jobs {
        let report = Report {
            progress: Some(0.5),
            ..Default::default()
        };
        let owner = Reporter::Owner(&server.me);
        server.queue.report(owner, id, report).await.unwrap();
    }
    assert_eq!(line(), "received");
    let received = start.elapsed();
    let after = resident_kib();
    #[expect(
        clippy::cast_precision_loss,
        reason = "memory in KiB and sockets are far below 2^52"
    )]
    let each = |kib: usize| kib.saturating_sub(before) as f64 / SOCKETS as f64;
    println!(
        "{SOCKETS} sockets, {JOBS} active jobs: {:.1} KiB a socket when connected, {:.1} KiB after {JOBS} changes \
         reached all of them in {received:.0?} (resident {before} → {after} KiB)",
        each(connected),
        each(after),
    );
    drop(child.stdin.take());
    child.wait().unwrap();
}

/// Connects all sockets and reads their snapshots, then waits until each has received a progress of 0.5.
async fn hold_sockets(address: &str) {
    let url = format!("ws://{address}/api/v1/live");
    let mut sockets = Vec::new();
    for _ in 0..SOCKETS {
        let (mut socket, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
        read_until(&mut socket, r#""more":false"#).await;
        sockets.push(socket);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    print_line("connected");
    let received = sockets
        .iter_mut()
        .map(|socket| read_until(socket, r#""progress":0.5"#));
    futures::future::join_all(received).await;
    print_line("received");
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().lines().next()).await;
}

async fn read_until<S>(socket: &mut S, text: &str)
where
    S: futures::Stream<
            Item = Result<
                tokio_tungstenite::tungstenite::Message,
                tokio_tungstenite::tungstenite::Error,
            >,
        > + Unpin,
{
    while let Some(message) = socket.next().await {
        if message.unwrap().to_text().unwrap().contains(text) {
            return;
        }
    }
    panic!("the server closed the connection");
}

fn print_line(line: &str) {
    println!("{line}");
    std::io::stdout().flush().unwrap();
}

fn resident_kib() -> usize {
    let status = std::fs::read_to_string(STATUS).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
