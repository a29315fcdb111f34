//! A server for the official conformance suite of the Model Context Protocol: jobtray's MCP server, with the tools
//! that the suite's task scenarios call by name.
//!
//! A tool that takes time starts an ordinary job, and its task is the one that jobtray creates for the job. Nothing
//! outlives the process. `end2end/tests/conformance.spec.js` runs the suite against this server:
//! `npm --prefix end2end test -- conformance`.
//!
//! # Layout
//!
//! - `kinds`: the two kinds of job that the suite needs
//! - `input_tasks`: tasks that ask for input, which no kind of jobtray does
//! - `server`: the suite's tools in front of jobtray's server

#![expect(clippy::expect_used, reason = "a test server may panic")]

mod input_tasks;
mod kinds;
mod server;

use jobtray::mcp::Mcp;
use jobtray::queue::{KindRegistry, Queue};
use jobtray::studio::Studio;
use jobtray::worker::{JobHandlers, Worker};
use kinds::SuiteKind;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use server::Server;
use std::path::Path;
use std::sync::Arc;

type Error = Box<dyn std::error::Error>;

/// Jobs at once. The suite leaves some running that it no longer needs.
const CONCURRENCY: usize = 16;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let data = tempfile::tempdir()?;
    let store = jobtray::store::open("memory:", Path::new("")).await?;
    let studio = Studio::open(Arc::clone(&store)).await?;
    let (mut specs, mut handlers) = (Vec::new(), JobHandlers::default());
    for kind in [SuiteKind::SlowCompute, SuiteKind::FailingJob] {
        let kind = Arc::new(kind);
        handlers.add(kind.name(), Arc::clone(&kind) as _);
        specs.push(kind as _);
    }
    let queue = Queue::open(store, KindRegistry::new(specs)).await?;
    let me = studio.local_caller().await?;
    let _worker = Worker::start(queue.clone(), handlers, data.path(), CONCURRENCY);

    let listener = jobtray::web::listen(([127, 0, 0, 1], 0).into())?;
    let address = listener.local_addr()?;
    let mcp = Mcp::new(queue, studio, me, data.path(), address);
    let input_tasks = Arc::default();
    let service = StreamableHttpService::new(
        move || Ok(Server::new(mcp.client_server(), Arc::clone(&input_tasks))),
        Arc::new(LocalSessionManager::default()),
        StreamableHttpServerConfig::default(),
    );
    println!("listening on http://{address}");
    let router = axum::Router::new().nest_service("/mcp", service);
    axum::serve(listener, router).await?;
    Ok(())
}
