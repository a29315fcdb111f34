//! The MCP server: assistants start, follow and finish work by tools, resources and prompts.
//!
//! It speaks over streamable HTTP at `/mcp` and over standard input and output, and knows nothing of a job
//! that the queue does not tell: every answer is read from the same rows as the pages.
//!
//! # Layout
//! - [`assistant`]: one client's server, which hands each request to its file
//! - [`tool`]: the tools there are, their names and what is said of them; [`start`]: those that start work
//! - [`naming`]: the names that are listed, in whatever is said
//! - [`call`]: what a tool does; [`arguments`]: what it is given, read field by field
//! - [`answer`]: what comes back, and its schema; [`telling`]: the same in words; [`refusal`]: why not
//! - [`follower`]: one reader of changes for all who wait; [`wait`]: one who does
//! - [`news`]: what became ready since an assistant was last told
//! - [`task`]: jobs as tasks of the protocol's extension (SEP-2663)
//! - [`resource`], [`content`]: jobs, their logs and results by address; [`subscription`]: who hears of a change
//! - [`prompt`]: what a person may ask with one choice; [`completion`]: jobs that fit what is typed

mod answer;
mod arguments;
mod assistant;
mod call;
mod completion;
mod content;
mod follower;
mod naming;
mod news;
mod prompt;
mod refusal;
mod resource;
mod start;
mod subscription;
mod task;
mod telling;
mod tool;
mod wait;

pub use assistant::Assistant;

use crate::queue::{Artifacts, Caller, Queue};
use crate::studio::Studio;
use follower::Follower;
use naming::Naming;
use news::News;
use rmcp::ServiceExt;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How to use the tools well, for assistants; the resource `jobs://playbook`.
pub const PLAYBOOK: &str = include_str!("mcp/playbook.md");

/// How long a session lives without a word. A person who talks of something else, or a job that takes its
/// time, is no reason to forget what a client subscribed to and was told.
const SESSION_LIFE: Duration = Duration::from_hours(4);

/// What every assistant's server needs; cheap to clone.
#[derive(Clone)]
pub struct Mcp {
    shared: Arc<Shared>,
    /// Which names are listed; both are always answered.
    naming: Arc<Naming>,
}

struct Shared {
    queue: Queue,
    studio: Studio,
    local: Caller,
    artifacts: Artifacts,
    /// Where people find our pages, such as `http://127.0.0.1:3000`.
    site: String,
    follower: Follower,
    news: News,
}

impl Mcp {
    /// For the one creator of local mode. `site` is where the pages are.
    #[must_use]
    pub fn new(
        queue: Queue,
        studio: Studio,
        local: Caller,
        data_dir: &Path,
        site: SocketAddr,
    ) -> Self {
        let shared = Arc::new(Shared {
            follower: Follower::new(queue.clone()),
            news: News::new(queue.clone()),
            artifacts: Artifacts::new(queue.clone(), data_dir),
            queue,
            studio,
            local,
            site: format!("http://{site}"),
        });
        Self {
            shared,
            naming: Arc::default(),
        }
    }

    /// Lists the tools as `jobs.getStatus` and its sisters.
    #[must_use]
    pub fn dotted(self, dotted: bool) -> Self {
        let naming = if dotted {
            Naming::dotted(self.shared.queue.kinds())
        } else {
            Naming::default()
        };
        Self {
            naming: Arc::new(naming),
            ..self
        }
    }

    /// The server of one client.
    #[must_use]
    pub fn assistant(&self) -> Assistant {
        Assistant::new(self.clone())
    }

    /// The service behind `/mcp`. Whose page or host may ask was checked before, and is checked here again.
    #[must_use]
    pub fn over_http(
        &self,
        site: SocketAddr,
        stopping: &CancellationToken,
    ) -> StreamableHttpService<Assistant, LocalSessionManager> {
        let mcp = self.clone();
        let port = site.port();
        let origins = ["localhost", "127.0.0.1", "[::1]"];
        let config = StreamableHttpServerConfig::default()
            .with_allowed_origins(origins.map(|host| format!("http://{host}:{port}")))
            .with_cancellation_token(stopping.child_token());
        let mut sessions = LocalSessionManager::default();
        sessions.session_config.keep_alive = Some(SESSION_LIFE);
        StreamableHttpService::new(move || Ok(mcp.assistant()), Arc::new(sessions), config)
    }

    /// Serves one assistant on standard input and output, until it goes or `stopping` is cancelled.
    ///
    /// # Errors
    /// When the two do not agree on how to speak, or the serving itself broke.
    pub async fn over_stdio(&self, stopping: &CancellationToken) -> std::io::Result<()> {
        let assistant = self.assistant();
        let serving = assistant.serve_with_ct(rmcp::transport::stdio(), stopping.child_token());
        match serving.await {
            Ok(running) => running
                .waiting()
                .await
                .map(drop)
                .map_err(std::io::Error::other),
            // A client that goes before it has said anything asked for nothing.
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(std::io::Error::other(error)),
        }
    }
}
