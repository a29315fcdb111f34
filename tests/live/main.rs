//! The live socket and the event stream, over real connections.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails where something is not as it must be"
)]

mod watch;

use jobtray::job::{Job, JobId, JobState, Scope, Timestamp};
use jobtray::live::Message;
use jobtray::queue::{KindRegistry, Queue, Report, Reporter};
use jobtray::web::Pace;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use testkit::server::{Server, external, stranger};
use tokio_tungstenite::tungstenite;
use tokio_util::sync::CancellationToken;
use tungstenite::client::IntoClientRequest;
use watch::Watch;

#[tokio::test]
async fn a_new_watcher_gets_a_snapshot_and_then_each_change() {
    let server = Server::start().await;
    let job = server.submit_film().await;
    let mut watch = Watch::connect(&server, "").await;
    watch.until(&server, |w| w.jobs.len() == 1).await;
    assert_eq!((watch.snapshots, watch.changes), (1, 0));
    let path = format!("/api/v1/jobs/{}/cancel", job["jobId"].as_str().unwrap());
    server.post(&path).await;
    watch
        .until(&server, |w| {
            w.jobs.values().all(|job| job.state == JobState::Cancelled)
        })
        .await;
    assert_eq!((watch.snapshots, watch.changes), (1, 1));
}

#[tokio::test]
async fn a_resume_gets_what_it_missed_and_nothing_else() {
    let server = Server::start().await;
    let first = server.external(&server.me, "First").await;
    let mut watch = Watch::connect(&server, "").await;
    watch.until(&server, |w| w.jobs.len() == 1).await;
    let (place, epoch) = (watch.place(), watch.epoch.clone());
    drop(watch);
    let second = server.external(&server.me, "Second").await;

    let mut watch = Watch::connect(&server, &place).await;
    watch.epoch = epoch;
    watch.until(&server, |w| !w.jobs.is_empty()).await;
    assert_eq!((watch.snapshots, watch.changes), (0, 1));
    assert!(watch.jobs.contains_key(&second.job_id));
    assert!(!watch.jobs.contains_key(&first.job_id));
    let place = watch.place();
    drop(watch);

    let mut idle = Watch::connect(&server, &place).await;
    assert!(
        matches!(idle.next().await, Message::Alive { .. }),
        "nothing was missed"
    );
}

#[tokio::test]
async fn a_cursor_of_no_use_gets_a_snapshot() {
    let server = Server::start().await;
    server.external(&server.me, "One").await;
    let mut watch = Watch::connect(&server, "").await;
    watch.until(&server, |w| w.jobs.len() == 1).await;
    let epoch = watch.epoch.clone();
    for query in [
        format!("epoch={epoch}"),
        "cursor=1".to_owned(),
        "epoch=other&cursor=1".to_owned(),
        format!("epoch={epoch}&cursor=999"),
        format!("{}&scope=studio", watch.place()),
    ] {
        let mut other = Watch::connect(&server, &query).await;
        assert!(
            matches!(other.next().await, Message::Snapshot { .. }),
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_large_snapshot_comes_in_parts() {
    let server = Server::start().await;
    for number in 0..150 {
        let name = format!("{number} {}", "long name ".repeat(18));
        server.external(&server.me, &name).await;
    }
    let mut watch = Watch::connect(&server, "").await;
    watch.until(&server, |w| w.jobs.len() == 150).await;
    assert!(watch.snapshots > 1);
    assert!(watch.longest <= 64 << 10, "{}", watch.longest);
}

#[tokio::test]
async fn nobody_hears_of_another_studio() {
    let server = Server::start().await;
    let mut watch = Watch::connect(&server, "scope=studio").await;
    watch.next().await;
    server.external(&stranger(), "Secret").await;
    let ours = server.external(&server.me, "Ours").await;
    watch.until(&server, |w| !w.jobs.is_empty()).await;
    assert_eq!(watch.jobs.keys().collect::<Vec<_>>(), [&ours.job_id]);
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
    let mut watch = Watch::connect(&server, "").await;
    watch.next().await;
    let seen = json!({ "jobIds": [job.job_id] });
    server.send("PUT", "/api/v1/jobs/seen", seen).await;
    loop {
        if let Message::Seen { job_ids } = watch.next().await {
            assert_eq!(job_ids, [job.job_id]);
            return;
        }
    }
}

#[tokio::test]
async fn progress_is_merged_and_a_change_of_state_is_not_kept_waiting() {
    let server = Server::start().await;
    let job = server.external(&server.me, "Fast").await;
    let mut watch = Watch::connect(&server, "").await;
    watch.next().await;
    let report = |report: Report| {
        let (queue, me, id) = (&server.queue, &server.me, &job.job_id);
        async move { queue.report(Reporter::Owner(me), id, report).await.unwrap() }
    };
    let start = Instant::now();
    for step in 1..=500 {
        let progress = Some(f64::from(step) / 1000.0);
        report(Report {
            progress,
            ..Default::default()
        })
        .await;
    }
    let took = start.elapsed();
    report(Report {
        state: Some(JobState::Completed),
        ..Default::default()
    })
    .await;
    let ended = Instant::now();
    watch
        .until(&server, |w| {
            w.jobs.values().any(|job| job.state == JobState::Completed)
        })
        .await;
    let waited = ended.elapsed();
    let allowed = took.as_millis() / 100 + 4;
    assert!(
        u128::from(watch.changes) <= allowed,
        "{} in {took:?}",
        watch.changes
    );
    assert!(waited < Duration::from_millis(90), "{waited:?}");
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
    let over = CancellationToken::new();
    let watchers = (0..5).map(|n| watch_at_random(Arc::clone(&server), over.clone(), seed + n));
    let watchers: Vec<_> = watchers.map(tokio::spawn).collect();
    for writer in writers {
        writer.await.unwrap();
    }
    over.cancel();
    let rows = server.get("/api/v1/jobs?limit=200").await.json();
    let rows: HashMap<JobId, Job> = serde_json::from_value::<Vec<Job>>(rows["jobs"].clone())
        .unwrap()
        .into_iter()
        .map(|job| (job.job_id.clone(), job))
        .collect();
    let latest = server.queue.snapshot(&server.me, Scope::Mine).await;
    let latest = latest.unwrap().cursor;
    for watcher in watchers {
        let mut watch = watcher.await.unwrap();
        watch.resume(&server).await;
        watch.until(&server, |w| w.cursor >= latest).await;
        assert_eq!((watch.cursor, &watch.jobs), (latest, &rows), "seed {seed}");
    }
}

/// Submits jobs and changes them, its own and those of others, until there were enough changes.
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
        // What the state forbids is refused, which is as good as another step.
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

/// Watches, hangs up and comes back with its cursor, again and again.
async fn watch_at_random(server: Arc<Server>, over: CancellationToken, seed: u64) -> Watch {
    let mut random = StdRng::seed_from_u64(1000 + seed);
    let mut watch = Watch::connect(&server, "").await;
    while !over.is_cancelled() {
        for _ in 0..random.random_range(0..4) {
            let wait = Duration::from_millis(random.random_range(1..60));
            let _ = tokio::time::timeout(wait, watch.next()).await;
        }
        watch.resume(&server).await;
    }
    watch
}

#[tokio::test]
async fn a_slow_reader_holds_up_nobody_and_is_held_little_for() {
    let server = Server::start().await;
    let mut slow = Watch::connect_with_small_window(&server).await;
    let mut quick = Watch::connect(&server, "").await;
    let jobs = fifty_jobs(&server).await;
    for round in 1..=80 {
        change_all(&server, &jobs, round).await;
        // Each round is sent, since it changes a state.
        quick.until(&server, |w| all_at(w, round)).await;
    }
    slow.until(&server, |w| w.jobs.len() == 50 && all_at(w, 80))
        .await;
    assert!(quick.bytes > 2 << 20, "{}", quick.bytes);
    // What the server and both systems hold, and what the reader then catches up with.
    assert!(slow.bytes < 512 << 10, "{} were held", slow.bytes);
}

#[tokio::test]
async fn a_reader_that_takes_nothing_is_let_go_and_resumes() {
    let too_slow = Duration::from_millis(20);
    let pace = Pace {
        send_timeout: too_slow,
        ..Pace::default()
    };
    let server = Server::start_at(pace).await;
    let jobs = fifty_jobs(&server).await;
    let mut quick = Watch::connect(&server, "").await;
    let mut round = 0;
    // Nothing tells this side that the server has let go, so it sleeps longer each time.
    for sleep in [2, 4, 8, 16, 32, 64].map(|times| too_slow * times) {
        let mut slow = Watch::connect_with_small_window(&server).await;
        slow.until(&server, |w| w.jobs.len() == 50).await;
        for _ in 0..20 {
            round += 1;
            change_all(&server, &jobs, round).await;
            quick.until(&server, |w| all_at(w, round)).await;
        }
        tokio::time::sleep(sleep).await;
        while !all_at(&slow, round) {
            if slow.next_or_end().await.is_none() {
                slow.resume(&server).await;
                slow.until(&server, |w| all_at(w, round)).await;
                return;
            }
        }
    }
    panic!("a reader that sleeps is waited for");
}

async fn fifty_jobs(server: &Server) -> Vec<JobId> {
    let jobs = (0..50).map(|_| server.external(&server.me, "Job"));
    let jobs = futures::future::join_all(jobs).await;
    jobs.into_iter().map(|job| job.job_id).collect()
}

/// A long report on every job, and another state for one of them.
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

/// Whether everything is told up to the end of a round.
fn all_at(watch: &Watch, round: u32) -> bool {
    let progress = Some(f64::from(round) / 1000.0);
    let mut jobs = watch.jobs.values();
    jobs.all(|job| job.progress == progress) && watch.jobs.values().any(is_queued)
}

fn is_queued(job: &Job) -> bool {
    job.state == JobState::Queued
}

#[tokio::test]
async fn who_hears_nothing_else_hears_that_the_server_lives() {
    let pace = Pace {
        alive_every: Duration::from_millis(20),
        ..Pace::default()
    };
    let server = Server::start_at(pace).await;
    server.external(&server.me, "Idle").await;
    let mut watch = Watch::connect(&server, "").await;
    watch.until(&server, |w| w.jobs.len() == 1).await;
    let mut last = Timestamp(0);
    for _ in 0..3 {
        let message = watch.next().await;
        let Message::Alive {
            cursor,
            server_time,
        } = message
        else {
            panic!("{message:?}");
        };
        assert_eq!(cursor, 1);
        assert!(server_time > last, "its time goes on");
        last = server_time;
    }
    assert_eq!(Pace::default().alive_every, Duration::from_secs(15));
}

#[tokio::test]
async fn a_lost_wake_up_costs_time_and_no_change() {
    let server = Server::start_on_file().await;
    // Another queue on the same file: what it writes wakes nobody here.
    let url = format!("sqlite:{}", server.database().display());
    let store = jobtray::store::open(&url, server.data.path())
        .await
        .unwrap();
    let silent = Queue::open(store, KindRegistry::default()).await.unwrap();
    let mut watch = Watch::connect(&server, "").await;
    let waking = server.queue.watch(&server.me.studio);
    for number in 1..=2 {
        let job = external("Unheard of");
        silent.submit(&server.me, job).await.unwrap();
        watch.until(&server, |w| w.jobs.len() == number).await;
    }
    assert!(!waking.has_changed().unwrap());
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
