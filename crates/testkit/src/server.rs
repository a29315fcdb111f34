//! A real server on a free port, inside the test's process, with the kind `film` and the kinds that read vessels.

use axum::http::{HeaderMap, StatusCode};
use jobtray::job::{Job, Notify};
use jobtray::kinds::Setup;
use jobtray::kinds::story::StoryKind;
use jobtray::kinds::vessel::CraftFolder;
use jobtray::kinds::vessel::VesselKind;
use jobtray::queue::{Caller, KindRegistry, KindSpec, NewJob, Queue};
use jobtray::studio::Studio;
use jobtray::web::{self, Pace, WebState};
use jobtray::worker::{JobHandlers, Worker};
use leptos::config::LeptosOptions;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

use crate::film::Film;

const DATABASE: &str = "jobtray.db";

pub struct Server {
    pub address: SocketAddr,
    pub queue: Queue,
    pub me: Caller,
    pub data: TempDir,
    client: reqwest::Client,
    handlers: JobHandlers,
}

/// A response with its whole body.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("not JSON: {} {}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Server {
    pub async fn start() -> Self {
        Self::start_at(Pace::default()).await
    }

    /// Uses another pace for live connections.
    pub async fn start_at(pace: Pace) -> Self {
        Self::on("memory:", TempDir::new().unwrap(), pace).await
    }

    /// Uses a database file, [`Self::database`], which a test can damage.
    pub async fn start_on_file() -> Self {
        let data = TempDir::new().unwrap();
        let url = format!("sqlite:{}", data.path().join(DATABASE).display());
        Self::on(&url, data, Pace::default()).await
    }

    async fn on(url: &str, data: TempDir, pace: Pace) -> Self {
        jobtray::kinds::install_messages();
        let store = jobtray::store::open(url, Path::new("")).await.unwrap();
        let studio = Studio::open(Arc::clone(&store)).await.unwrap();
        let (mut specs, handlers) = vessel_kinds(&samples());
        specs.insert(0, Arc::new(Film));
        specs.push(Arc::new(StoryKind::new(studio.clone())));
        let registry = KindRegistry::new(specs);
        let queue = Queue::open(store, registry).await.unwrap();
        let me = studio.local_caller().await.unwrap();
        let listener = web::listen(([127, 0, 0, 1], 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let leptos = LeptosOptions::builder()
            .output_name("jobtray")
            .site_addr(address)
            .site_root(data.path().join("site").to_string_lossy().into_owned())
            .build();
        let mut state = WebState::new(queue.clone(), studio, me.clone(), leptos, data.path());
        state.pace = pace;
        state.kinds_context = jobtray::kinds::page_context(Setup {
            craft: samples(),
            ..Setup::default()
        });
        tokio::spawn(axum::serve(listener, web::router(state)).into_future());
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            address,
            queue,
            me,
            data,
            client,
            handlers,
        }
    }

    /// Starts a worker that runs the vessel jobs until it is dropped.
    pub fn work(&self) -> Worker {
        Worker::start(
            self.queue.clone(),
            self.handlers.clone(),
            self.data.path(),
            1,
        )
    }

    /// The database file of a server from [`Self::start_on_file`].
    pub fn database(&self) -> PathBuf {
        self.data.path().join(DATABASE)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().unwrap();
        self.client.request(method, self.url(path))
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.request("GET", path)).await
    }

    pub async fn send(&self, method: &str, path: &str, body: Value) -> Answer {
        answer(self.request(method, path).json(&body)).await
    }

    pub async fn post(&self, path: &str) -> Answer {
        answer(self.request("POST", path)).await
    }

    /// Reports on a job under a lease.
    pub async fn report(&self, id: &str, token: &str, body: Value) -> Answer {
        let path = format!("/api/v1/jobs/{id}");
        answer(
            self.request("PATCH", &path)
                .header("Lease-Token", token)
                .json(&body),
        )
        .await
    }

    /// Submits a film job over HTTP.
    pub async fn submit_film(&self) -> Value {
        let body = json!({ "type": "film", "input": { "sceneId": "s1" } });
        let answer = self.send("POST", "/api/v1/jobs", body).await;
        assert_eq!(answer.status, 202, "{answer:?}");
        answer.json()
    }

    /// Claims the next film job over HTTP.
    pub async fn claim_film(&self) -> Value {
        let body = json!({ "types": ["film"], "worker": "w1", "ttlSeconds": 60 });
        let answer = self.send("POST", "/api/v1/leases", body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Submits an external job through the queue.
    pub async fn external(&self, caller: &Caller, name: &str) -> Job {
        self.queue.submit(caller, external(name)).await.unwrap()
    }

    /// The number of jobs in the studio, up to 200.
    pub async fn count(&self) -> usize {
        let page = self.get("/api/v1/jobs?scope=studio&limit=200").await;
        page.json()["jobs"].as_array().unwrap().len()
    }
}

/// The folder of the project's sample craft files.
pub fn samples() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/craft")).to_owned()
}

/// The kinds that read vessels, for the queue and for the worker.
fn vessel_kinds(folder: &Path) -> (Vec<Arc<dyn KindSpec>>, JobHandlers) {
    let (mut specs, mut handlers) = (Vec::new(), JobHandlers::default());
    for kind in [VesselKind::part_tree, VesselKind::stage_plan] {
        let kind = Arc::new(kind(CraftFolder::at(folder)));
        handlers.add(kind.kind(), Arc::clone(&kind) as _);
        specs.push(kind as _);
    }
    (specs, handlers)
}

pub async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}

/// A job that no worker claims.
pub fn external(name: &str) -> NewJob {
    NewJob {
        kind: "render".to_owned(),
        name: Some(name.to_owned()),
        input: json!({}),
        notify: Notify::Default,
        refs: Vec::new(),
        external: true,
        idempotency_key: None,
    }
}

/// A user of another studio.
pub fn stranger() -> Caller {
    Caller {
        studio: "another".to_owned(),
        user: "stranger".to_owned(),
        name: "Stranger".to_owned(),
    }
}
