//! `jobtray serve`: builds everything, listens, and ends in good order.

use crate::config::Config;
use crate::config_value::ConfigError;
use crate::data_dir::{DataDir, DataDirError};
use crate::relay::RelayError;
use jobtray::mcp::Mcp;
use jobtray::queue::Queue;
use jobtray::store::{self, StoreError};
use jobtray::studio::{CraftFolder, Studio};
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

/// How long open connections may take to end; live sockets never end by themselves.
const CONNECTIONS_END: Duration = Duration::from_secs(2);

/// A write went beyond the limit on the size of files; the number is that of Linux, macOS and BSD.
const SIGXFSZ: i32 = 25;

/// Why the server could not start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
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
    #[error("the assistant: {0}")]
    Assistant(std::io::Error),
    #[error("{0}")]
    Relay(#[from] RelayError),
}

/// Serves until SIGTERM or SIGINT.
pub async fn serve(config: Config) -> Result<(), Problem> {
    let mut signals = Signals::listen().map_err(Problem::Runtime)?;
    let held = DataDir::open(&config.data_dir)?;
    let (listener, leptos) = listen(config.leptos.clone())?;
    let running = RunningServer::start(&config, held, listener, leptos).await?;
    announce(running.address);
    signals.ended().await;
    running.stop().await
}

/// A server at work: it holds the data directory, runs jobs and answers.
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
    ) -> Result<Self, Problem> {
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
        state.craft = CraftFolder::at(&config.kinds.craft);
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
        // Who cannot read it waits in vain to become our client, no more.
        if let Err(error) = held.serves_at(address) {
            tracing::warn!(%error, "the lock file cannot tell where this server is");
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

    /// Lets running jobs reach a checkpoint, hands them back, and closes what is open.
    pub async fn stop(mut self) -> Result<(), Problem> {
        tracing::info!("stopping");
        if let Err(error) = self.held.serves_nowhere() {
            tracing::warn!(%error, "the lock file still names this server");
        }
        self.worker.shutdown().await;
        self.stopping.cancel();
        match tokio::time::timeout(CONNECTIONS_END, self.server).await {
            Ok(Ok(Err(error))) => Err(Problem::Server(error)),
            _ => Ok(()),
        }
    }
}

/// Binds, and puts the address that was really taken into the options.
pub fn listen(mut leptos: LeptosOptions) -> Result<(TcpListener, LeptosOptions), Problem> {
    let address = leptos.site_addr;
    let unbound = |source| Problem::Listen { address, source };
    let listener = web::listen(address).map_err(unbound)?;
    leptos.site_addr = listener.local_addr().map_err(unbound)?;
    Ok((listener, leptos))
}

/// The one line on standard output. Nobody may be reading it, which is no reason to stop.
fn announce(address: SocketAddr) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "listening on http://{address}").and_then(|()| out.flush());
}

pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    /// From here on the process ends only when it is ready to.
    pub fn listen() -> std::io::Result<Self> {
        // A file that may not grow is a full disk for who writes it, no reason to die. Nobody has to
        // listen: once somebody asked for the signal, it does nothing else.
        drop(signal(SignalKind::from_raw(SIGXFSZ))?);
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    pub async fn ended(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
