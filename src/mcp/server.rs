//! The server: what all clients share, and the transports.
//!
//! # Layout
//! - [`client_server`]: the server of one client, which hands each request to its module
//! - [`completion`]: suggestions while a person types

mod client_server;
mod completion;

pub use client_server::McpServer;

use super::context::ready_notices::ReadyNotices;
use super::context::{JobSubscriptions, McpContext};
use super::render::listed_names::ListedNames;
use crate::queue::{Artifacts, Caller, Queue};
use crate::studio::Studio;
use rmcp::ServiceExt;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long a session lives without a request. It outlives a long job or a change of subject in the conversation, so
/// that the client keeps its subscriptions and nothing is announced to it twice.
const SESSION_IDLE_TIMEOUT: Duration = Duration::from_hours(4);

/// The MCP server of this process; cheap to clone.
#[derive(Clone)]
pub struct Mcp {
    context: Arc<McpContext>,
}

impl Mcp {
    /// For the one user of local mode. `site` is where the pages are served.
    #[must_use]
    pub fn new(
        queue: Queue,
        studio: Studio,
        local: Caller,
        data_dir: &Path,
        site: SocketAddr,
    ) -> Self {
        let context = McpContext {
            subscriptions: JobSubscriptions::new(queue.clone()),
            ready_notices: Arc::new(ReadyNotices::new(queue.clone())),
            artifacts: Artifacts::new(queue.clone(), data_dir),
            queue,
            studio,
            local,
            site: format!("http://{site}"),
            names: ListedNames::default(),
        };
        Self {
            context: Arc::new(context),
        }
    }

    /// Lists the tools by their dotted names, such as `jobs.getStatus`.
    #[must_use]
    pub fn with_dotted_names(self) -> Self {
        let names = ListedNames::dotted(self.context.queue.kinds());
        let context = McpContext {
            names,
            ..McpContext::clone(&self.context)
        };
        Self {
            context: Arc::new(context),
        }
    }

    /// The server of one client.
    #[must_use]
    pub fn client_server(&self) -> McpServer {
        McpServer::new(Arc::clone(&self.context))
    }

    /// The service behind `/mcp`. The router has checked the host and the origin of a request; they are checked here again.
    #[must_use]
    pub fn over_http(
        &self,
        site: SocketAddr,
        stopping: &CancellationToken,
    ) -> StreamableHttpService<McpServer, LocalSessionManager> {
        let mcp = self.clone();
        let port = site.port();
        let origins = ["localhost", "127.0.0.1", "[::1]"];
        let config = StreamableHttpServerConfig::default()
            .with_allowed_origins(origins.map(|host| format!("http://{host}:{port}")))
            .with_cancellation_token(stopping.child_token());
        let mut sessions = LocalSessionManager::default();
        sessions.session_config.keep_alive = Some(SESSION_IDLE_TIMEOUT);
        StreamableHttpService::new(move || Ok(mcp.client_server()), Arc::new(sessions), config)
    }

    /// Serves one client on standard input and output, until it leaves or `stopping` is cancelled.
    ///
    /// # Errors
    /// When the two do not agree on a version of the protocol, or the connection breaks.
    pub async fn over_stdio(&self, stopping: &CancellationToken) -> std::io::Result<()> {
        let transport = rmcp::transport::stdio();
        let serving = self
            .client_server()
            .serve_with_ct(transport, stopping.child_token());
        match serving.await {
            Ok(running) => running
                .waiting()
                .await
                .map(drop)
                .map_err(std::io::Error::other),
            // A client that leaves before it has sent anything is not an error.
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(std::io::Error::other(error)),
        }
    }
}
