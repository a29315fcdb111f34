//! `jobtray mcp`: one assistant on standard input and output.

use crate::config::Config;
use crate::data_dir::{self, DataDir, DataDirError};
use crate::relay::{self, Successor};
use crate::serve::{self, Problem, RunningServer, Signals};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a process that holds the data directory may take to say where it serves, or to end.
const PATIENCE: Duration = Duration::from_secs(10);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Serves an assistant: as a client of `server`, or of the one that holds the data directory, or by itself.
pub async fn serve(config: Config, server: Option<String>) -> Result<(), Problem> {
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

/// Who serves on the data directory.
enum Found {
    Nobody(DataDir),
    Server(SocketAddr),
}

async fn find(config: &Config) -> Result<Found, Problem> {
    let until = Instant::now() + PATIENCE;
    loop {
        match DataDir::open(&config.data_dir) {
            Ok(held) => return Ok(Found::Nobody(held)),
            Err(DataDirError::Held { path, holder }) => {
                // One that has only begun, or that is about to end, does not answer.
                if let Some(address) = holder.address
                    && answers(address).await
                {
                    return Ok(Found::Server(address));
                }
                if Instant::now() > until {
                    return Err(DataDirError::Held { path, holder }.into());
                }
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Who serves after one that did not answer, where somebody comes as long as patience lasts. The lock is looked
/// at and not taken: whoever is about to begin finds it free.
async fn successor(data_dir: &Path) -> Successor {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some(address) = data_dir::served_at(data_dir)
            && answers(address).await
            && holds(data_dir, address)
        {
            return Successor::At(format!("http://{address}"));
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Successor::Nobody
}

async fn answers(address: SocketAddr) -> bool {
    tokio::net::TcpStream::connect(address).await.is_ok()
}

/// Whether who serves there holds the lock: after one that was killed, a stranger may have its port.
fn holds(data_dir: &Path, address: SocketAddr) -> bool {
    match DataDir::open(data_dir) {
        Err(DataDirError::Held { holder, .. }) => holder.address == Some(address),
        _ => false,
    }
}

/// The server itself, for as long as the assistant stays. It listens too: for the person's pages, and for
/// other assistants that are started on the same directory.
async fn embedded(mut config: Config, held: DataDir) -> Result<(), Problem> {
    let mut signals = Signals::listen().map_err(Problem::Runtime)?;
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
        served = running.mcp.over_stdio(&running.stopping) => served.map_err(Problem::Assistant),
        () = signals.ended() => Ok(()),
    };
    running.stop().await.and(served)
}
