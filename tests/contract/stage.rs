//! What every story needs: a queue on each store, a clock that the test sets, and a kind of job.

use jobtray::job::{Job, JobId, JobState, Timestamp};
use jobtray::queue::{
    Caller, Claim, ClaimRequest, KindRegistry, NewJob, NewResult, Queue, QueueError, Report,
    Reporter,
};
use jobtray::store::{self, Store};
use serde_json::json;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use testkit::film::Film;

/// A queue with its store, its clock and its user.
pub struct Stage {
    pub store: Arc<dyn Store>,
    pub queue: Queue,
    pub me: Caller,
    now: Arc<AtomicI64>,
}

impl Stage {
    pub async fn pause(&self, job: &Job) -> Job {
        self.queue.pause(&self.me, &job.job_id).await.unwrap()
    }

    pub async fn resume(&self, job: &Job) -> Job {
        self.queue.resume(&self.me, &job.job_id).await.unwrap()
    }

    /// Completes a claimed job with a result.
    pub async fn finish(&self, claim: &Claim) -> Job {
        let done = Report {
            result: Some(result()),
            ..to(JobState::Completed)
        };
        self.report_as_worker(claim, done).await.unwrap()
    }

    pub fn new(store: Arc<dyn Store>) -> Self {
        let now = Arc::new(AtomicI64::new(1_700_000_000_000));
        let clock_hand = Arc::clone(&now);
        let queue = Queue::with_clock(
            Arc::clone(&store),
            KindRegistry::new(vec![Arc::new(Film)]),
            Arc::new(move || Timestamp(clock_hand.load(Ordering::SeqCst))),
        );
        Self {
            store,
            queue,
            me: caller("studio", "me"),
            now,
        }
    }

    /// Moves the clock forward.
    pub fn advance(&self, seconds: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a test waits for minutes at most"
        )]
        let millis = (seconds * 1000.0) as i64;
        self.now.fetch_add(millis, Ordering::SeqCst);
    }

    pub async fn submit(&self) -> Job {
        self.queue.submit(&self.me, film()).await.unwrap()
    }

    pub async fn external(&self) -> Job {
        let new = NewJob {
            kind: "chore".to_owned(),
            external: true,
            ..film()
        };
        self.queue.submit(&self.me, new).await.unwrap()
    }

    pub async fn get(&self, id: &JobId) -> Job {
        self.queue.get(&self.me, id).await.unwrap()
    }

    pub async fn claim(&self) -> Claim {
        self.try_claim().await.expect("something to claim")
    }

    pub async fn try_claim(&self) -> Option<Claim> {
        self.queue.claim(request("w")).await.unwrap()
    }

    /// Reports as the owner of an external job.
    pub async fn report_as_owner(&self, id: &JobId, report: Report) -> Result<Job, QueueError> {
        self.queue
            .report(Reporter::Owner(&self.me), id, report)
            .await
    }

    /// Reports as a worker over HTTP, with its lease token.
    pub async fn report_as_worker(&self, claim: &Claim, report: Report) -> Result<Job, QueueError> {
        let by = Reporter::LeaseOf(&self.me, &claim.lease_token);
        self.queue.report(by, &claim.job.job_id, report).await
    }
}

pub fn caller(studio: &str, user: &str) -> Caller {
    Caller {
        studio: studio.to_owned(),
        user: user.to_owned(),
        name: "Somebody".to_owned(),
    }
}

pub fn film() -> NewJob {
    NewJob {
        kind: "film".to_owned(),
        name: None,
        input: json!({ "sceneId": "s1" }),
        notify: jobtray::job::Notify::Default,
        refs: Vec::new(),
        external: false,
        idempotency_key: None,
    }
}

pub fn request(worker: &str) -> ClaimRequest {
    ClaimRequest {
        studio: None,
        kinds: vec!["film".to_owned()],
        worker: worker.to_owned(),
        ttl_seconds: 10,
    }
}

pub fn to(state: JobState) -> Report {
    Report {
        state: Some(state),
        ..Report::default()
    }
}

pub fn progress(progress: f64) -> Report {
    Report {
        progress: Some(progress),
        ..Report::default()
    }
}

pub fn result() -> NewResult {
    NewResult {
        file: Some("film.mp4".to_owned()),
        media_type: "video/mp4".to_owned(),
        bytes: 9,
        download_name: Some("Film.mp4".to_owned()),
        page: None,
        href: None,
        details: None,
    }
}

/// Runs a story, `run`, on a database file and in memory.
pub fn on_both_stores<F: Future<Output = ()>>(run: impl Fn(Stage) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("jobs.db").display());
    for url in [url.as_str(), "memory:"] {
        println!("on {url}");
        runtime.block_on(async {
            let store = store::open(url, folder.path()).await.unwrap();
            run(Stage::new(store)).await;
        });
    }
}
