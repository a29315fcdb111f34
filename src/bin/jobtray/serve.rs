//! `jobtray serve`: builds the server, runs it, and shuts it down gracefully.

use crate::config::Config;
use crate::config_value::ConfigError;
use crate::data_dir::{DataDir, DataDirError};
use crate::relay::RelayError;
use jobtray::mcp::Mcp;
use jobtray::queue::Queue;
use jobtray::store::{self, StoreError};
use jobtray::studio::Studio;
use jobtray::web::{self, WebState};
use jobtray::{kinds, worker::Worker};
use leptos::config::LeptosOptions;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long open connections may take to end. Live sockets never end by themselves.
const CONNECTIONS_TIMEOUT: Duration = Duration::from_secs(2);

/// The signal for a write beyond the file-size limit. Linux, macOS and BSD use the same number.
const SIGXFSZ: i32 = 25;

/// Why the server could not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    #[error("DATABASE_URL: {0}")]
    Store(#[from] StoreError),
    #[error("cannot start the runtime: {0}")]
    Runtime(std::io::Error),
    #[error("LEPTOS_SITE_ADDR or --listen: cannot listen on {address}: {source}")]
    Listen {
        address: SocketAddr,
        source: std::io::Error,
    },
    #[error("the server stopped: {0}")]
    Server(std::io::Error),
    #[error("the connection to the assistant failed: {0}")]
    Assistant(std::io::Error),
    #[error("{0}")]
    Relay(#[from] RelayError),
}

/// Serves until SIGTERM or SIGINT.
pub async fn serve(config: Config) -> Result<(), ServeError> {
    let mut signals = Signals::listen().map_err(ServeError::Runtime)?;
    let held = DataDir::open(&config.data_dir)?;
    let (listener, leptos) = listen(config.leptos.clone())?;
    let running = RunningServer::start(&config, held, listener, leptos).await?;
    print_address(running.address);
    signals.received().await;
    running.stop().await
}

/// A running server. It holds the data directory.
pub struct RunningServer {
    pub address: SocketAddr,
    pub mcp: Mcp,
    pub stopping: CancellationToken,
    worker: Worker,
    server: JoinHandle<std::io::Result<()>>,
    held: DataDir,
}

impl RunningServer {
    pub async fn start(
        config: &Config,
        mut held: DataDir,
        listener: TcpListener,
        leptos: LeptosOptions,
    ) -> Result<Self, ServeError> {
        tracing::info!(
            data = %config.data_dir.display(),
            concurrency = config.concurrency,
            memory = config.database_url == "memory:",
            "starting"
        );
        let address = leptos.site_addr;
        let store = store::open(&config.database_url, &config.data_dir).await?;
        let studio = Studio::open(Arc::clone(&store)).await?;
        let (registry, handlers) = kinds::registry(&studio, &config.kinds);
        let queue = Queue::open(store, registry).await?;
        let mut state = WebState::new(
            queue.clone(),
            studio.clone(),
            studio.local_caller().await?,
            leptos,
            &config.data_dir,
        );
        state.kinds_context = kinds::page_context(config.kinds.clone());
        if config.mcp_dotted {
            state.mcp = state.mcp.with_dotted_names();
        }
        let (mcp, stopping) = (state.mcp.clone(), state.stopping.clone());
        let worker = Worker::start(queue, handlers, &config.data_dir, config.concurrency);
        let server = tokio::spawn(
            axum::serve(listener, web::router(state))
                .with_graceful_shutdown(stopping.clone().cancelled_owned())
                .into_future(),
        );
        // Without the address, `jobtray mcp` on this directory cannot become a client. Nothing else depends on it.
        if let Err(error) = held.serves_at(address) {
            tracing::warn!(%error, "cannot write the address into the lock file");
        }
        tracing::info!(%address, "listening");
        Ok(Self {
            address,
            mcp,
            stopping,
            worker,
            server,
            held,
        })
    }

    /// Lets running jobs reach a checkpoint, hands them back, and closes the connections.
    pub async fn stop(mut self) -> Result<(), ServeError> {
        tracing::info!("stopping");
        if let Err(error) = self.held.serves_nowhere() {
            tracing::warn!(%error, "cannot remove the address from the lock file");
        }
        self.worker.shutdown().await;
        self.stopping.cancel();
        match tokio::time::timeout(CONNECTIONS_TIMEOUT, self.server).await {
            Ok(Ok(Err(error))) => Err(ServeError::Server(error)),
            _ => Ok(()),
        }
    }
}

/// Binds the address, and returns the options with the address that was bound.
pub fn listen(mut leptos: LeptosOptions) -> Result<(TcpListener, LeptosOptions), ServeError> {
    let address = leptos.site_addr;
    let failed = |source| ServeError::Listen { address, source };
    let listener = web::listen(address).map_err(failed)?;
    leptos.site_addr = listener.local_addr().map_err(failed)?;
    Ok((listener, leptos))
}

/// Prints the address to standard output. A closed standard output does not stop the server.
fn print_address(address: SocketAddr) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
}

pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// From here on SIGTERM and SIGINT no longer end the process.
    pub fn listen() -> std::io::Result<Self> {
        // With a handler for SIGXFSZ, a write beyond the file-size limit returns an error, like one to a full disk,
        // instead of killing the process. The handler stays installed when the stream is dropped.
        drop(signal(SignalKind::from_raw(SIGXFSZ))?);
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for SIGTERM or SIGINT.
    pub async fn received(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
