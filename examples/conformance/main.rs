//! A server for the official conformance suite of the Model Context Protocol: jobtray's own, with the
//! tools that the suite's scenarios of tasks call by name.
//!
//! What takes time is a job like any other: it is queued, worked on and kept, and its task is the one that
//! jobtray makes of it. Nothing outlives the process. `end2end/tests/conformance.spec.js` runs the suite
//! against it: `npm --prefix end2end test -- conformance`.
//!
//! # Layout
//! - `kinds`: the two kinds of work that the suite needs · `asking`: tasks that ask something, which none of
//!   jobtray's does · `server`: the tools, and jobtray's server around which they stand

#![expect(
    clippy::expect_used,
    reason = "a server of tests ends where they are wrong"
)]

mod asking;
mod kinds;
mod server;

use jobtray::mcp::Mcp;
use jobtray::queue::{KindRegistry, Queue};
use jobtray::studio::Studio;
use jobtray::worker::{JobHandlers, Worker};
use kinds::Fixture;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use server::Server;
use std::path::Path;
use std::sync::Arc;

type Problem = Box<dyn std::error::Error>;

/// Jobs at once: the suite leaves some that it no longer needs.
const CONCURRENCY: usize = 16;

#[tokio::main]
async fn main() -> Result<(), Problem> {
    let data = tempfile::tempdir()?;
    let store = jobtray::store::open("memory:", Path::new("")).await?;
    let studio = Studio::open(Arc::clone(&store)).await?;
    let (mut specs, mut runners) = (Vec::new(), JobHandlers::default());
    for kind in [Fixture::SlowCompute, Fixture::FailingJob] {
        let kind = Arc::new(kind);
        runners.add(kind.name(), Arc::clone(&kind) as _);
        specs.push(kind as _);
    }
    let queue = Queue::open(store, KindRegistry::new(specs)).await?;
    let me = studio.local_caller().await?;
    let _worker = Worker::start(queue.clone(), runners, data.path(), CONCURRENCY);

    let listener = jobtray::web::listen(([127, 0, 0, 1], 0).into())?;
    let address = listener.local_addr()?;
    let mcp = Mcp::new(queue, studio, me, data.path(), address);
    let asked = Arc::default();
    let service = StreamableHttpService::new(
        move || Ok(Server::new(mcp.client_server(), Arc::clone(&asked))),
        Arc::new(LocalSessionManager::default()),
        StreamableHttpServerConfig::default(),
    );
    println!("listening on http://{address}");
    let router = axum::Router::new().nest_service("/mcp", service);
    axum::serve(listener, router).await?;
    Ok(())
}
