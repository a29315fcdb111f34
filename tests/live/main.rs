//! The live socket and the event stream, over real connections.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

mod live_client;

use jobtray::job::{Job, JobId, JobState, Scope, Timestamp};
use jobtray::live::Message;
use jobtray::queue::{KindRegistry, Queue, Report, Reporter};
use jobtray::web::Pace;
use live_client::LiveClient;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use testkit::server::{Server, external, stranger};
use tokio_tungstenite::tungstenite;
use tokio_util::sync::CancellationToken;
use tungstenite::client::IntoClientRequest;

#[tokio::test]
async fn a_new_client_gets_a_snapshot_and_then_each_change() {
    let server = Server::start().await;
    let job = server.submit_film().await;
    let mut client = LiveClient::connect(&server, "").await;
    client.until(|client| client.jobs.len() == 1).await;
    assert_eq!((client.snapshots, client.changes.len()), (1, 0));
    let path = format!("/api/v1/jobs/{}/cancel", job["jobId"].as_str().unwrap());
    server.post(&path).await;
    client
        .until(|client| {
            client
                .jobs
                .values()
                .all(|job| job.state == JobState::Cancelled)
        })
        .await;
    assert_eq!((client.snapshots, client.changes.len()), (1, 1));
}

#[tokio::test]
async fn a_resumed_client_gets_what_it_missed_and_nothing_else() {
    let server = Server::start().await;
    let first = server.external(&server.me, "First").await;
    let mut client = LiveClient::connect(&server, "").await;
    client.until(|client| client.jobs.len() == 1).await;
    let (query, epoch) = (client.query(), client.epoch.clone());
    drop(client);
    let second = server.external(&server.me, "Second").await;

    let mut client = LiveClient::connect(&server, &query).await;
    client.epoch = epoch;
    client.until(|client| !client.jobs.is_empty()).await;
    assert_eq!((client.snapshots, client.changes.len()), (0, 1));
    assert!(client.jobs.contains_key(&second.job_id));
    assert!(!client.jobs.contains_key(&first.job_id));
    let query = client.query();
    drop(client);

    let mut idle = LiveClient::connect(&server, &query).await;
    assert!(
        matches!(idle.next().await, Message::Alive { .. }),
        "nothing was missed"
    );
}

#[tokio::test]
async fn an_invalid_cursor_gets_a_snapshot() {
    let server = Server::start().await;
    server.external(&server.me, "One").await;
    let mut client = LiveClient::connect(&server, "").await;
    client.until(|client| client.jobs.len() == 1).await;
    let epoch = client.epoch.clone();
    for query in [
        format!("epoch={epoch}"),
        "cursor=1".to_owned(),
        "epoch=other&cursor=1".to_owned(),
        format!("epoch={epoch}&cursor=999"),
        format!("{}&scope=studio", client.query()),
    ] {
        let mut other = LiveClient::connect(&server, &query).await;
        assert!(
            matches!(other.next().await, Message::Snapshot { .. }),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_large_snapshot_is_sent_in_parts() {
    let server = Server::start().await;
    for number in 0..150 {
        let name = format!("{number} {}", "long name ".repeat(18));
        server.external(&server.me, &name).await;
    }
    let mut client = LiveClient::connect(&server, "").await;
    client.until(|client| client.jobs.len() == 150).await;
    assert!(client.snapshots > 1);
    assert!(client.longest <= 64 << 10, "{}", client.longest);
}

#[tokio::test]
async fn a_client_gets_no_job_of_another_studio() {
    let server = Server::start().await;
    let mut client = LiveClient::connect(&server, "scope=studio").await;
    client.next().await;
    server.external(&stranger(), "Secret").await;
    let ours = server.external(&server.me, "Ours").await;
    client.until(|client| !client.jobs.is_empty()).await;
    assert_eq!(client.jobs.keys().collect::<Vec<_>>(), [&ours.job_id]);
}

#[tokio::test]
async fn a_job_seen_in_one_tab_is_seen_in_the_others() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Seen").await;
    let done = Report {
        state: Some(JobState::Completed),
        ..Default::default()
    };
    let owner = Reporter::Owner(&server.me);
    server.queue.report(owner, &job.job_id, done).await.unwrap();
    let mut client = LiveClient::connect(&server, "").await;
    client.next().await;
    let seen = json!({ "jobIds": [job.job_id] });
    server.send("PUT", "/api/v1/jobs/seen", seen).await;
    loop {
        if let Message::Seen { job_ids } = client.next().await {
            assert_eq!(job_ids, [job.job_id]);
            return;
        }
    }
}

/// A server with a job, and a client that has its first snapshot.
async fn following(name: &str) -> (Server, Job, LiveClient) {
    let server = Server::start().await;
    let job = server.external(&server.me, name).await;
    let mut client = LiveClient::connect(&server, "").await;
    client.next().await;
    (server, job, client)
}

/// The time between two messages that only carry progress.
const MESSAGE_INTERVAL_MILLIS: i64 = 100;

#[tokio::test]
async fn progress_is_merged_into_one_message_per_interval() {
    let (server, job, mut client) = following("Fast").await;
    for step in 1..=500 {
        report_progress(&server, &job, f64::from(step) / 1000.0).await;
    }
    client
        .until(|client| client.jobs[&job.job_id].progress == Some(0.5))
        .await;
    // Only the first report changes the state, so each later message waits for the interval. A busy machine can
    // make the gaps longer. It can shorten their sum only by what it delays the first message, hence one interval less.
    let times = &client.changes;
    let span = times[times.len() - 1].0 - times[0].0;
    let gaps = i64::try_from(times.len()).unwrap() - 1;
    assert!(span >= (gaps - 1) * MESSAGE_INTERVAL_MILLIS, "{times:?}");
}

#[tokio::test]
async fn a_change_of_state_does_not_wait_for_the_interval() {
    let (server, job, mut client) = following("Fast").await;
    let has_state = |state: JobState| {
        let id = &job.job_id;
        move |client: &LiveClient| client.jobs[id].state == state
    };
    // A busy machine may delay any one message. A message that waits for the interval is never early.
    for step in 1..=20 {
        // The first report changes the state, from queued to running. The second one changes only the progress.
        for progress in [f64::from(step) / 100.0, f64::from(step) / 100.0 + 0.005] {
            report_progress(&server, &job, progress).await;
            client
                .until(|client| client.jobs[&job.job_id].progress == Some(progress))
                .await;
        }
        let before = client.changes[client.changes.len() - 1].0;
        server.queue.pause(&server.me, &job.job_id).await.unwrap();
        client.until(has_state(JobState::Paused)).await;
        let after = client.changes[client.changes.len() - 1].0;
        if after - before < MESSAGE_INTERVAL_MILLIS / 2 {
            return;
        }
        server.queue.resume(&server.me, &job.job_id).await.unwrap();
        client.until(has_state(JobState::Queued)).await;
    }
    panic!("every change of state waited: {:?}", client.changes);
}

async fn report_progress(server: &Server, job: &Job, progress: f64) {
    let report = Report {
        progress: Some(progress),
        ..Report::default()
    };
    let owner = Reporter::Owner(&server.me);
    server
        .queue
        .report(owner, &job.job_id, report)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_cursors_resumed_at_random_moments_agree_with_the_rows() {
    for seed in 0..2 {
        agree_with_the_rows(Server::start().await, seed).await;
        agree_with_the_rows(Server::start_on_file().await, seed + 100).await;
    }
}

async fn agree_with_the_rows(server: Server, seed: u64) {
    let server = Arc::new(server);
    let jobs = Arc::default();
    let writers = (0..3).map(|n| write_at_random(Arc::clone(&server), Arc::clone(&jobs), seed + n));
    let writers: Vec<_> = writers.map(tokio::spawn).collect();
    let stopped = CancellationToken::new();
    let clients = (0..5).map(|n| follow_at_random(Arc::clone(&server), stopped.clone(), seed + n));
    let clients: Vec<_> = clients.map(tokio::spawn).collect();
    for writer in writers {
        writer.await.unwrap();
    }
    stopped.cancel();
    let rows = server.get("/api/v1/jobs?limit=200").await.json();
    let rows: HashMap<JobId, Job> = serde_json::from_value::<Vec<Job>>(rows["jobs"].clone())
        .unwrap()
        .into_iter()
        .map(|job| (job.job_id.clone(), job))
        .collect();
    let latest = server.queue.snapshot(&server.me, Scope::Mine).await;
    let latest = latest.unwrap().cursor;
    for client in clients {
        let mut client = client.await.unwrap();
        client.resume(&server).await;
        client.until(|client| client.cursor >= latest).await;
        assert_eq!(
            (client.cursor, &client.jobs),
            (latest, &rows),
            "seed {seed}"
        );
    }
}

/// Submits jobs, and changes jobs that any writer submitted.
async fn write_at_random(server: Arc<Server>, jobs: Arc<Mutex<Vec<JobId>>>, seed: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    for step in 0..120 {
        let known = jobs.lock().unwrap().len();
        if known < 5 || (known < 60 && random.random_bool(0.1)) {
            let job = server.external(&server.me, &format!("Job {step}")).await;
            jobs.lock().unwrap().push(job.job_id);
        }
        let id = {
            let jobs = jobs.lock().unwrap();
            jobs[random.random_range(0..jobs.len())].clone()
        };
        let (queue, me) = (&server.queue, &server.me);
        // A command that the state forbids is rejected, which is fine here.
        let _ = match random.random_range(0..10) {
            0 => queue.pause(me, &id).await,
            1 => queue.resume(me, &id).await,
            2 if random.random_bool(0.2) => queue.cancel(me, &id).await,
            3 => queue.retry(me, &id).await,
            _ => {
                let report = Report {
                    progress: Some(random.random_range(0.0..1.0)),
                    ..Default::default()
                };
                queue.report(Reporter::Owner(me), &id, report).await
            }
        };
        if random.random_bool(0.3) {
            tokio::task::yield_now().await;
        }
    }
}

/// Follows the changes, and disconnects and resumes at random moments.
async fn follow_at_random(
    server: Arc<Server>,
    stopped: CancellationToken,
    seed: u64,
) -> LiveClient {
    let mut random = StdRng::seed_from_u64(1000 + seed);
    let mut client = LiveClient::connect(&server, "").await;
    while !stopped.is_cancelled() {
        for _ in 0..random.random_range(0..4) {
            let wait = Duration::from_millis(random.random_range(1..60));
            let _ = tokio::time::timeout(wait, client.next()).await;
        }
        client.resume(&server).await;
    }
    client
}

#[tokio::test]
async fn a_slow_reader_delays_nobody_and_little_is_buffered_for_it() {
    let server = Server::start().await;
    let mut slow = LiveClient::connect_with_small_window(&server).await;
    let mut quick = LiveClient::connect(&server, "").await;
    let jobs = fifty_jobs(&server).await;
    for round in 1..=80 {
        change_all(&server, &jobs, round).await;
        // Each round is sent, since it changes a state.
        quick.until(|client| all_at(client, round)).await;
    }
    slow.until(|client| client.jobs.len() == 50 && all_at(client, 80))
        .await;
    assert!(quick.bytes > 2 << 20, "{}", quick.bytes);
    // The slow reader gets what the server and both network stacks buffered, and the jobs as they are now.
    assert!(slow.bytes < 512 << 10, "{} bytes", slow.bytes);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_disconnected_and_resumes() {
    let send_timeout = Duration::from_millis(20);
    let pace = Pace {
        send_timeout,
        ..Pace::default()
    };
    let server = Server::start_at(pace).await;
    let jobs = fifty_jobs(&server).await;
    let mut quick = LiveClient::connect(&server, "").await;
    let mut round = 0;
    // This side cannot see when the server gives up, so each attempt sleeps longer.
    for sleep in [2, 4, 8, 16, 32, 64].map(|times| send_timeout * times) {
        let mut slow = LiveClient::connect_with_small_window(&server).await;
        slow.until(|client| client.jobs.len() == 50).await;
        for _ in 0..20 {
            round += 1;
            change_all(&server, &jobs, round).await;
            quick.until(|client| all_at(client, round)).await;
        }
        tokio::time::sleep(sleep).await;
        while !all_at(&slow, round) {
            if slow.next_or_end().await.is_none() {
                slow.resume(&server).await;
                slow.until(|client| all_at(client, round)).await;
                return;
            }
        }
    }
    panic!("the server never disconnects a client that does not read");
}

async fn fifty_jobs(server: &Server) -> Vec<JobId> {
    let jobs = (0..50).map(|_| server.external(&server.me, "Job"));
    let jobs = futures::future::join_all(jobs).await;
    jobs.into_iter().map(|job| job.job_id).collect()
}

/// Sends a long report on every job, and changes the state of one job.
async fn change_all(server: &Server, jobs: &[JobId], round: u32) {
    let (queue, me) = (&server.queue, &server.me);
    for id in jobs {
        let report = Report {
            progress: Some(f64::from(round) / 1000.0),
            step: Some(format!("{round} {}", "x".repeat(450))),
            ..Default::default()
        };
        queue.report(Reporter::Owner(me), id, report).await.unwrap();
    }
    queue.pause(me, &jobs[0]).await.unwrap();
    queue.resume(me, &jobs[0]).await.unwrap();
}

/// Whether the client has received all changes of a round.
fn all_at(client: &LiveClient, round: u32) -> bool {
    let progress = Some(f64::from(round) / 1000.0);
    let mut jobs = client.jobs.values();
    jobs.all(|job| job.progress == progress) && client.jobs.values().any(is_queued)
}

fn is_queued(job: &Job) -> bool {
    job.state == JobState::Queued
}

#[tokio::test]
async fn an_idle_client_gets_alive_messages() {
    let pace = Pace {
        alive_every: Duration::from_millis(20),
        ..Pace::default()
    };
    let server = Server::start_at(pace).await;
    server.external(&server.me, "Idle").await;
    let mut client = LiveClient::connect(&server, "").await;
    client.until(|client| client.jobs.len() == 1).await;
    let mut last = Timestamp(0);
    for _ in 0..3 {
        let message = client.next().await;
        let Message::Alive {
            cursor,
            server_time,
        } = message
        else {
            panic!("{message:?}");
        };
        assert_eq!(cursor, 1);
        assert!(server_time > last, "the server's time advances");
        last = server_time;
    }
}

#[test]
fn alive_messages_are_sent_every_15_s() {
    assert_eq!(Pace::default().alive_every, Duration::from_secs(15));
}

#[tokio::test]
async fn a_lost_wake_up_loses_no_change() {
    let server = Server::start_on_file().await;
    // Another queue on the same file. Its writes wake no subscriber of this one.
    let url = format!("sqlite:{}", server.database().display());
    let store = jobtray::store::open(&url, server.data.path())
        .await
        .unwrap();
    let silent = Queue::open(store, KindRegistry::default()).await.unwrap();
    let mut client = LiveClient::connect(&server, "").await;
    let wake_ups = server.queue.watch(&server.me.studio);
    for number in 1..=2 {
        let job = external("Silent");
        silent.submit(&server.me, job).await.unwrap();
        client.until(|client| client.jobs.len() == number).await;
    }
    assert!(!wake_ups.has_changed().unwrap());
}

#[tokio::test]
async fn a_foreign_page_gets_no_socket() {
    let server = Server::start().await;
    let url = format!("ws://{}/api/v1/live", server.address);
    for (header, value) in [
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Host", "evil.example"),
    ] {
        let mut request = url.as_str().into_client_request().unwrap();
        request.headers_mut().insert(header, value.parse().unwrap());
        match tokio_tungstenite::connect_async(request).await {
            Err(tungstenite::Error::Http(answer)) => assert_eq!(answer.status(), 403, "{value}"),
            other => panic!("{header}: {value}: {other:?}"),
        }
    }
    assert_eq!(server.get("/api/v1/live").await.status, 426);
}

#[tokio::test]
async fn an_event_stream_resumes_from_its_last_id() {
    let server = Server::start().await;
    server.external(&server.me, "First").await;
    let (id, snapshot) = event(&server, None).await;
    assert!(matches!(snapshot, Message::Snapshot { ref jobs, .. } if jobs.len() == 1));
    let second = server.external(&server.me, "Second").await;
    let (later, changes) = event(&server, Some(&id)).await;
    match changes {
        Message::Changes {
            jobs,
            cursor,
            server_time,
        } => {
            assert_eq!(jobs.len(), 1);
            assert_eq!(jobs[0].job_id, second.job_id);
            assert!(later.ends_with(&format!(":{cursor}")));
            assert!(server_time > Timestamp(0));
        }
        other => panic!("{other:?}"),
    }
}

/// The first event of a stream: its id and its message.
async fn event(server: &Server, last: Option<&str>) -> (String, Message) {
    let mut request = server.request("GET", "/api/v1/events");
    if let Some(last) = last {
        request = request.header("Last-Event-ID", last);
    }
    let mut response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut text = String::new();
    while !text.contains("\n\n") {
        let part = response.chunk().await.unwrap().unwrap();
        text.push_str(std::str::from_utf8(&part).unwrap());
    }
    let field = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_else(|| panic!("no {name} in {text}"))
    };
    let message = serde_json::from_str(field("data: ")).unwrap();
    (field("id: ").to_owned(), message)
}
