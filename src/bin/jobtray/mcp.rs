//! `jobtray mcp`: serves one assistant over standard input and output.

use crate::config::Config;
use crate::data_dir::{self, DataDir, DataDirError};
use crate::relay::{self, Successor};
use crate::serve::{self, RunningServer, ServeError, Signals};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long the holder of the data directory may take to write its address, or to end.
const SEARCH_TIMEOUT: Duration = Duration::from_secs(10);
const SEARCH_INTERVAL: Duration = Duration::from_millis(100);

/// Serves an assistant: as a client of `server`, as a client of the server that holds the data directory, or as the
/// server itself.
pub async fn serve(config: Config, server: Option<String>) -> Result<(), ServeError> {
    if let Some(server) = server {
        return Ok(relay::relay(&server, async || Successor::Same).await?);
    }
    match find(&config).await? {
        Found::Nobody(held) => embedded(config, held).await,
        Found::Server(address) => {
            tracing::info!(%address, "a server runs on this data directory; this is a client of it");
            let successor = async || successor(&config.data_dir).await;
            Ok(relay::relay(&format!("http://{address}"), successor).await?)
        }
    }
}

/// Whether a server runs on the data directory.
enum Found {
    /// None: this process holds the directory now.
    Nobody(DataDir),
    Server(SocketAddr),
}

async fn find(config: &Config) -> Result<Found, ServeError> {
    let deadline = Instant::now() + SEARCH_TIMEOUT;
    loop {
        match DataDir::open(&config.data_dir) {
            Ok(held) => return Ok(Found::Nobody(held)),
            Err(DataDirError::Held { path, holder }) => {
                // A server that is starting or about to end does not answer.
                if let Some(address) = holder.address
                    && answers(address).await
                {
                    return Ok(Found::Server(address));
                }
                if Instant::now() > deadline {
                    return Err(DataDirError::Held { path, holder }.into());
                }
                tokio::time::sleep(SEARCH_INTERVAL).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// The server that replaces one that did not answer, if one starts in time. Waits without holding the lock, so that
/// a new server can take it.
async fn successor(data_dir: &Path) -> Successor {
    let deadline = Instant::now() + SEARCH_TIMEOUT;
    while Instant::now() < deadline {
        if let Some(address) = data_dir::served_at(data_dir)
            && answers(address).await
            && holds_lock(data_dir, address)
        {
            return Successor::At(format!("http://{address}"));
        }
        tokio::time::sleep(SEARCH_INTERVAL).await;
    }
    Successor::Nobody
}

async fn answers(address: SocketAddr) -> bool {
    tokio::net::TcpStream::connect(address).await.is_ok()
}

/// Whether the server at this address holds the lock. After a server was killed, another program may use its port.
fn holds_lock(data_dir: &Path, address: SocketAddr) -> bool {
    match DataDir::open(data_dir) {
        Err(DataDirError::Held { holder, .. }) => holder.address == Some(address),
        _ => false,
    }
}

/// Runs the server in this process until the assistant disconnects. It also listens, for the user's pages and for
/// other assistants on the same directory.
async fn embedded(mut config: Config, held: DataDir) -> Result<(), ServeError> {
    let mut signals = Signals::listen().map_err(ServeError::Runtime)?;
    let (listener, leptos) = match serve::listen(config.leptos.clone()) {
        Ok(bound) => bound,
        Err(error) => {
            tracing::warn!(%error, "listening on a free port instead");
            config.leptos.site_addr.set_port(0);
            serve::listen(config.leptos.clone())?
        }
    };
    let running = RunningServer::start(&config, held, listener, leptos).await?;
    let served = tokio::select! {
        served = running.mcp.over_stdio(&running.stopping) => served.map_err(ServeError::Assistant),
        () = signals.received() => Ok(()),
    };
    running.stop().await.and(served)
}
